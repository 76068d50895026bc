//! Two stages with one name: what a later `FROM` or `--from` means depends on where it stands.

use std::collections::HashMap;

use super::super::File;
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for stage in &file.facts.stages {
        let (Some(name), Some(span)) = (stage.name.get(), stage.name.span()) else { continue };
        match seen.get(&name.to_lowercase()) {
            Some(first) => {
                let message = format!("another stage is called `{name}` already; rename one of them");
                out.push(Match::new(span, message).related(*first, "the first one"));
            }
            None => {
                seen.insert(name.to_lowercase(), span);
            }
        }
    }
}
