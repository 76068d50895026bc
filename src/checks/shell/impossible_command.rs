//! A command whose name no program has.

use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in &script.commands {
        let Some(name) = command.words.first().filter(|_| script.dialect.is_some()) else { continue };
        let Some(text) = name.literal() else { continue };
        let message = if text.starts_with('-') && text.len() > 1 {
            format!("`{text}` is an option and no command; the line before it may lack its `\\`")
        } else if text.is_empty() {
            "an empty word is no command".to_owned()
        } else if text.ends_with('/') {
            format!("`{text}` is a folder and no command")
        } else {
            continue;
        };
        out.push(Match::new(name.span, message));
    }
}
