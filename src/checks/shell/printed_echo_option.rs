//! `echo -e` where the shell prints `-e`.

use crate::checks::bashisms;
use crate::rule::Match;
use crate::syntax::shell::{Flavour, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    if script.flavour != Flavour::Dash {
        return;
    }
    let message = "dash, the `sh` of this image, prints this and needs no `-e`; use `printf`";
    out.extend(
        bashisms::find(script).iter().filter(|one| one.printed).map(|one| Match::new(one.span, message)),
    );
}
