//! YAML values, styles, places, comments.

use super::*;
use crate::syntax::parsed::ErrorKind;
use crate::syntax::tree::{Kind, Node, Style};

mod laws;
mod recovery;
mod templates;

fn yaml(text: &str) -> Parsed<Tree> {
    parse(FileId(0), text.into(), Schema::Kubernetes)
}

/// Parses text that must have no errors.
fn clean(text: &str) -> Tree {
    let parsed = yaml(text);
    assert_eq!(parsed.errors, [], "{text}");
    parsed.tree
}

fn root(tree: &Tree) -> Node<'_> {
    tree.roots().next().unwrap()
}

fn source(node: Node<'_>) -> &str {
    &node.tree().text()[node.span().range()]
}

/// Each error as the text it points at and its message.
fn errors(parsed: &Parsed<Tree>) -> Vec<(&str, &str)> {
    let text = parsed.tree.text();
    parsed.errors.iter().map(|error| (&text[error.span.range()], error.message.as_str())).collect()
}

fn value(text: &str) -> String {
    root(&clean(text)).text().to_owned()
}

#[test]
fn spans_are_what_is_written() {
    let tree = clean("a: 'it''s' # note\nb: \"\\u0041\"\nc: plain text  # x\nd:\ne: [x, y]  \n");
    let sources: Vec<(&str, &str)> =
        root(&tree).own_entries().map(|entry| (source(entry.key), source(entry.value))).collect();
    let want = [("a", "'it''s'"), ("b", "\"\\u0041\""), ("c", "plain text"), ("d", ""), ("e", "[x, y]")];
    assert_eq!(sources, want);
    let absent = root(&tree).get("d").unwrap();
    assert_eq!(
        (absent.span().start as usize, absent.kind()),
        (tree.text().find("d:").unwrap() + 2, Kind::Null)
    );
}

#[test]
fn a_collection_ends_with_its_last_child() {
    let tree = clean("a:\n  - b: 1\n    c:\n\n  # note\n  - d\n\n\ne: f\n");
    let list = root(&tree).get("a").unwrap();
    assert_eq!(source(list), "- b: 1\n    c:\n\n  # note\n  - d");
    assert_eq!(list.items().map(source).collect::<Vec<_>>(), ["b: 1\n    c:", "d"]);
    assert_eq!(source(root(&tree)), tree.text().trim_end());
}

#[test]
fn a_block_scalar_spans_its_header_and_text() {
    let tree = clean("a: |\n  one\n   two\n\n\nb: >-\n  x\n  y\nc: |\nd: |2-\n   z\n");
    assert_eq!(source(root(&tree).get("a").unwrap()), "|\n  one\n   two");
    let texts: Vec<&str> = root(&tree).own_entries().map(|entry| entry.value.text()).collect();
    assert_eq!(texts, ["one\n two\n", "x y", "", " z"]);
    assert_eq!(source(root(&tree).get("c").unwrap()), "|");
}

#[test]
fn parts_of_a_literal_block_have_places() {
    let tree = clean("run: |\r\n  one\r\n\r\n    two é three\r\n");
    let node = root(&tree).get("run").unwrap();
    assert_eq!(node.text(), "one\n\n  two é three\n");
    for part in ["one", "two", "é", "three"] {
        let at = node.text().find(part).unwrap();
        assert_eq!(&tree.text()[node.sub_span(at, at + part.len()).range()], part);
    }
}

#[test]
fn quoted_text_folds_and_unescapes() {
    assert_eq!(value("\"a \\\n  b\\tc\\x41\\u00e9\\U0001F600\""), "a b\tcAé😀");
    assert_eq!(value("\"one  \n\n  two\\\n\n  three\\  \n  x\""), "one\ntwo\nthree  x");
    assert_eq!(value("'a\n  b\n\n  c ''q'''"), "a b\nc 'q'");
    assert_eq!(value("plain\n text\n\n more"), "plain text\nmore");
    assert_eq!(value("\"\\ud83d\\ude00\""), "😀");
}

#[test]
fn block_scalars_fold_and_chomp() {
    assert_eq!(value(">\n a\n b\n\n c\n   d\n e\n"), "a b\nc\n  d\ne\n");
    assert_eq!(value("|+\n a\n\n"), "a\n\n");
    assert_eq!(value("|-\n a\n\n"), "a");
    assert_eq!(value("|\n\n  a\n b: c\n".replace(" b", "  b").as_str()), "\na\nb: c\n");
}

#[test]
fn line_ends_may_be_of_any_kind() {
    for end in ["\n", "\r\n", "\r"] {
        let text =
            "\u{feff}a: 1\n# note\nb:\n  - x\n  - |\n    l1\n    l2\nc: \"d\n  e\"\n".replace('\n', end);
        let tree = clean(&text);
        assert_eq!(root(&tree).get("a").unwrap().as_i64(), Some(1), "{end:?}");
        let items: Vec<&str> = root(&tree).get("b").unwrap().items().map(Node::text).collect();
        assert_eq!(items, ["x", "l1\nl2\n"], "{end:?}");
        assert_eq!(root(&tree).get("c").unwrap().text(), "d e");
        assert_eq!(&tree.text()[tree.comments()[0].span.range()], "# note");
    }
}

#[test]
fn comments_are_kept_with_their_place() {
    let tree = clean("# top\na: b # end\n\n  # deep\nc: 'x#y' #\nd: |\n  # text\n");
    let comments: Vec<(&str, bool)> = tree
        .comments()
        .iter()
        .map(|comment| (&tree.text()[comment.span.range()], comment.own_line))
        .collect();
    assert_eq!(comments, [("# top", true), ("# end", false), ("# deep", true), ("#", false)]);
}

#[test]
fn an_alias_stays_a_reference() {
    let tree = clean("a: &x !t {k: v}\nb: *x\n*x : c\n");
    let alias = root(&tree).get("b").unwrap();
    assert!(alias.is_alias());
    assert_eq!((source(alias), alias.get("k").unwrap().text()), ("*x", "v"));
    let target = root(&tree).get("a").unwrap();
    assert_eq!((target.anchor(), target.tag()), (Some("x"), Some("!t")));
}

#[test]
fn merge_keys_apply_on_read() {
    let tree = clean("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 0\n");
    let merged = root(&tree).get("c").unwrap();
    let read = |key| merged.get(key).and_then(Node::as_i64);
    assert_eq!([read("x"), read("y"), read("z"), read("w")], [Some(0), Some(1), Some(2), None]);
    let keys: Vec<&str> = merged.entries().iter().map(|entry| entry.key.text()).collect();
    assert_eq!(keys, ["x", "y", "z"]);
    assert_eq!(merged.own_entries().len(), 2);
    assert!(!merged.is_open());
}

#[test]
fn a_merge_of_something_unknown_leaves_the_mapping_open() {
    let parsed = yaml("a:\n  <<: *none\n  x: 1\n");
    assert_eq!(errors(&parsed), [("*none", "no anchor `&none` stands before this alias in the document")]);
    assert!(root(&parsed.tree).get("a").unwrap().is_open());
}

#[test]
fn a_quoted_merge_key_is_a_key() {
    let tree = clean("a: &a {x: 1}\nb: {'<<': *a}\n");
    assert!(root(&tree).get("b").unwrap().get("x").is_none());
}

#[test]
fn a_key_that_stands_twice_is_reported_and_the_last_counts() {
    let parsed = yaml("a: 1\nb: {c: 1, 'c': 2}\n\"a\": 2\n");
    let error = parsed.errors.last().unwrap();
    assert_eq!(error.kind, ErrorKind::DuplicateKey);
    assert_eq!(error.message, "the key `a` stands twice in this mapping; the last value counts");
    assert_eq!(error.related.as_ref().unwrap().0.range(), 0..1);
    assert_eq!(errors(&parsed).iter().map(|error| error.0).collect::<Vec<_>>(), ["'c'", "\"a\""]);
    assert_eq!(root(&parsed.tree).get("a").unwrap().as_i64(), Some(2));
    assert!(parsed.tree.documents()[0].complete);
}

#[test]
fn many_keys_are_checked_too() {
    let mut lines: Vec<String> = (0..40).map(|at| format!("k{at}: v")).collect();
    lines.push("k7: w".to_owned());
    let text = lines.join("\n");
    assert_eq!(errors(&yaml(&text))[0].0, "k7");
}

#[test]
fn documents_have_spans_and_roots() {
    let tree = clean("# top\na: 1\n---\n---\nb\n...\n%YAML 1.2\n---\nc\n");
    let spans: Vec<&str> =
        tree.documents().iter().map(|document| &tree.text()[document.span.range()]).collect();
    assert_eq!(spans, ["a: 1\n", "---\n", "---\nb\n", "%YAML 1.2\n---\nc\n"]);
    assert!(tree.documents()[1].root.is_none());
    assert!(clean("").documents().is_empty());
    assert!(clean("# only a note\n").documents().is_empty());
}

#[test]
fn compact_and_explicit_forms_read() {
    let tree = clean("- - a\n  - b: c\n    d: e\n- ? k\n  : - v\n- ? [x]\n- : w\n");
    let items: Vec<Node> = root(&tree).items().collect();
    assert_eq!(items[0].items().nth(1).unwrap().get("d").unwrap().text(), "e");
    assert_eq!(items[1].get("k").unwrap().items().next().unwrap().text(), "v");
    assert_eq!(items[2].own_entries().next().unwrap().value.style(), Some(Style::Absent));
    assert_eq!(items[3].get("").unwrap().text(), "w");
}

#[test]
fn flow_forms_read() {
    let tree = clean("{a: [b, {c: d}, e: f], \"g\":h, i, ? j : k, l: , url: http://x/y}");
    let flow = root(&tree);
    assert_eq!(flow.get("a").unwrap().items().nth(2).unwrap().get("e").unwrap().text(), "f");
    let read: Vec<&str> =
        ["g", "i", "j", "l", "url"].iter().map(|key| flow.get(key).unwrap().text()).collect();
    assert_eq!(read, ["h", "", "k", "", "http://x/y"]);
}

#[test]
fn aliases_cannot_grow_a_document_without_bound() {
    let mut lines = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x]".to_owned()];
    for at in 1..12 {
        let aliases = vec![format!("*a{}", at - 1); 9].join(", ");
        lines.push(format!("a{at}: &a{at} [{aliases}]"));
    }
    let text = lines.join("\n");
    let parsed = yaml(&text);
    assert_eq!(parsed.errors.len(), 1);
    assert_eq!((parsed.errors[0].kind, errors(&parsed)[0].0), (ErrorKind::Limit, "*a5"));
}

#[test]
fn an_alias_inside_its_own_anchor_is_an_error() {
    let parsed = yaml("a: &a [*a]\nb: *a\n");
    assert_eq!(errors(&parsed), [("*a", "`*a` stands inside its own anchor, so it has no end")]);
    assert_eq!(root(&parsed.tree).get("a").unwrap().items().next().unwrap().kind(), Kind::Unknown);
}

#[test]
fn hostile_depth_meets_the_limit() {
    for unit in ["[", "{a: ", "- ", "? ", "[{", "? - "] {
        let parsed = yaml(&unit.repeat(10_000));
        assert_eq!(parsed.errors[0].kind, ErrorKind::Limit, "{unit}");
        assert!(!parsed.tree.documents()[0].complete);
    }
}

#[test]
fn parts_of_a_folded_value_are_found() {
    let parsed = yaml("image: >-\n  repo/app:latest\ntwice: >-\n  a\n  a\n");
    let text = parsed.tree.text();
    let image = root(&parsed.tree).get("image").unwrap();
    assert_eq!(&text[image.sub_span(9, 15).range()], "latest");
    let twice = root(&parsed.tree).get("twice").unwrap();
    assert_eq!(&text[twice.sub_span(2, 3).range()], "a");
    assert_eq!(twice.sub_span(0, 3).start + 5, twice.sub_span(0, 3).end);
}
