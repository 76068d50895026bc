//! No text makes the YAML and JSON parsers panic, and every tree obeys the span law: each span lies inside the text, on
//! whole characters, and children lie inside their parents, in order. A quoted scalar reads the same when it stands
//! alone.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::syntax::parsed::Parsed;
use plimsoll::syntax::tree::{Node, Schema, Style, Tree};
use plimsoll::syntax::{json, yaml};
use plimsoll::text::{FileId, Span};

const FILE: FileId = FileId(0);

fuzz_target!(|text: &str| {
    let plain = yaml::parse(FILE, text.into(), Schema::Kubernetes);
    holds(&plain);
    if plain.errors.is_empty() {
        plain.tree.nodes().for_each(reads_alone);
    }
    holds(&yaml::parse_templated(FILE, text.into(), Schema::Core));
    holds(&json::parse(FILE, text.into()));
});

fn holds(parsed: &Parsed<Tree>) {
    let tree = &parsed.tree;
    let sound = |span: Span| tree.text().get(span.range()).is_some();
    for error in &parsed.errors {
        assert!(sound(error.span));
        assert!(error.related.as_ref().is_none_or(|(span, _)| sound(*span)));
    }
    for document in tree.documents() {
        assert!(sound(document.span));
        assert!(document.root.is_none_or(|id| document.span.contains(tree.node(id).span())));
    }
    assert!(tree.comments().iter().all(|comment| sound(comment.span)));
    for node in tree.nodes() {
        assert!(sound(node.span()));
        let _ = (node.kind(), node.text(), node.pieces(), node.entries(), node.is_open());
        if !node.is_alias() {
            holds_children(node);
        }
    }
}

fn holds_children(node: Node<'_>) {
    let mut from = node.span().start;
    let pairs = node.own_entries().flat_map(|entry| [entry.key, entry.value]);
    for child in pairs.chain(node.items()) {
        assert!(node.span().contains(child.span()));
        assert!(child.span().is_empty() || child.span().start >= from);
        from = from.max(child.span().end);
    }
}

fn reads_alone(node: Node<'_>) {
    if node.is_alias() || !matches!(node.style(), Some(Style::Single | Style::Double)) {
        return;
    }
    let source = &node.tree().text()[node.span().range()];
    let again = yaml::parse(FILE, source.into(), Schema::Kubernetes);
    let text = again.tree.roots().next().map(|root| root.text().to_owned());
    assert_eq!(text.as_deref(), Some(node.text()));
}
