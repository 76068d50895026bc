//! Values with what their variables stand for put in, byte for byte with their places.

use std::collections::HashMap;
use std::ops::Range;

use super::{DEEPEST, Otherwise, Part, Variable, parse};

/// What variables stand for, as far as files say.
#[derive(Debug, Default)]
pub struct Values {
    set: HashMap<String, Value>,
    /// Whether others may be set as well.
    pub open: bool,
}

/// What a variable stands for, and the line of the file that says so.
#[derive(Debug)]
pub struct Value {
    /// `None` where it has a value that is not known, or not to be told.
    pub text: Option<String>,
    /// From 1.
    pub line: usize,
}

impl Values {
    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        self.set.insert(name.to_owned(), value);
    }

    /// What a variable is set to.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.set.get(name)
    }
}

/// A value with what its variables stand for put in: what a file sets them to, or else their defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The text; where a variable has neither, as many `hidden` characters as its text has bytes.
    pub text: String,
    /// Whether all of it is known.
    pub known: bool,
    segments: Vec<Segment>,
}

struct Known<'v> {
    hidden: char,
    values: &'v Values,
}

/// What a variable stands for.
enum Stands<'v> {
    Text(&'v str),
    /// The text behind its operator.
    Word,
    Unknown,
}

impl<'v> Known<'v> {
    fn stands_for(&self, text: &str, variable: &Variable) -> Stands<'v> {
        let Some(value) = self.values.get(&text[variable.name.clone()]) else {
            return if variable.otherwise == Otherwise::Default { Stands::Word } else { Stands::Unknown };
        };
        let Some(value) = &value.text else { return Stands::Unknown };
        // With a `:`, what is empty counts as not set.
        let strict = text[variable.name.end..].starts_with(':');
        match variable.otherwise {
            Otherwise::Alternative if strict && value.is_empty() => Stands::Text(""),
            Otherwise::Alternative => Stands::Word,
            Otherwise::Default if strict && value.is_empty() => Stands::Word,
            Otherwise::Required if strict && value.is_empty() => Stands::Unknown,
            _ => Stands::Text(value),
        }
    }
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
    /// Puts values and defaults in. `hidden` has one byte.
    pub fn new(text: &str, hidden: char, values: &Values) -> Resolved {
        let mut resolved = Resolved { known: true, ..Resolved::default() };
        resolved.add(text, 0, &Known { hidden, values }, 0);
        resolved
    }

    fn add(&mut self, text: &str, offset: usize, known: &Known<'_>, depth: usize) {
        for part in parse(text) {
            match part {
                Part::Literal(range) => self.push(&text[range.clone()], range, offset, true),
                Part::Dollar(range) => self.push("$", range, offset, false),
                Part::Variable(variable) => match known.stands_for(text, &variable) {
                    Stands::Text(text) => self.push(text, variable.whole, offset, false),
                    Stands::Word if depth < DEEPEST => {
                        let word = variable.word;
                        self.add(&text[word.clone()], offset + word.start, known, depth + 1);
                    }
                    _ => self.hide(variable.whole, offset, known.hidden),
                },
                Part::Invalid(range) => self.hide(range, offset, known.hidden),
            }
        }
    }

    fn hide(&mut self, range: Range<usize>, offset: usize, hidden: char) {
        self.known = false;
        self.push(&hidden.to_string().repeat(range.len()), range, offset, false);
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
        Resolved::new(text, '?', &Values::default()).text
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
    fn what_a_file_sets_goes_before_defaults() {
        let mut values = Values::default();
        for (name, text) in [("A", Some("a")), ("E", Some("")), ("S", None)] {
            values.set(name, Value { text: text.map(str::to_owned), line: 1 });
        }
        let resolved = |text: &str| Resolved::new(text, '?', &values).text;
        assert_eq!(resolved("$A-${A:-x}-${A:+y}-${A?no}"), "a-a-y-a");
        assert_eq!(resolved("$E-${E:-x}-${E-x}-${E:+y}-${E+y}"), "-x---y");
        assert_eq!(resolved("${S:-x}${E:?no}"), "???????????????");
        let resolved = Resolved::new("r/${A}:1", '?', &values);
        assert_eq!((resolved.text.as_str(), resolved.origin(2, 3)), ("r/a:1", 2..6));
    }

    #[test]
    fn places_lead_back() {
        let resolved = Resolved::new("${R:-r.io}/app:${T:-latest}", '?', &Values::default());
        assert_eq!(resolved.text, "r.io/app:latest");
        assert_eq!(resolved.origin(9, 15), 20..26);
        assert_eq!(resolved.origin(5, 8), 11..14);
        assert!(resolved.known);
    }

    #[test]
    fn what_is_hidden_leads_back_to_all_that_hides_it() {
        let text = "a${\u{feff}}:1";
        let resolved = Resolved::new(text, '?', &Values::default());
        assert_eq!(resolved.text, "a??????:1");
        assert_eq!(&text[resolved.origin(2, 4)], "${\u{feff}}");
        assert_eq!(&text[resolved.origin(8, 9)], "1");
    }
}
