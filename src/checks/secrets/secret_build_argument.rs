//! Build arguments whose name says secret and that wait for a value from the command line.

use super::super::File;
use super::secret_in_env::{is_access_key_id, secret_word};
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in file.facts.instructions.iter().filter(|instruction| instruction.kind == Kind::Arg) {
        for argument in &instruction.args {
            let (name, default) = argument.text.split_once('=').unwrap_or((&argument.text, ""));
            // A default that is written out is the matter of `secret-in-env`.
            let word = secret_word(name).or(is_access_key_id(name).then_some("key"));
            if let (Some(word), "" | "\"\"" | "''") = (word, default) {
                let message = format!(
                    "a {word} given for `{name}` stays in the image's history; mount it with `RUN --mount=type=secret`"
                );
                out.push(Match::new(argument.span.slice(0, name.len()), message));
            }
        }
    }
}
