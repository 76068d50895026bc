//! A value that a file sets, leaves out, or hides behind a template.

use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// One setting as read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Setting<T> {
    /// Not written, or written as null.
    #[default]
    Unset,
    /// Written, but not knowable from the file; the span is what hides it.
    Unknown(Span),
    /// Written, and the shortest text that shows it: a scalar on one line, without quotes, else the key.
    Set(T, Span),
}

impl<T> Setting<T> {
    /// The value, if it is known.
    pub fn get(&self) -> Option<&T> {
        if let Setting::Set(value, _) = self { Some(value) } else { None }
    }

    /// Where it is written, known or not.
    pub fn span(&self) -> Option<Span> {
        match self {
            Setting::Unset => None,
            Setting::Unknown(span) | Setting::Set(_, span) => Some(*span),
        }
    }

    /// Whether nothing is written.
    pub fn is_unset(&self) -> bool {
        matches!(self, Setting::Unset)
    }

    /// Whether something is written that cannot be known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Setting::Unknown(_))
    }

    /// This setting, or `other` where this one is not written.
    #[must_use]
    pub fn or(self, other: Setting<T>) -> Setting<T> {
        if self.is_unset() { other } else { self }
    }

    /// The same setting with its value converted.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Setting<U> {
        match self {
            Setting::Unset => Setting::Unset,
            Setting::Unknown(span) => Setting::Unknown(span),
            Setting::Set(value, span) => Setting::Set(convert(value), span),
        }
    }

    /// What `value` makes of the node at `key`; unknown where it makes nothing of it.
    pub fn read(parent: Node<'_>, key: &str, value: impl FnOnce(Node<'_>) -> Option<T>) -> Setting<T> {
        match parent.entry(key) {
            None if parent.is_open() => Setting::Unknown(parent.span()),
            None => Setting::Unset,
            Some(entry) if entry.value.kind() == Kind::Null => Setting::Unset,
            Some(entry) => match value(entry.value) {
                Some(value) => Setting::Set(value, entry.place()),
                // A wrong type is the schema's concern; no other rule may guess what was meant.
                None => Setting::Unknown(entry.value.span()),
            },
        }
    }
}

impl Setting<bool> {
    /// The boolean at `key`.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is not general enough")]
    pub fn bool(parent: Node<'_>, key: &str) -> Self {
        Setting::read(parent, key, |node| node.as_bool())
    }
}

impl Setting<i64> {
    /// The integer at `key`.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is not general enough")]
    pub fn int(parent: Node<'_>, key: &str) -> Self {
        Setting::read(parent, key, |node| node.as_i64())
    }
}

impl Setting<String> {
    /// The text at `key`.
    pub fn text(parent: Node<'_>, key: &str) -> Self {
        Setting::read(parent, key, |node| {
            node.as_str().filter(|text| !is_placeholder(text)).map(str::to_owned)
        })
    }
}

/// Whether another tool puts something in for part of the text before it is used: `{{ x }}`, `${X}`, `$(X)`.
pub fn is_placeholder(text: &str) -> bool {
    ["{{", "${", "$("].iter().any(|open| text.contains(open))
}
