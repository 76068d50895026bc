//! Two blocks of one address in a module.

use std::collections::HashMap;

use super::modules::modules;
use crate::model::Project;
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    for (_, files) in modules(project) {
        let mut first: HashMap<(&str, bool), Span> = HashMap::new();
        let own = files.iter().filter(|names| !names.overrides);
        for (name, tofu) in own.flat_map(|names| names.declared.iter().map(|name| (name, names.tofu))) {
            match first.get(&(name.address.as_str(), tofu)) {
                None => drop(first.insert((&name.address, tofu), name.span)),
                Some(earlier) => {
                    let message = format!("`{}` is declared twice in this module; rename one", name.address);
                    out.push(Match::new(name.span, message).related(*earlier, "first here"));
                }
            }
        }
    }
}
