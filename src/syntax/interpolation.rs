//! Variables in the values of Compose files: `$NAME`, `${NAME:-default}`, `$$`.
//!
//! Source of the grammar: the interpolation chapter of the Compose specification. Knows no values.

use std::collections::HashMap;
use std::ops::Range;

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

/// A value with the defaults of its variables put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The text; where a variable has no default, as many `hidden` characters as its text has bytes.
    pub text: String,
    /// Whether all of it is known.
    pub known: bool,
    segments: Vec<Segment>,
}

/// Which bytes of a resolved text come from which of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    text: Range<usize>,
    from: Range<usize>,
    /// Whether it is the same text, byte for byte.
    copied: bool,
}

impl Resolved {
    /// Puts defaults in. `hidden` has one byte.
    pub fn new(text: &str, hidden: char) -> Resolved {
        let mut resolved = Resolved { known: true, ..Resolved::default() };
        resolved.add(text, 0, hidden, 0);
        resolved
    }

    fn add(&mut self, text: &str, offset: usize, hidden: char, depth: usize) {
        for part in parse(text) {
            match part {
                Part::Literal(range) => self.push(&text[range.clone()], range, offset, true),
                Part::Dollar(range) => self.push("$", range, offset, false),
                Part::Variable(Variable { otherwise: Otherwise::Default, word, .. }) if depth < DEEPEST => {
                    self.add(&text[word.clone()], offset + word.start, hidden, depth + 1);
                }
                Part::Variable(Variable { whole: range, .. }) | Part::Invalid(range) => {
                    self.known = false;
                    self.push(&hidden.to_string().repeat(range.len()), range, offset, false);
                }
            }
        }
    }

    fn push(&mut self, text: &str, from: Range<usize>, offset: usize, copied: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        let from = from.start + offset..from.end + offset;
        self.segments.push(Segment { text: start..self.text.len(), from, copied });
    }

    /// Which bytes of the value the bytes `from..to` of the text come from.
    pub fn origin(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.of_byte(from).map_or(0, |range| range.start);
        let end = self.of_byte(to.saturating_sub(1)).map_or(start, |range| range.end);
        if from == to { start..start } else { start..end.max(start) }
    }

    fn of_byte(&self, at: usize) -> Option<Range<usize>> {
        let after = self.segments.partition_point(|segment| segment.text.start <= at);
        let Segment { text, from, copied } = self.segments.get(after.checked_sub(1)?)?;
        if *copied {
            let start = from.start + (at - text.start).min(from.len());
            return Some(start..(start + 1).min(from.end));
        }
        Some(from.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str) -> String {
        Resolved::new(text, '?').text
    }

    #[test]
    fn variables_are_read_as_compose_reads_them() {
        assert_eq!(resolved("a$$b"), "a$b");
        assert_eq!(resolved("$A-b"), "??-b");
        assert_eq!(resolved("${A:-x}${B-y}${C:-}"), "xy");
        assert_eq!(resolved("${A:-${B:-z}}:1"), "z:1");
        assert_eq!(resolved("${A:?no}"), "????????");
        assert_eq!(resolved("${A:+b}"), "???????");
    }

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

    #[test]
    fn places_lead_back() {
        let resolved = Resolved::new("${R:-r.io}/app:${T:-latest}", '?');
        assert_eq!(resolved.text, "r.io/app:latest");
        assert_eq!(resolved.origin(9, 15), 20..26);
        assert_eq!(resolved.origin(5, 8), 11..14);
        assert!(resolved.known);
    }

    #[test]
    fn what_is_hidden_leads_back_to_all_that_hides_it() {
        let text = "a${\u{feff}}:1";
        let resolved = Resolved::new(text, '?');
        assert_eq!(resolved.text, "a??????:1");
        assert_eq!(&text[resolved.origin(2, 4)], "${\u{feff}}");
        assert_eq!(&text[resolved.origin(8, 9)], "1");
    }
}
