//! Comments that tell hadolint to be quiet.

use super::super::File;
use crate::rule::Match;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    for comment in &dockerfile.comments {
        let text = file.text.get(comment.range()).unwrap_or_default();
        let said = text.trim_start_matches('#').trim_start();
        let Some(rest) = said.strip_prefix("hadolint ") else { continue };
        let rest = rest.trim_start();
        let rest = ["global", "stage"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let asks =
            rest.trim_start().strip_prefix("ignore").is_some_and(|rest| rest.trim_start().starts_with('='));
        if asks {
            let message = "this silences a rule for hadolint; say `plimsoll: ignore[rule] reason`, or mend what it is about";
            out.push(Match::new(*comment, message));
        }
    }
}
