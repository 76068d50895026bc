//! A value of a type: its type, and what it must look like.

use super::{Class, Place, Run, format, hidden, hint, say};
use crate::schema::types::{Constant, Format, More, Takes, Type};
use crate::syntax::tree::{Kind, Node, Style};

impl Run<'_> {
    /// A scalar, or a collection where none belongs.
    pub(super) fn scalar<'t>(&mut self, node: Node<'t>, kind: Kind, place: Place<'t>, of: &Type) {
        let wanted = match kind {
            Kind::String => Takes::TEXT,
            Kind::Bool => Takes::BOOL,
            Kind::Int => Takes::INT,
            Kind::Float => Takes::NUMBER,
            Kind::Mapping => Takes::MAPPING,
            Kind::Sequence => Takes::LIST,
            Kind::Null | Kind::Unknown => return,
        };
        let wrong = if !of.takes.has(wanted) {
            Some((Class::WrongType, wrong_type(node, &place, of)))
        } else if let Some(message) = looks(node, kind, &place, of) {
            Some((Class::InvalidValue, message))
        } else {
            range(node, &place, of).map(|message| (Class::OutOfRange, message))
        };
        match wrong {
            Some(_) if hidden(node) => self.unknown = true,
            Some((class, message)) => self.report(class, place.of(node), message, of),
            None => {}
        }
    }
}

/// What is wrong with the looks of a value of the right type.
fn looks(node: Node<'_>, kind: Kind, place: &Place<'_>, of: &Type) -> Option<String> {
    let format = if of.format == Format::None { None } else { format::wrong(node, kind, of.format) };
    format.or_else(|| limits(node, kind, place, of.more.as_ref()?))
}

/// What is wrong with how large a number is.
fn range(node: Node<'_>, place: &Place<'_>, of: &Type) -> Option<String> {
    let range = of.more.as_ref()?.range;
    say::out_of_range(node.text(), node.as_f64()?, place.key(), range)
}

/// What is wrong with the type of a value, and what would mend it.
fn wrong_type(node: Node<'_>, place: &Place<'_>, of: &Type) -> String {
    let name = place.name();
    let text = node.text();
    let taken = hint::taken(of);
    let quoted = matches!(node.style(), Some(Style::Single | Style::Double));
    let as_plain = node.tree().schema().resolve(text, Style::Plain, None);
    let fits = match as_plain {
        crate::syntax::tree::Resolved::Int(_) => of.takes.has(Takes::INT),
        crate::syntax::tree::Resolved::Float(_) => of.takes.has(Takes::NUMBER),
        crate::syntax::tree::Resolved::Bool(_) => of.takes.has(Takes::BOOL),
        _ => false,
    };
    match node.kind() {
        Kind::String if quoted && fits => format!("{name} must be {taken}, not text; remove the quotes"),
        Kind::Bool | Kind::Int | Kind::Float if of.takes.has(Takes::TEXT) => {
            format!("{name} must be {taken}, and `{text}` is {}; put it in quotes", hint::is(node))
        }
        _ => format!("{name} must be {taken}, not {}", hint::is(node)),
    }
}

/// What is wrong with a scalar of the right type.
fn limits(node: Node<'_>, kind: Kind, place: &Place<'_>, more: &More) -> Option<String> {
    if !more.values.is_empty() && !more.values.iter().any(|value| equal(value, node)) {
        return Some(say::not_among(&place.name(), node.text(), &more.values));
    }
    if kind != Kind::String {
        return None;
    }
    let text = node.text();
    if !more.length.hold(text.chars().count()) {
        return Some(say::count(&place.name(), more.length, "character"));
    }
    let pattern = more.pattern.as_ref()?;
    let regex = pattern.compiled.get_or_init(|| crate::rule::cel::pattern(&pattern.source).ok()).as_ref()?;
    (!regex.is_match(text)).then(|| format!("{} must match `{}`", place.name(), pattern.source))
}

/// Whether a scalar is this constant.
pub(super) fn equal(constant: &Constant, node: Node<'_>) -> bool {
    match constant {
        Constant::Text(text) => node.as_str() == Some(text.as_ref()),
        Constant::Number(number) => node.as_f64() == Some(*number),
        Constant::Bool(bool) => node.as_bool() == Some(*bool),
        Constant::Null => node.kind() == Kind::Null,
        Constant::Other => true,
    }
}
