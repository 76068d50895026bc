//! `name[extra]` without quotes, which is a pattern.

use super::split::{arguments, bare_text, is_template, unquoted};
use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for argument in arguments(script) {
        let word = argument.word;
        if !is_template(word) && bare_text(word).any(has_name_in_brackets) {
            let message = format!(
                "the shell takes the brackets of `{}` for a choice of letters; quote the word",
                word.text.replace(char::is_control, "…")
            );
            out.push(unquoted(script, word.span, message));
        }
    }
}

/// Whether `text` has brackets with words in them: no range, no class, and longer than one would list letters.
fn has_name_in_brackets(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, behind)) = after.split_once(']') else { return false };
        if !before.ends_with(['\\', '$']) && is_name(inside) {
            return true;
        }
        rest = behind;
    }
    false
}

fn is_name(inside: &str) -> bool {
    let letters = inside.trim_start_matches(['!', '^']);
    let mut seen: Vec<char> = letters.chars().filter(|char| *char != '-').collect();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    let name = |char: char| char.is_ascii_alphanumeric() || matches!(char, ',' | '-' | '_' | '.' | ' ');
    seen.len() < all && letters.chars().all(name)
}
