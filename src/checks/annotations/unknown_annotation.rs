//! Annotations under the prefix of a tool that has none of this name.

use super::super::File;
use super::known;
use crate::rule::Match;
use crate::rule::nearest::nearest;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    super::each(file, |_, entry| {
        let Some((tool, name)) = known::tool(entry.key.text()) else { return };
        if tool.value_of(name).is_some() || tool.is_family(name) {
            return;
        }
        let near = nearest(name, tool.names());
        let Some(span) = entry.key.short_span() else { return };
        let message = match near {
            Some(near) => format!("{} has no annotation `{name}`, did you mean `{near}`?", tool.name),
            // What is far from every known name may be new.
            None if tool.complete => format!("{} has no annotation `{name}`, and ignores it", tool.name),
            None => return,
        };
        out.push(Match::new(span, message));
    });
}
