//! Variables in the values of Compose files: `$NAME`, `${NAME:-default}`, `$$`.
//!
//! Source of the grammar: the interpolation chapter of the Compose specification. Knows what it is told.

mod resolve;

use std::collections::HashMap;
use std::ops::Range;

pub use resolve::{Resolved, Value, Values};

/// Defaults inside defaults are followed this far; what is deeper is not known.
const DEEPEST: usize = 8;

/// A part of a value, by its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stays as it is.
    Literal(Range<usize>),
    /// `$$`, which stands for `$`.
    Dollar(Range<usize>),
    /// Something is put in here.
    Variable(Variable),
    /// A `$` that begins nothing.
    Invalid(Range<usize>),
}

/// A variable in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// From the `$` to the last byte.
    pub whole: Range<usize>,
    /// Its name.
    pub name: Range<usize>,
    /// What happens where it has no value.
    pub otherwise: Otherwise,
    /// The text behind the operator: a default, a message.
    pub word: Range<usize>,
}

/// What stands in for a variable without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// Nothing: the value is empty, and Compose warns.
    Empty,
    /// `:-`, `-`: a default.
    Default,
    /// `:?`, `?`: Compose stops.
    Required,
    /// `:+`, `+`: empty, and another text where there is a value.
    Alternative,
}

/// The parts of a value, in order.
pub fn parse(text: &str) -> Vec<Part> {
    let closing = closing_braces(text);
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('$') {
        let dollar = at + found;
        if found > 0 {
            parts.push(Part::Literal(at..dollar));
        }
        let part = one(text, dollar, &closing);
        at = match &part {
            Part::Literal(range) | Part::Dollar(range) | Part::Invalid(range) => range.end,
            Part::Variable(variable) => variable.whole.end,
        };
        parts.push(part);
    }
    if at < text.len() {
        parts.push(Part::Literal(at..text.len()));
    }
    parts
}

/// Where each `${` is closed, by its place.
fn closing_braces(text: &str) -> HashMap<usize, usize> {
    let bytes = text.as_bytes();
    let (mut open, mut closing) = (Vec::new(), HashMap::new());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'$', Some(b'{')) => {
                open.push(at);
                at += 1;
            }
            (b'$', Some(b'$')) => at += 1,
            (b'}', _) => drop(open.pop().map(|start| closing.insert(start, at))),
            _ => {}
        }
        at += 1;
    }
    closing
}

fn one(text: &str, dollar: usize, closing: &HashMap<usize, usize>) -> Part {
    let rest = &text[dollar + 1..];
    if rest.starts_with('$') {
        return Part::Dollar(dollar..dollar + 2);
    }
    if rest.starts_with('{') {
        let Some(&close) = closing.get(&dollar) else { return Part::Invalid(dollar..dollar + 2) };
        return braced(text, dollar, close).unwrap_or(Part::Invalid(dollar..close + 1));
    }
    match name_length(rest) {
        0 => Part::Invalid(dollar..dollar + 1),
        length => {
            let end = dollar + 1 + length;
            let name = dollar + 1..end;
            Part::Variable(Variable { whole: dollar..end, name, otherwise: Otherwise::Empty, word: end..end })
        }
    }
}

fn braced(text: &str, dollar: usize, close: usize) -> Option<Part> {
    let start = dollar + 2;
    let inside = &text[start..close];
    let end = start + name_length(inside);
    let operators = [
        ("", Otherwise::Empty),
        (":-", Otherwise::Default),
        ("-", Otherwise::Default),
        (":?", Otherwise::Required),
        ("?", Otherwise::Required),
        (":+", Otherwise::Alternative),
        ("+", Otherwise::Alternative),
    ];
    let rest = &text[end..close];
    let fits =
        |operator: &str| if operator.is_empty() { rest.is_empty() } else { rest.starts_with(operator) };
    let (operator, otherwise) = operators.iter().find(|(operator, _)| end > start && fits(operator))?;
    let word = end + operator.len()..close;
    Some(Part::Variable(Variable { whole: dollar..close + 1, name: start..end, otherwise: *otherwise, word }))
}

fn name_length(text: &str) -> usize {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let length = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    if starts { length } else { 0 }
}

/// Every part of a value, those inside defaults too, with their places in the whole text.
pub fn parse_all(text: &str) -> Vec<Part> {
    let mut out = Vec::new();
    let mut waiting = vec![(0..text.len(), 0)];
    while let Some((range, depth)) = waiting.pop() {
        for part in parse(&text[range.clone()]) {
            let part = moved(part, range.start);
            if let Part::Variable(variable) = &part
                && depth < DEEPEST
                && variable.otherwise != Otherwise::Empty
            {
                waiting.push((variable.word.clone(), depth + 1));
            }
            out.push(part);
        }
    }
    out
}

fn moved(part: Part, by: usize) -> Part {
    let add = |range: Range<usize>| range.start + by..range.end + by;
    match part {
        Part::Literal(range) => Part::Literal(add(range)),
        Part::Dollar(range) => Part::Dollar(add(range)),
        Part::Invalid(range) => Part::Invalid(add(range)),
        Part::Variable(variable) => Part::Variable(Variable {
            whole: add(variable.whole),
            name: add(variable.name),
            otherwise: variable.otherwise,
            word: add(variable.word),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_nothing_is_invalid() {
        let invalid = |text: &str| {
            let parts = parse_all(text).into_iter();
            parts
                .filter_map(|part| if let Part::Invalid(range) = part { Some(range) } else { None })
                .collect::<Vec<_>>()
        };
        assert_eq!(invalid("$(pwd)"), vec![0..1]);
        assert_eq!(invalid("a ${ b"), vec![2..4]);
        assert_eq!(invalid("${a.b}"), vec![0..6]);
        assert_eq!(invalid("${A:-$1}"), vec![5..6]);
        assert!(invalid("$${a.b} $$(x)").is_empty());
        assert_eq!(invalid("100$"), vec![3..4]);
    }
}
