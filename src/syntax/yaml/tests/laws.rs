//! What holds for every tree, however broken the text.

use super::*;
use crate::text::Span;

const MALFORMED: &[&str] = &[
    include_str!("../../../../fixtures/malformed/yaml/aliases.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/blocks.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/controls.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/directives.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/empty-keys.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/escapes.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/flow.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/indentation.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/line-ends.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/markers.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/mixed-root.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/tab.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/tags.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/template.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/two-colons.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/unclosed-bracket.yaml"),
    include_str!("../../../../fixtures/malformed/yaml/unclosed-quote.yaml"),
];

fn holds(parsed: &Parsed<Tree>) {
    let tree = &parsed.tree;
    let text = tree.text();
    let sound = |span: Span| text.get(span.range()).is_some();
    for error in &parsed.errors {
        assert!(sound(error.span), "{error:?}");
        assert!(error.related.as_ref().is_none_or(|(span, _)| sound(*span)), "{error:?}");
    }
    for document in tree.documents() {
        assert!(sound(document.span));
        assert!(document.root.is_none_or(|id| document.span.contains(tree.node(id).span())));
    }
    for node in tree.nodes().filter(|node| !node.is_alias()) {
        assert!(sound(node.span()), "{node:?}");
        let pairs = node.own_entries().flat_map(|entry| [entry.key, entry.value]);
        for child in pairs.chain(node.items()) {
            assert!(node.span().contains(child.span()), "{child:?} in {node:?}");
        }
    }
}

#[test]
fn spans_are_inside_the_text_and_inside_their_parents() {
    for text in MALFORMED {
        for cut in (0..text.len()).filter(|&cut| text.is_char_boundary(cut)) {
            for part in [&text[..cut], &text[cut..]] {
                holds(&yaml(part));
                holds(&parse_templated(FileId(0), part.into(), Schema::Core));
                holds(&crate::syntax::json::parse(FileId(0), part.into()));
            }
        }
    }
}

#[test]
fn every_malformed_text_has_an_error() {
    for text in MALFORMED {
        assert!(!parse_templated(FileId(0), (*text).into(), Schema::Core).errors.is_empty(), "{text}");
    }
}
