use super::*;
use crate::syntax::tree::{Kind, Node};

fn tree(text: &str) -> Parsed<Tree> {
    parse(FileId(0), text.into(), Schema::Kubernetes)
}

fn source<'t>(node: Node<'t>) -> &'t str {
    &node.tree().text()[node.span().range()]
}

#[test]
fn a_manifest_reads_with_spans() {
    let parsed = tree("a: 1\nb:\n  - x: 'it''s'\n    y: \"\\u0041\"\n  - |\n    l1\n    l2\nc:\n");
    assert_eq!(parsed.errors, []);
    let root = parsed.tree.roots().next().unwrap();
    assert_eq!(root.get("a").unwrap().as_i64(), Some(1));
    let items: Vec<_> = root.get("b").unwrap().items().collect();
    assert_eq!(items[0].get("x").unwrap().text(), "it's");
    assert_eq!(items[0].get("y").unwrap().text(), "A");
    assert_eq!(source(items[0].get("x").unwrap()), "'it''s'");
    assert_eq!(items[1].text(), "l1\nl2\n");
    assert_eq!(root.get("c").unwrap().kind(), Kind::Null);
}

#[test]
fn a_broken_document_does_not_take_the_others() {
    let parsed = tree("a: 1\n---\nb: [\n---\nc: 3\n");
    assert_eq!(parsed.errors.len(), 1);
    let complete: Vec<bool> = parsed.tree.documents().iter().map(|d| d.complete).collect();
    assert_eq!(complete, [true, false, true]);
}
