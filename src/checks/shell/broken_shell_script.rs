//! Scripts that no shell can read.

use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    out.extend(script.broken.iter().map(|broken| Match::new(broken.span, broken.reason.as_str())));
}
