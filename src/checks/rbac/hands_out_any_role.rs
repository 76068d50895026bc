//! Roles whose rules together let their holder bind any role to anybody.

use std::collections::HashSet;

use super::super::File;
use crate::model::Setting;
use crate::model::rbac::Grant;
use crate::model::workload::Word;
use crate::rule::Match;

const ROLES: &[&str] = &["roles", "clusterroles"];
const BINDINGS: &[&str] = &["rolebindings", "clusterrolebindings", "*"];
const CREATING: &[&str] = &["create", "*"];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let grants = file.facts.grants.iter().filter(|grant| has(&grant.api_groups, &[GROUP, "*"]));
    let creating: HashSet<usize> = grants
        .clone()
        .filter(|grant| has(&grant.verbs, CREATING) && has(&grant.resources, BINDINGS))
        .map(|grant| grant.resource)
        .collect();
    for grant in grants.filter(|grant| creating.contains(&grant.resource)) {
        let binds = Word::find(&grant.verbs, "bind").filter(|_| has(&grant.resources, ROLES));
        if let Some(span) = binds.filter(|_| names_none(grant)) {
            let message = "may create bindings, and bind any role with them: `cluster-admin` in two requests; name the roles in `resourceNames`";
            out.push(Match::new(span, message));
        }
    }
}

const GROUP: &str = "rbac.authorization.k8s.io";

fn has(words: &Setting<Vec<Word>>, wanted: &[&str]) -> bool {
    words.get().is_some_and(|words| words.iter().any(|word| wanted.contains(&word.text.as_str())))
}

/// Whether a rule is about every object. Some write `*` for that, which names none.
fn names_none(grant: &Grant) -> bool {
    match &grant.resource_names {
        Setting::Unset => true,
        Setting::Set(names, _) => names.is_empty() || names.iter().any(|name| name.text == "*"),
        Setting::Unknown(_) => false,
    }
}
