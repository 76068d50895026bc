//! `` `command` `` where `$(command)` says the same.

use crate::rule::Match;
use crate::syntax::shell::{Part, PartKind, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let old = |part: &&Part| part.kind == PartKind::Command { backticks: true };
    let parts = script.words().flat_map(|word| &word.parts).filter(old);
    out.extend(
        parts.map(|part| Match::new(part.span, "backticks do not nest and hide quotes; write `$(…)`")),
    );
}
