//! A tree held against a schema: everything in it that the API server would refuse.
//!
//! Total and bounded: a step is paid for each value that is looked at, and depth has an end. What cannot be known is
//! taken to be right; what a fragment lacks is taken to stand elsewhere.

mod combine;
mod conditions;
mod format;
mod hint;
mod say;
mod scalar;
#[cfg(test)]
mod tests;
mod unknown;

use super::kubernetes::Release;
use super::types::{Format, Rest, Schema, Takes, Type, TypeId, Types};
use crate::model::setting::is_placeholder;
use crate::syntax::tree::{Entry, Kind, Node};
use crate::text::Span;

/// Values deeper than this are not looked at.
const MAX_DEPTH: usize = 100;
/// Unknown fields of one object that are compared with the known ones.
const MAX_HINTS: usize = 50;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A key that the kind does not have.
    UnknownField,
    /// Text where a number belongs, and such.
    WrongType,
    /// A key that must be there.
    MissingField,
    /// The right type, but not one of the values that it may have.
    InvalidValue,
    /// A number below the least or above the most that it may be.
    OutOfRange,
}

/// Something that the API server refuses.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// What is wrong.
    pub class: Class,
    /// The shortest text that is wrong.
    pub span: Span,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether other text could complete it.
    pub missing: bool,
    /// The field that is missing; empty for everything else.
    pub lacks: String,
    /// Where the input itself declares the type.
    pub declared: Option<Span>,
}

/// Where a value stands. Most are right, so that spans and names are looked for when they are needed.
#[derive(Clone, Copy)]
struct Place<'t> {
    /// What stands for the object.
    anchor: Span,
    /// Its key, or that of the list that it is an item of; the object has none.
    key: Option<Node<'t>>,
    /// The key above that one.
    above: Option<Node<'t>>,
    /// Itself, if it is an item of a list.
    item: Option<Node<'t>>,
    depth: usize,
}

impl<'t> Place<'t> {
    /// The value of a key.
    fn under(&self, key: Node<'t>) -> Self {
        Place { key: Some(key), above: self.key, item: None, depth: self.depth + 1, ..*self }
    }

    /// The text of the key.
    fn key(&self) -> &'t str {
        self.key.map_or("", Node::text)
    }

    /// The shortest text that stands for the value if it is a collection.
    fn span(&self) -> Span {
        let first = |item: Node<'_>| item.own_entries().next().map(|entry| entry.key.span());
        let item = self.item.and_then(|item| first(item).or(item.short_span()));
        item.or(self.key.map(Node::span)).unwrap_or(self.anchor)
    }

    /// Where the wrong value itself is shown.
    fn of(&self, node: Node<'t>) -> Span {
        node.short_span().unwrap_or_else(|| self.span())
    }

    /// What a message calls the value, with the key above: there are many a `spec`.
    fn path(&self) -> String {
        match (self.item, self.above) {
            (None, None) if self.key.is_none() => "this kind".to_owned(),
            (None, Some(above)) => format!("`{}.{}`", above.text(), self.key()),
            _ => self.name(),
        }
    }

    /// What a message calls the value.
    fn name(&self) -> String {
        match (self.item.is_some(), self.key()) {
            (_, "") => "the value".to_owned(),
            (true, key) => format!("each of `{key}`"),
            (false, key) => format!("`{key}`"),
        }
    }
}

/// Everything wrong with an object. `anchor` stands for the object itself; `fragment` says that it may lack anything.
pub(super) fn validate<'s>(
    schema: Schema<'s>,
    release: &'static Release,
    node: Node<'s>,
    anchor: Span,
    fragment: bool,
) -> Vec<Violation> {
    let steps = 20 * node.tree().nodes().len() + 10_000;
    let kind = node.get("kind").map_or("", Node::text);
    let mut run = Run {
        types: schema.types,
        release,
        kind,
        fragment,
        steps,
        unknown: false,
        hints: 0,
        out: Vec::new(),
    };
    let place = Place { anchor, key: None, above: None, item: None, depth: 0 };
    run.value(node, place, schema.root, None);
    if schema.conditions && run.out.is_empty() && !fragment {
        run.conditions(node, place, schema.root);
    }
    run.out
}

/// Whether a value stands for one that is put in later: a placeholder, `{{ x }}` outside of a chart, or what SOPS
/// encrypted.
fn hidden(node: Node<'_>) -> bool {
    let source = || node.tree().text().get(node.span().range());
    node.is_flow() && source().is_some_and(|source| source.starts_with("{{"))
        || node.text().starts_with("ENC[AES256_GCM,")
        || is_placeholder(node.text())
        || is_mark(node.text())
}

/// Whether the whole text is a name to be put something in for: `<x>`, `$X`, `##X##`, `__X__`.
fn is_mark(text: &str) -> bool {
    let between = |mark: &str| {
        text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark)).is_some_and(|name| !name.is_empty())
    };
    let is_variable = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    text.starts_with('<') && text.ends_with('>')
        || text.strip_prefix('$').is_some_and(is_variable)
        || between("##")
        || between("__")
}

struct Run<'s> {
    types: Types<'s>,
    /// What metadata is checked against.
    release: &'static Release,
    /// The kind of the object.
    kind: &'s str,
    fragment: bool,
    /// Values that may still be looked at.
    steps: usize,
    /// Whether something was met that cannot be known.
    unknown: bool,
    hints: usize,
    out: Vec<Violation>,
}

impl<'s> Run<'s> {
    fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.unknown |= self.steps == 0;
        self.steps > 0
    }

    fn report(&mut self, class: Class, span: Span, message: String, of: &Type) {
        let (lacks, declared) = (String::new(), of.place);
        self.out.push(Violation { class, span, message, missing: false, lacks, declared });
    }

    /// As [`Run::report`], of something that other text could complete.
    fn report_missing(&mut self, class: Class, span: Span, message: String, of: &Type) {
        if !self.fragment {
            let (lacks, declared) = (String::new(), of.place);
            self.out.push(Violation { class, span, message, missing: true, lacks, declared });
        }
    }

    /// Looks at one value; `around` is the type of the mapping that it is in.
    fn value<'t>(&mut self, node: Node<'t>, place: Place<'t>, id: TypeId, around: Option<&'s Type>) {
        let of = self.types.get(id);
        if of.is_any() || place.depth > MAX_DEPTH || !self.step() {
            self.unknown |= node.kind() == Kind::Unknown;
            return;
        }
        match node.kind() {
            Kind::Unknown => self.unknown = true,
            // Null is the same as nothing, for which whoever looks for required keys looks.
            Kind::Null => {}
            Kind::Mapping if of.format == Format::Metadata => self.metadata(node, place),
            Kind::Mapping if of.takes.has(Takes::MAPPING) => self.mapping(node, place, of, around),
            Kind::Sequence if of.takes.has(Takes::LIST) => self.list(node, place, of, around),
            kind => self.scalar(node, kind, place, of),
        }
        if let Some(more) = &of.more {
            self.combined(node, place, of, more);
        }
    }

    /// The metadata of an object is that of Kubernetes, whoever declared the object.
    fn metadata<'t>(&mut self, node: Node<'t>, place: Place<'t>) {
        let own = std::mem::replace(&mut self.types, Types::Release(self.release));
        self.value(node, place, self.release.metadata, None);
        self.types = own;
    }

    fn mapping<'t>(&mut self, node: Node<'t>, place: Place<'t>, of: &'s Type, around: Option<&'s Type>) {
        let mut seen = 0;
        if node.merges() {
            node.entries().into_iter().for_each(|entry| seen += self.entry(entry, place, of, around));
        } else {
            node.own_entries().for_each(|entry| seen += self.entry(entry, place, of, around));
        }
        let open = node.is_open();
        self.unknown |= open;
        if seen < of.required.len() && !open && !hidden(node) {
            self.required(node, place, of);
        }
    }

    /// Looks at a key and its value; gives how many required keys that makes.
    fn entry<'t>(
        &mut self,
        entry: Entry<'t>,
        place: Place<'t>,
        of: &'s Type,
        around: Option<&'s Type>,
    ) -> usize {
        let here = place.under(entry.key);
        match (of.field(entry.key.text()), of.rest) {
            (Some(field), _) => {
                self.value(entry.value, here, field.of, Some(of));
                return usize::from(field.required && entry.value.kind() != Kind::Null);
            }
            (None, Rest::Any) => self.unknown |= entry.value.kind() == Kind::Unknown,
            (None, Rest::Each(id)) => self.value(entry.value, here, id, Some(of)),
            // A key that is no scalar is a `{{ x }}` outside of a chart.
            (None, Rest::Refused) if entry.key.style().is_none() || entry.key.kind() == Kind::Unknown => {
                self.unknown = true;
            }
            (None, Rest::Refused) => self.unknown_field(entry, place, of, around),
        }
        0
    }

    fn list<'t>(&mut self, node: Node<'t>, place: Place<'t>, of: &'s Type, around: Option<&'s Type>) {
        let open = node.is_open();
        self.unknown |= open;
        let Some(items) = of.items else { return };
        let mapping = self.types.get(items).takes.has(Takes::MAPPING);
        for item in node.items() {
            let here = Place { item: Some(item), depth: place.depth + 1, ..place };
            // An item behind `{{ else }}` may be one of another list, of which only a template knows.
            if !(open && mapping != (item.kind() == Kind::Mapping)) {
                self.value(item, here, items, around);
            }
        }
    }

    fn required<'t>(&mut self, node: Node<'t>, place: Place<'t>, of: &'s Type) {
        for name in &of.required {
            let entry = node.entry(name);
            let nullable = || of.field(name).is_some_and(|field| self.types.get(field.of).nullable);
            let (span, state) = match entry {
                None => (place.span(), "is missing"),
                Some(entry) if entry.value.kind() == Kind::Null && !nullable() => {
                    (entry.key.span(), "has no value")
                }
                Some(_) => continue,
            };
            // A patch inside of an otherwise whole object, or one that deletes.
            if node.get("$patch").is_some() {
                return;
            }
            let owner = if of.name.is_empty() { place.path() } else { hint::owner(of, &place) };
            let message = format!("`{name}` {state}: {owner} needs it");
            self.report_missing(Class::MissingField, span, message, of);
            if let Some(last) = self.out.last_mut().filter(|_| !self.fragment) {
                last.lacks = name.to_string();
            }
        }
    }
}
