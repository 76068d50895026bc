//! `x=*.txt`, which holds the pattern and not the names.

use super::split::{is_pattern, is_template};
use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for assigned in &script.assigned {
        let Some(word) = assigned.word.as_ref().filter(|word| is_pattern(word) && !is_template(word)) else {
            continue;
        };
        let message = format!(
            "`{}` is set to the pattern itself, not to names of files; quote it, or loop over the pattern",
            assigned.name
        );
        out.push(Match::new(word.span, message));
    }
}
