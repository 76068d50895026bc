//! Small reads that every part of the lowering shares: scalars with the defaults of their variables put in.

use std::ops::Range;

use crate::model::Setting;
use crate::model::image::HIDDEN;
use crate::model::workload::Word;
use crate::syntax::interpolation::Resolved;
use crate::syntax::tree::{Entry, Kind, Node};
use crate::text::Span;

/// Services that extend services that extend … end here.
const MAX_LAYERS: usize = 8;

/// The text of a scalar, and where its parts are written.
pub(super) struct Text<'t> {
    node: Node<'t>,
    resolved: Resolved,
}

impl<'t> Text<'t> {
    /// `None` for collections and where nothing is written.
    pub(super) fn of(node: Node<'t>) -> Option<Text<'t>> {
        let scalar = node.style().is_some() && node.kind() != Kind::Null && !is_reset(node);
        scalar.then(|| Text { node, resolved: Resolved::new(node.text(), HIDDEN, node.tree().values()) })
    }

    /// The text; what is not known is [`HIDDEN`].
    pub(super) fn text(&self) -> &str {
        if self.node.kind() == Kind::Unknown { "\u{1}" } else { &self.resolved.text }
    }

    /// Where the bytes `from..to` of the text are written.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        if self.node.kind() == Kind::Unknown {
            return self.node.span();
        }
        let origin = self.resolved.origin(from, to);
        self.node.sub_span(origin.start, origin.end)
    }

    /// Where the bytes `from..to` of the text are in the value of the scalar.
    pub(super) fn origin(&self, from: usize, to: usize) -> Range<usize> {
        self.resolved.origin(from, to)
    }

    /// All of it.
    pub(super) fn whole(&self) -> Span {
        self.node.short_span().unwrap_or_else(|| self.node.span())
    }

    /// The part `from..to` as a setting: unset if it is empty, unknown if part of it is.
    pub(super) fn part(&self, from: usize, to: usize) -> Setting<String> {
        let text = &self.text()[from..to];
        let span = self.span(from, to);
        match text {
            "" => Setting::Unset,
            text if text.contains(HIDDEN) => Setting::Unknown(span),
            text => Setting::Set(text.to_owned(), span),
        }
    }

    /// All of it as a setting.
    pub(super) fn setting(&self) -> Setting<String> {
        match self.text() {
            text if text.contains(HIDDEN) => Setting::Unknown(self.whole()),
            text => Setting::Set(text.to_owned(), self.whole()),
        }
    }

    /// All of it, if it is known.
    pub(super) fn word(&self) -> Option<Word> {
        match self.setting() {
            Setting::Set(text, span) if !text.is_empty() => Some(Word { text, span }),
            _ => None,
        }
    }
}

/// `!reset`: what a file below says is taken away.
pub(super) fn is_reset(node: Node<'_>) -> bool {
    node.tag() == Some("!reset")
}

/// The known word in a scalar.
pub(super) fn word(node: Node<'_>) -> Option<Word> {
    Text::of(node)?.word()
}

/// The setting in a scalar.
pub(super) fn setting(node: Node<'_>) -> Setting<String> {
    if node.kind() == Kind::Unknown {
        return Setting::Unknown(node.span());
    }
    Text::of(node).map_or(Setting::Unset, |text| text.setting())
}

/// The setting at `key` of a mapping.
pub(super) fn text_at(node: Node<'_>, key: &str) -> Setting<String> {
    match node.get(key) {
        Some(value) => setting(value),
        None if node.is_open() => Setting::Unknown(node.span()),
        None => Setting::Unset,
    }
}

/// A switch, as Compose reads it: also from text.
pub(super) fn flag(text: Setting<String>) -> Setting<bool> {
    match text {
        Setting::Set(text, span) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "on" | "1" => Setting::Set(true, span),
            "false" | "no" | "n" | "off" | "0" => Setting::Set(false, span),
            _ => Setting::Unknown(span),
        },
        Setting::Unknown(span) => Setting::Unknown(span),
        Setting::Unset => Setting::Unset,
    }
}

/// A service, and those of the same file that it extends, nearest first.
pub(super) struct Layers<'t> {
    pub(super) nodes: Vec<Node<'t>>,
    /// Whether there is more that cannot be seen.
    pub(super) open: bool,
}

/// How much what is extended may add to a file, in entries and items; each service has a copy of its own.
pub(super) const MOST_EXTENDED: usize = 20_000;

/// How many entries and items a service has.
fn weight(service: Node<'_>) -> usize {
    let entries = service.own_entries();
    entries.map(|entry| 1 + entry.value.items().len() + entry.value.own_entries().len()).sum()
}

impl<'t> Layers<'t> {
    /// What a service extends is looked for among `services`, as long as `left` lasts.
    pub(super) fn of(service: Node<'t>, services: Node<'t>, left: &mut usize) -> Layers<'t> {
        let mut layers = Layers { nodes: vec![service], open: service.is_open() };
        let mut at = service;
        while let Some(extends) = at.get("extends").filter(|node| node.kind() != Kind::Null) {
            let base = extends.get("service").unwrap_or(extends);
            let here = extends.get("file").is_none();
            let base = word(base).filter(|_| here).and_then(|name| services.get(&name.text));
            let Some(base) = base.filter(|base| base.kind() == Kind::Mapping) else {
                layers.open = true;
                break;
            };
            if layers.nodes.iter().any(|layer| layer.id() == base.id()) || layers.nodes.len() == MAX_LAYERS {
                break;
            }
            *left = left.saturating_sub(weight(base));
            layers.open |= base.is_open() || *left == 0;
            if *left == 0 {
                break;
            }
            layers.nodes.push(base);
            at = base;
        }
        layers
    }

    /// The entry with this key, the service's own first.
    pub(super) fn entry(&self, key: &str) -> Option<Entry<'t>> {
        let found = self.nodes.iter().find_map(|node| node.entry(key));
        found.filter(|entry| entry.value.kind() != Kind::Null && !is_reset(entry.value))
    }

    /// The entries with this key in all layers: lists are put together.
    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = Node<'t>> {
        self.nodes.iter().filter_map(move |node| node.get(key))
    }

    /// The items of the lists at this key.
    pub(super) fn items(&self, key: &str) -> impl Iterator<Item = Node<'t>> {
        self.all(key).flat_map(Node::items)
    }

    /// Whether the value at this key may hold more than is written.
    pub(super) fn is_vague(&self, key: &str) -> bool {
        self.open || self.all(key).any(|node| node.kind() == Kind::Unknown || node.is_open())
    }

    /// The setting at a path of keys.
    pub(super) fn text(&self, path: &[&str]) -> Setting<String> {
        let Some((first, rest)) = path.split_first() else { return Setting::Unset };
        let found = self.nodes.iter().find_map(|node| node.get(first)?.at(rest));
        match found {
            Some(node) => setting(node),
            None if self.open => Setting::Unknown(self.nodes[0].span()),
            None => Setting::Unset,
        }
    }

    /// The words at `key`, a list or a text; unknown as soon as one of them is.
    pub(super) fn command(&self, key: &str) -> Setting<Vec<Word>> {
        let Some(entry) = self.entry(key) else {
            return if self.is_vague(key) { Setting::Unknown(self.nodes[0].span()) } else { Setting::Unset };
        };
        let value = entry.value;
        let unknown = Setting::Unknown(entry.key.span());
        if value.kind() == Kind::Sequence && !value.is_open() {
            let words: Vec<Word> = value.items().filter_map(word).collect();
            let whole = words.len() == value.items().len();
            return if whole { Setting::Set(words, entry.place()) } else { unknown };
        }
        let Some(text) = Text::of(value).filter(|text| !text.text().contains(HIDDEN)) else { return unknown };
        let mut at = 0;
        let words = text.text().split_inclusive(char::is_whitespace).filter_map(|piece| {
            let (from, word) = (at, piece.trim_end());
            at += piece.len();
            let span = text.span(from, from + word.len());
            (!word.is_empty()).then(|| Word { text: word.to_owned(), span })
        });
        Setting::Set(words.collect(), entry.place())
    }
}
