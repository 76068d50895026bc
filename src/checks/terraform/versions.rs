//! Which versions of Terraform and of its providers a module takes.

use std::collections::BTreeMap;

use super::modules::whole;
use crate::model::Project;
use crate::model::module::Provider;
use crate::rule::Match;

/// What a module says of one provider.
#[derive(Default)]
struct Said<'p> {
    used: Option<&'p Provider>,
    required: Option<&'p Provider>,
    versioned: bool,
}

/// Providers that a module uses in any version.
pub(super) fn providers(project: &Project, out: &mut Vec<Match>) {
    for (_, files) in whole(project) {
        let mut all: BTreeMap<&str, Said<'_>> = BTreeMap::new();
        for provider in files.iter().flat_map(|names| &names.providers) {
            let said = all.entry(&provider.name).or_default();
            if provider.required {
                said.required.get_or_insert(provider);
            } else {
                said.used.get_or_insert(provider);
            }
            said.versioned |= provider.versioned;
        }
        for (name, said) in all.into_iter().filter(|(_, said)| !said.versioned) {
            let Some(place) = said.required.or(said.used) else { continue };
            let how = if said.required.is_some() { "`version`" } else { "an entry in `required_providers`" };
            let message = format!("any version of the provider `{name}` will do; add {how}");
            out.push(Match::new(place.span, message));
        }
    }
}

/// Modules that any Terraform may run.
pub(super) fn terraform(project: &Project, out: &mut Vec<Match>) {
    for (_, files) in whole(project) {
        let is_said = files.iter().any(|names| names.required_version.is_some());
        let settings = files.iter().find_map(|names| names.settings);
        let first = files.iter().flat_map(|names| &names.declared).map(|name| name.span).next();
        if let (false, Some(place)) = (is_said, settings.or(first)) {
            let message = "any version of Terraform will do; add `required_version` to a block `terraform`";
            out.push(Match::new(place, message));
        }
    }
}
