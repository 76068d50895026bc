//! Values that a template computes, each with the text that it is written at and the texts that it came through.

use crate::model::workload::Word;
use crate::text::Span;

/// A value, known or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// What it is.
    pub data: Data,
    /// Where it is written; of a reference, where that stands.
    pub span: Span,
    /// Whether the span is short: on one line, and not a collection.
    pub short: bool,
    /// Where it comes from, if that is elsewhere: the default of a parameter, an entry of a mapping.
    pub origins: Vec<Origin>,
    /// The resource that it is an attribute of, known or not.
    pub link: Option<Target>,
    /// What it starts with, if it is text whose end is not known.
    pub start: Option<Box<Start>>,
}

/// What is known of a text whose end is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// What it starts with.
    pub text: String,
    /// What comes next, if that is an attribute of another resource.
    pub then: Option<Target>,
}

/// A text that a value came through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The text.
    pub span: Span,
    /// What it is, for people: lower case, no full stop.
    pub what: String,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Nothing, or what is taken away.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number without a fraction.
    Int(i64),
    /// Another number.
    Float(f64),
    /// Text.
    Text(Text),
    /// Items. Those that may not be there are unknown.
    List(Vec<Computed>),
    /// Entries.
    Map(Map),
    /// Something of another resource, which is not known before it exists.
    Reference(Target),
    /// It depends on what no file says.
    Unknown,
}

/// Text, and where its parts are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where its parts are written, in order; empty if that is not known.
    pub runs: Vec<Run>,
}

/// Part of a text, up to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it starts in the text.
    pub at: usize,
    /// Where it is written. If that is of another length, it only leads back as a whole.
    pub span: Span,
}

/// A mapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Keys and values, in the order of the text.
    pub entries: Vec<(Word, Computed)>,
    /// Whether there may be more.
    pub open: bool,
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The name of the resource, by which its format knows it.
    pub name: String,
    /// The attribute that is asked for; empty where the resource itself is.
    pub attribute: String,
}

impl Map {
    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&(Word, Computed)> {
        self.entries.iter().find(|(word, _)| word.text == key)
    }
}

impl Computed {
    /// A value that stands at `span`.
    pub fn new(data: Data, span: Span) -> Computed {
        Computed { data, span, short: true, origins: Vec::new(), link: None, start: None }
    }

    /// A value that cannot be known.
    pub fn unknown(span: Span) -> Computed {
        Computed::new(Data::Unknown, span)
    }

    /// Whether it is a mapping's, and which.
    pub fn map(&self) -> Option<&Map> {
        if let Data::Map(map) = &self.data { Some(map) } else { None }
    }

    /// A scalar as text; `None` for what is no scalar, or is not known.
    pub fn scalar(&self) -> Option<String> {
        match &self.data {
            Data::Text(text) => Some(text.text.clone()),
            Data::Bool(value) => Some(value.to_string()),
            Data::Int(value) => Some(value.to_string()),
            Data::Float(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// What its text starts with, as far as that is known.
    pub fn beginning(&self) -> Option<String> {
        let start = || self.start.as_ref().map(|start| start.text.clone()).filter(|text| !text.is_empty());
        self.scalar().or_else(start)
    }
}

impl Text {
    /// Text that is written as it is at `span`.
    pub fn written(text: &str, span: Span) -> Text {
        Text { text: text.to_owned(), runs: vec![Run { at: 0, span }] }
    }

    /// Where the bytes `from..to` are written, if that is known.
    pub fn span(&self, from: usize, to: usize) -> Option<Span> {
        let first = self.run(from)?;
        let last = self.run(to.saturating_sub(1).max(from))?;
        let start = first.0.place(from, first.1);
        let end = last.0.place(to, last.1);
        (start.file == end.file && start.start <= end.end).then(|| start.to(end))
    }

    /// The run that holds a byte, and where it ends in the text.
    fn run(&self, at: usize) -> Option<(Run, usize)> {
        let next = self.runs.partition_point(|run| run.at <= at);
        let run = *self.runs.get(next.checked_sub(1)?)?;
        Some((run, self.runs.get(next).map_or(self.text.len(), |run| run.at)))
    }
}

impl Run {
    /// The place of the bound `at`, if the run ends at `end` in the text; else all of it.
    fn place(self, at: usize, end: usize) -> Span {
        let linear = self.span.len() == end - self.at;
        let at = at.saturating_sub(self.at);
        if linear && at <= self.span.len() { self.span.slice(at, at) } else { self.span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn parts_of_a_text_lead_back_to_where_they_are_written() {
        let span = |from, to| Span::new(FileId(0), from, to);
        let runs = vec![
            Run { at: 0, span: span(10, 13) },
            Run { at: 3, span: span(20, 27) },
            Run { at: 5, span: span(30, 32) },
        ];
        let text = Text { text: "abcXYde".to_owned(), runs };
        assert_eq!(text.span(1, 3), Some(span(11, 13)));
        assert_eq!(text.span(3, 5), Some(span(20, 27)));
        assert_eq!(text.span(1, 7), Some(span(11, 32)));
        assert_eq!(text.span(6, 7), Some(span(31, 32)));
        assert_eq!(Text::default().span(0, 0), None);
    }
}
