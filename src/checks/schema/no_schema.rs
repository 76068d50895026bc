//! Kinds that nothing is known of: each said once, so that nothing passes unseen.

use std::collections::HashMap;

use crate::model::Project;
use crate::model::resource::Resource;
use crate::rule::Match;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut kinds: Vec<(&Resource, usize)> = Vec::new();
    for facts in &project.files {
        for &id in &facts.unchecked {
            let resource = facts.resource(id);
            let Some(version) = resource.api_version.get() else { continue };
            let at = *first.entry((version, resource.kind())).or_insert_with(|| {
                kinds.push((resource, 0));
                kinds.len() - 1
            });
            kinds[at].1 += 1;
        }
    }
    for (resource, count) in kinds {
        let Some(span) = resource.kind.span() else { continue };
        let version = resource.api_version.get().map_or("", String::as_str);
        let objects = if count == 1 { "this object is".to_owned() } else { format!("{count} objects are") };
        let message =
            format!("no schema for {} of `{version}` is known: {objects} not checked", resource.kind());
        out.push(Match::new(span, message));
    }
}
