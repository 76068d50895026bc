//! Variables, locals and data sources that nothing in the module uses.

use std::collections::HashSet;

use super::modules::whole;
use crate::model::Project;
use crate::rule::Match;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    for (_, files) in whole(project) {
        let used: HashSet<&str> =
            files.iter().flat_map(|names| &names.used).map(|name| name.address.as_str()).collect();
        // A folder that uses nothing holds nothing but declarations, such as the interface of a module to come.
        if used.is_empty() {
            continue;
        }
        for name in files.iter().filter(|names| !names.overrides).flat_map(|names| &names.declared) {
            let judged = ["var.", "local.", "data."].iter().any(|kind| name.address.starts_with(kind));
            if judged && !used.contains(name.address.as_str()) {
                let message = format!("nothing in this module uses `{}`; remove it", name.address);
                out.push(Match::new(name.span, message));
            }
        }
    }
}
