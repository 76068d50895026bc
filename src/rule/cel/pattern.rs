//! Patterns of `matches`: RE2's syntax on the `regex` crate.
//!
//! RE2's `\d`, `\w`, `\s` and `\b` mean ASCII, and its classes have no set operators; patterns are rewritten so.

use regex::{Regex, RegexBuilder};

use super::ast::{Ast, Pattern};

/// How much memory a compiled pattern may take, in bytes.
const MAX_SIZE: usize = 512 * 1024;

/// The literal pattern, compiled when it is first asked for.
pub(super) fn compiled<'a>(ast: &Ast, pattern: &'a Pattern) -> Result<&'a Regex, &'a str> {
    pattern.regex.get_or_init(|| compile(ast.str(pattern.text))).as_ref().map_err(String::as_str)
}

/// Compiles a pattern within the limits.
pub fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(&rewritten(pattern))
        .size_limit(MAX_SIZE)
        .dfa_size_limit(MAX_SIZE)
        .nest_limit(100)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "this pattern is too large; simplify it".to_owned(),
            error => {
                let text = error.to_string();
                let reason = text.lines().last().unwrap_or_default();
                format!("`{pattern}` is not a pattern: {}", reason.trim_start_matches("error: "))
            }
        })
}

fn rewritten(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern.chars().peekable();
    // Position within a class: 0 outside, 1 just after `[` or `[^`, 2 further on.
    let mut class = 0;
    while let Some(char) = rest.next() {
        let next = rest.peek().copied();
        match char {
            '\\' => escape(&mut out, rest.next(), class > 0),
            '[' if class == 0 => {
                out.push('[');
                if next == Some('^') {
                    rest.next();
                    out.push('^');
                }
                class = 1;
                continue;
            }
            '[' if next != Some(':') => out.push_str("\\["),
            '[' => {
                out.push('[');
                for inner in rest.by_ref() {
                    out.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
            }
            ']' if class == 1 => out.push_str("\\]"),
            ']' if class > 1 => {
                out.push(']');
                class = 0;
                continue;
            }
            '&' | '~' if class > 0 => out.extend(['\\', char]),
            '-' if class > 0 && next == Some('-') => out.push_str("\\-"),
            _ => out.push(char),
        }
        class = if class > 0 { 2 } else { 0 };
    }
    out
}

fn escape(out: &mut String, letter: Option<char>, in_class: bool) {
    match letter {
        Some('d') => out.push_str("[0-9]"),
        Some('D') => out.push_str("[^0-9]"),
        Some('w') => out.push_str("[0-9A-Za-z_]"),
        Some('W') => out.push_str("[^0-9A-Za-z_]"),
        Some('s') => out.push_str("[\\t\\n\\f\\r ]"),
        Some('S') => out.push_str("[^\\t\\n\\f\\r ]"),
        Some('b') if !in_class => out.push_str("(?-u:\\b)"),
        Some(letter) => out.extend(['\\', letter]),
        None => out.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_mean_ascii_and_have_no_operators() {
        let is = |pattern: &str, text: &str| compile(pattern).map(|regex| regex.is_match(text));
        assert_eq!(is(r"^\d+$", "١"), Ok(false));
        assert_eq!(is(r"^[\d.]+$", "1.2"), Ok(true));
        assert_eq!(is(r"^[^\w]$", "é"), Ok(true));
        assert_eq!(is("^[[a]$", "["), Ok(true));
        assert_eq!(is("^[]a]$", "]"), Ok(true));
        assert_eq!(is("^[a&&b]$", "&"), Ok(true));
        assert_eq!(is("^[[:alpha:]-]+$", "a-b"), Ok(true));
        assert_eq!(is(r"\bfoo\b", "a foo b"), Ok(true));
        assert_eq!(is("(?i)^A$", "a"), Ok(true));
    }

    #[test]
    fn hostile_patterns_are_refused() {
        assert_eq!(
            compile("(a{1000}){1000}").err(),
            Some("this pattern is too large; simplify it".to_owned())
        );
        assert!(compile(&"(".repeat(10_000)).is_err());
        assert!(compile("[").is_err());
        assert!(compile("\\").is_err());
    }
}
