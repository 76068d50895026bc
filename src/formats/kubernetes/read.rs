//! Small reads that every part of the lowering shares.

use crate::model::Setting;
use crate::model::image::{HIDDEN, Image};
use crate::model::labels::{Label, Labels, Requirement, Selector};
use crate::model::ports::{Listed, PortRef};
use crate::model::setting::is_placeholder;
use crate::model::workload::Word;
use crate::syntax::tree::{Entry, Kind, Node, Piece};
use crate::text::Span;

/// The content of a scalar, without quotes.
pub(super) fn content(node: Node<'_>) -> Span {
    node.sub_span(0, node.text().len())
}

/// Labels or annotations at `key` of `parent`.
pub(super) fn labels(parent: Option<Node<'_>>, key: &str) -> Labels {
    let Some(parent) = parent else { return Labels::default() };
    match parent.entry(key) {
        Some(entry) => Labels { span: Some(entry.key.span()), ..pairs(entry.value) },
        None => Labels { open: parent.is_open(), ..Labels::default() },
    }
}

/// Labels of one object that are read at most; one more, and nobody can say what it does not carry. Selectors look
/// for each of theirs among these.
const MAX_LABELS: usize = 1_000;

/// The entries of a mapping of labels.
pub(super) fn pairs(node: Node<'_>) -> Labels {
    let mut labels = Labels { open: node.is_open() || node.kind() == Kind::Unknown, ..Labels::default() };
    for Entry { key, value } in node.entries() {
        if labels.pairs.len() == MAX_LABELS {
            labels.open = true;
            break;
        }
        if key.kind() == Kind::Unknown {
            labels.open = true;
            continue;
        }
        let span = if value.span().is_empty() { key.span() } else { key.span().to(value.span()) };
        let value = match value.kind() {
            Kind::Unknown => Setting::Unknown(value.span()),
            _ if is_placeholder(value.text()) => Setting::Unknown(value.span()),
            _ => Setting::Set(value.text().to_owned(), value.span()),
        };
        labels.pairs.push(Label { key: key.text().to_owned(), value, span });
    }
    labels
}

/// A label selector with `matchLabels` and `matchExpressions`, at `key` of `parent`.
pub(super) fn selector(parent: Node<'_>, key: &str) -> Option<Selector> {
    let entry = parent.entry(key)?;
    Some(Selector { span: Some(entry.key.span()), ..whole_selector(entry.value) })
}

/// A label selector that is this mapping.
pub(super) fn whole_selector(node: Node<'_>) -> Selector {
    let mut labels = labels(Some(node), "matchLabels");
    labels.open |= node.is_open();
    let requirements = node.get("matchExpressions");
    labels.open |= requirements.is_some_and(|list| list.is_open() || list.kind() == Kind::Unknown);
    let requirements = requirements.map(|list| list.items().map(requirement).collect()).unwrap_or_default();
    Selector { labels, requirements, span: None }
}

fn requirement(node: Node<'_>) -> Requirement {
    let values = node.get("values").map(|list| {
        let known = !list.is_open() && list.items().all(|item| item.kind() != Kind::Unknown);
        known.then(|| list.items().map(|item| item.text().to_owned()).collect())
    });
    Requirement {
        key: Setting::text(node, "key"),
        operator: Setting::text(node, "operator"),
        values: values.unwrap_or(Some(Vec::new())),
        span: node.span(),
    }
}

/// The mappings in the list at `key`, each read by `item`.
pub(super) fn list<T>(parent: Node<'_>, key: &str, item: impl Fn(Node<'_>) -> T) -> Listed<T> {
    let Some(list) = parent.get(key) else {
        return Listed { items: Vec::new(), open: parent.is_open() };
    };
    // What is no list is the schema's concern; no other rule may guess what was meant.
    let wrong = !matches!(list.kind(), Kind::Sequence | Kind::Null);
    let (known, unknown): (Vec<Node<'_>>, Vec<Node<'_>>) =
        list.items().partition(|node| node.kind() == Kind::Mapping);
    let open = wrong || list.is_open() || !unknown.is_empty();
    Listed { items: known.into_iter().map(item).collect(), open }
}

/// A port by number or name at `key`.
pub(super) fn port(parent: Node<'_>, key: &str) -> Setting<PortRef> {
    Setting::read(parent, key, |node| match node.as_i64() {
        Some(number) => Some(PortRef::Number(number)),
        None => node
            .as_str()
            .filter(|text| !is_placeholder(text))
            .map(|text| text.parse().map_or_else(|_| PortRef::Name(text.to_owned()), PortRef::Number)),
    })
}

/// A list of texts at `key`; unknown as soon as one of them is.
pub(super) fn words(parent: Node<'_>, key: &str) -> Setting<Vec<Word>> {
    let Some(entry) = parent.entry(key) else {
        return if parent.is_open() { Setting::Unknown(parent.span()) } else { Setting::Unset };
    };
    let list = entry.value;
    if list.kind() == Kind::Null {
        return Setting::Unset;
    }
    if list.kind() != Kind::Sequence
        || list.is_open()
        || list.items().any(|item| item.kind() == Kind::Unknown)
    {
        return Setting::Unknown(list.span());
    }
    let words = list.items().map(|item| Word { text: item.text().to_owned(), span: content(item) });
    Setting::Set(words.collect(), entry.place())
}

/// The image reference in a scalar; `None` when the scalar is empty or no text.
pub(super) fn image(node: Node<'_>) -> Option<Image> {
    if !matches!(node.kind(), Kind::String | Kind::Unknown) || node.style().is_none() {
        return None;
    }
    let mut text = String::new();
    for piece in node.pieces() {
        match piece {
            Piece::Literal(literal, _) => text.push_str(literal),
            Piece::Hole(span) => text.extend(std::iter::repeat_n(HIDDEN, span.len())),
        }
    }
    if text.len() != node.text().len() {
        // Escapes or folds: the parts have no places of their own.
        node.text().clone_into(&mut text);
    }
    // `ko://…` and the like name source code: a tool puts the image in for it.
    let text = if text.contains("://") { hide(&text) } else { hide_variables(&text) };
    let parsed = || Image::parse(&text, |from, to| node.sub_span(from, to));
    (!text.trim().is_empty()).then(|| parsed().with_written_tag(node.text(), |from, to| from..to))
}

fn hide(text: &str) -> String {
    std::iter::repeat_n(HIDDEN, text.len()).collect()
}

/// Hides `${x}`, `$(x)`, `{{x}}`, `$x` and `<x>`: what other tools put in before the text is used.
fn hide_variables(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '{', '<', '%']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let len = variable_len(tail);
        if len == 0 {
            out.push_str(&tail[..1]);
            rest = &tail[1..];
        } else {
            out.extend(std::iter::repeat_n(HIDDEN, len));
            rest = &tail[len..];
        }
    }
    out.push_str(rest);
    out
}

fn variable_len(text: &str) -> usize {
    for (open, close) in [("${", "}"), ("$(", ")"), ("{{", "}}"), ("<", ">"), ("%%", "%%")] {
        if let Some(inner) = text.strip_prefix(open) {
            return inner.find(close).map_or(text.len(), |end| open.len() + end + close.len());
        }
    }
    if !text.starts_with('$') {
        return 0;
    }
    let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len() - 1);
    if name == 0 { 0 } else { name + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_hidden_byte_for_byte() {
        assert_eq!(hide_variables("a/${B}:latest"), "a/\u{1}\u{1}\u{1}\u{1}:latest");
        assert_eq!(hide_variables("app:{{x}}"), "app:\u{1}\u{1}\u{1}\u{1}\u{1}");
        assert_eq!(hide_variables("app:$TAG"), "app:\u{1}\u{1}\u{1}\u{1}");
        assert_eq!(hide_variables("a$/b"), "a$/b");
    }
}
