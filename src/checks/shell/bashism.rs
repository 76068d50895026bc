//! What the shell of the image does not know.

use crate::checks::bashisms;
use crate::rule::Match;
use crate::syntax::shell::{Flavour, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let shell = match script.flavour {
        Flavour::Dash => "dash, the `sh` of this image,",
        Flavour::Busybox => "BusyBox, the `sh` of this image,",
        Flavour::Unknown | Flavour::Bash => return,
    };
    let found = bashisms::find(script).into_iter().filter(|one| !one.printed);
    out.extend(
        found.map(|one| Match::new(one.span, format!("{shell} does not know {}; {}", one.what, one.instead))),
    );
}
