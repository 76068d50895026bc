//! Names that no file of the module declares.

use std::collections::HashSet;

use super::modules::whole;
use crate::model::Project;
use crate::rule::Match;
use crate::rule::nearest::hint;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    for (_, files) in whole(project) {
        let declared: HashSet<&str> =
            files.iter().flat_map(|names| &names.declared).map(|name| name.address.as_str()).collect();
        for name in files.iter().flat_map(|names| &names.used) {
            let address = name.address.as_str();
            if declared.contains(address) || !is_sure(address) {
                continue;
            }
            let mut others: Vec<&str> =
                declared.iter().copied().filter(|other| kind(other) == kind(address)).collect();
            others.sort_unstable();
            let message = format!("nothing in this module declares `{address}`{}", hint(address, others));
            out.push(Match::new(name.span, message));
        }
    }
}

/// What an address starts with; that of resources is their type.
fn kind(address: &str) -> &str {
    address.split('.').next().unwrap_or_default()
}

/// Whether an address can be nothing but a declared one: types of resources have a `_`, other words may be anything.
fn is_sure(address: &str) -> bool {
    let kind = kind(address);
    matches!(kind, "var" | "local" | "module" | "data") || kind.contains('_')
}
