//! Settings written as directives, each a name with words behind it, some with a block of others: nginx, Caddy, Apache,
//! `HAProxy`, Fluent Bit and Fluentd.
//!
//! One scanner for all of them, total and linear: what breaks the grammar costs the directive it stands in, at most.
//! Nothing is unescaped, and no directive has a meaning here.

mod scan;
#[cfg(test)]
mod tests;

use std::ops::Range;

/// How directives end and where blocks begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// nginx: `name words;`, `name words { … }`; lines mean nothing.
    Semicolons,
    /// Caddy: a line each; one that ends in a word `{` opens a block.
    Braces,
    /// Apache, Fluentd: a line each; `<Name words>` opens a block and `</Name>` closes it.
    Tags,
    /// `HAProxy`, Fluent Bit: a line each; those behind the head of a section are in it.
    Sections,
}

/// A directive.
#[derive(Clone, Copy, Debug)]
struct Directive {
    /// Its words, among those of all.
    first: u32,
    count: u32,
    /// The directive whose block it is in.
    parent: Option<u32>,
    /// Where it ends, with its block.
    end: u32,
}

/// All directives of a text, in its order.
#[derive(Debug, Default)]
pub struct Directives {
    list: Vec<Directive>,
    /// Start and end of every word, without quotes.
    words: Vec<(u32, u32)>,
    comments: Vec<(u32, u32)>,
}

/// Reads a text.
pub fn parse(text: &str, grammar: Grammar) -> Directives {
    scan::Scanner::new(text, grammar).run()
}

impl Directives {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Where the words of a directive stand, its name first.
    pub fn words(&self, number: usize) -> impl ExactSizeIterator<Item = Range<usize>> + Clone + '_ {
        let directive = self.list[number];
        let words = &self.words[directive.first as usize..(directive.first + directive.count) as usize];
        words.iter().map(|(start, end)| *start as usize..*end as usize)
    }

    /// The name of a directive in the text that it was read from.
    pub fn name<'t>(&self, number: usize, text: &'t str) -> &'t str {
        self.words(number).next().and_then(|place| text.get(place)).unwrap_or_default()
    }

    /// The directive whose block this one is in.
    pub fn parent(&self, number: usize) -> Option<usize> {
        self.list[number].parent.map(|parent| parent as usize)
    }

    /// All of a directive, its block included.
    pub fn range(&self, number: usize) -> Range<usize> {
        let start = self.words(number).next().map_or(0, |word| word.start);
        start..(self.list[number].end as usize).max(start)
    }

    /// Where comments stand, each with its `#`.
    pub fn comments(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.comments.iter().map(|(start, end)| *start as usize..*end as usize)
    }
}
