//! What a shell by the name of `sh` may not know.

use crate::checks::bashisms;
use crate::rule::Match;
use crate::syntax::shell::{Flavour, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    if script.flavour != Flavour::Unknown {
        return;
    }
    let message = |one: &bashisms::Bashism| format!("`sh` need not know {}; {}", one.what, one.instead);
    out.extend(bashisms::find(script).iter().map(|one| Match::new(one.span, message(one))));
}
