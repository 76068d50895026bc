//! `set x=1`, which sets `$1`.

use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in
        script.commands.iter().filter(|command| command.words.first().is_some_and(|name| name.text == "set"))
    {
        let Some(word) = command.words.get(1) else { continue };
        let Some((name, _)) = word.text.split_once('=') else { continue };
        let is_name = !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_name {
            let message = format!("`set` gives `$1` this value, and `{name}` none; leave out `set`");
            out.push(Match::new(word.span, message));
        }
    }
}
