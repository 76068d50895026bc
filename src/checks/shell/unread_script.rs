//! Scripts that nobody looked at.

use crate::rule::Match;
use crate::syntax::shell::{LONGEST, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let message = || {
        format!(
            "this command was not read: it is longer than {} kB, or opens too many brackets",
            LONGEST / 1024
        )
    };
    out.extend(script.unread.map(|span| Match::new(span, message())));
}
