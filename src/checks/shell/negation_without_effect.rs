//! `! command` under `set -e`: it never stops the script.

use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let Some(from) = script.errexit_from() else { return };
    for command in script.commands.iter().skip(from) {
        let place = command.place;
        let lost = place.negated && !place.checked && !place.last && !place.nested;
        if let (true, Some(name)) = (lost, command.words.first()) {
            let message = "`set -e` does not stop at what stands behind `!`; add `|| exit 1`";
            out.push(Match::new(name.span, message));
        }
    }
}
