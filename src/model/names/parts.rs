//! What can be referred to inside objects of one name.

use std::collections::BTreeSet;

use crate::text::Span;

/// The parts of everything of one kind, name and namespace: overlays may define the same object many times.
#[derive(Debug)]
pub(super) struct Parts {
    /// The first of them.
    anchor: Span,
    /// The parts that any of them has.
    known: BTreeSet<String>,
    /// Whether there may be more.
    open: bool,
}

impl Parts {
    pub(super) fn new(anchor: Span) -> Parts {
        Parts { anchor, known: BTreeSet::new(), open: false }
    }

    pub(super) fn add(&mut self, parts: Option<&BTreeSet<String>>) {
        match parts {
            Some(parts) => self.known.extend(parts.iter().cloned()),
            None => self.open = true,
        }
    }
}

/// What a reference may mean a part of.
#[derive(Debug)]
pub struct Whole<'n> {
    first: &'n Parts,
    second: Option<&'n Parts>,
}

impl<'n> Whole<'n> {
    pub(super) fn of(one: Option<&'n Parts>, two: Option<&'n Parts>) -> Option<Whole<'n>> {
        Some(Whole { first: one.or(two)?, second: one.and(two) })
    }

    /// The text that stands for it.
    pub fn anchor(&self) -> Span {
        self.first.anchor
    }

    fn all(&self) -> impl Iterator<Item = &'n Parts> {
        std::iter::once(self.first).chain(self.second)
    }

    /// Whether the part is missing, as far as anybody can know.
    pub fn lacks(&self, part: &str) -> bool {
        self.all().all(|parts| !parts.open && !parts.known.contains(part))
    }

    /// All parts that are known.
    pub fn parts(&self) -> impl Iterator<Item = &'n str> {
        self.all().flat_map(|parts| parts.known.iter().map(String::as_str))
    }
}
