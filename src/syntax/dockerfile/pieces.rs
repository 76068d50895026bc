//! Takes a word apart into what is written out and what a variable stands for, each with its place.
//!
//! Does not look variables up: see [`expand`](super::expand()).

use std::ops::Range;

use super::expand;

/// A part of a word; ranges are bytes of the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands for itself.
    Literal(Range<usize>),
    /// `$name` or `${…}`.
    Variable(Range<usize>),
}

/// The pieces of `raw` in order, in which `escape` is the escape character. Quotes and escapes are left out; a malformed
/// variable counts as text, and so do all behind it.
pub fn pieces(raw: &str, escape: char) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut literal = 0;
    let mut quote = None;
    // A malformed variable may reach to the end: looking again from each `$` behind it would be quadratic.
    let mut broken = false;
    let mut at = 0;
    while let Some(char) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        let next = at + char.len_utf8();
        let mut variable = None;
        if char == '$' && quote != Some('\'') && !broken {
            variable = expand::variable_end(raw, at, escape);
            broken = variable.is_none();
        }
        let variable = variable.filter(|end| *end > next);
        let closes = quote == Some(char);
        let opens = quote.is_none() && matches!(char, '\'' | '"');
        let escapes = char == escape && quote != Some('\'');
        if variable.is_none() && !closes && !opens && !escapes {
            at = next;
            continue;
        }
        out.extend((literal < at).then_some(Piece::Literal(literal..at)));
        at = variable.unwrap_or(next);
        literal = at;
        if let Some(end) = variable {
            out.push(Piece::Variable(next - 1..end));
        } else if escapes {
            at += raw.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        } else {
            quote = if closes { None } else { Some(char) };
        }
    }
    out.extend((literal < raw.len()).then_some(Piece::Literal(literal..raw.len())));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> Vec<String> {
        let show = |piece: Piece| match piece {
            Piece::Literal(range) => raw[range].to_owned(),
            Piece::Variable(range) => format!("<{}>", &raw[range]),
        };
        pieces(raw, '\\').into_iter().map(show).collect()
    }

    #[test]
    fn variables_and_text_are_told_apart() {
        assert_eq!(shown("a/${B:-c}:$D-e"), ["a/", "<${B:-c}>", ":", "<$D>", "-e"]);
        assert_eq!(shown(r#""a $B"'$c'\$d$"#), ["a ", "<$B>", "$c", "$d$"]);
        assert_eq!(shown("$b${a$b"), ["<$b>", "${a$b"]);
        pieces(&"${a:-''".repeat(100_000), '\\');
        assert_eq!(shown(""), [""; 0]);
    }
}
