//! Build arguments whose name says secret and that wait for a value from the command line.

use super::super::File;
use super::secret_in_env::{is_access_key_id, secret_word};
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

/// Whether a default leaves the value to whoever builds: there is none, or it is only the variable itself.
fn is_open(name: &str, default: &str) -> bool {
    let bare = default.trim_matches(['"', '\'']);
    let variable = bare.strip_prefix('$').map(|rest| rest.strip_prefix('{').unwrap_or(rest));
    bare.is_empty() || variable.is_some_and(|rest| rest.strip_suffix('}').unwrap_or(rest) == name)
}

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in file.facts.instructions.iter().filter(|instruction| instruction.kind == Kind::Arg) {
        for argument in &instruction.args {
            let (name, default) = argument.text.split_once('=').unwrap_or((&argument.text, ""));
            // A default that is written out is the matter of `secret-in-env`.
            let word = secret_word(name).or(is_access_key_id(name).then_some("key"));
            if let Some(word) = word.filter(|_| is_open(name, default)) {
                let message = format!(
                    "a {word} given for `{name}` stays in the image's history; mount it with `RUN --mount=type=secret`"
                );
                out.push(Match::new(argument.span.slice(0, name.len()), message));
            }
        }
    }
}
