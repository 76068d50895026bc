//! JSON as people write it, and as they should not.

use super::*;
use crate::syntax::tree::{Kind, Node};

fn json(text: &str) -> Parsed<Tree> {
    parse(FileId(0), text.into())
}

fn errors(text: &str) -> Vec<(String, String)> {
    let parsed = json(text);
    parsed.errors.iter().map(|error| (text[error.span.range()].to_owned(), error.message.clone())).collect()
}

#[test]
fn all_of_json_reads() {
    let parsed = json(r#" {"a": [1, -2.5e1, true, null, "x\n\u0041\ud83d\ude00\/"], "b": {}, "": "é"} "#);
    assert_eq!(parsed.errors, []);
    let root = parsed.tree.roots().next().unwrap();
    let kinds: Vec<Kind> = root.get("a").unwrap().items().map(Node::kind).collect();
    assert_eq!(kinds, [Kind::Int, Kind::Float, Kind::Bool, Kind::Null, Kind::String]);
    assert_eq!(root.get("a").unwrap().items().next_back().unwrap().text(), "x\nA😀/");
    assert_eq!(root.get("").unwrap().as_str(), Some("é"));
    assert_eq!(root.get("b").unwrap().kind(), Kind::Mapping);
}

#[test]
fn what_only_looser_dialects_allow_is_read_and_reported() {
    let text = "{a: 'x', // note\n \"b\": [1, 2,],}";
    let parsed = json(text);
    assert!(parsed.errors.iter().all(|error| error.kind == ErrorKind::Invalid));
    let root = parsed.tree.roots().next().unwrap();
    assert_eq!(root.get("a").unwrap().as_str(), Some("x"));
    assert_eq!(root.get("b").unwrap().items().len(), 2);
    assert_eq!(parsed.tree.comments().len(), 1);
    let spans: Vec<String> = errors(text).into_iter().map(|(span, _)| span).collect();
    assert_eq!(spans, ["a", "'", "//", "]", "}"]);
}

#[test]
fn what_is_broken_is_pointed_at_and_the_rest_is_kept() {
    assert_eq!(errors("{\"a\": 1 \"b\": 2}"), [("\"".into(), "a comma is missing before this".into())]);
    assert_eq!(errors("{\"a\": 1"), [("{".into(), "this bracket is never closed; add `}`".into())]);
    assert_eq!(errors("[1}"), [("}".into(), "expected `]` here".into())]);
    assert_eq!(errors("[tru]")[0].0, "tru");
    assert_eq!(errors("{} {}")[0].0, "{}");
    let parsed = json("{\"a\": , \"b\": 2}");
    let root = parsed.tree.roots().next().unwrap();
    assert_eq!(root.get("a").unwrap().kind(), Kind::Unknown);
    assert_eq!(root.get("b").unwrap().as_i64(), Some(2));
    assert!(!parsed.tree.documents()[0].complete);
}

#[test]
fn a_key_that_stands_twice_is_reported_with_the_first() {
    let parsed = json("{\"a\": 1, \"a\": 2}");
    let error = &parsed.errors[0];
    assert_eq!((error.kind, error.span.start), (ErrorKind::DuplicateKey, 9));
    assert_eq!(error.related.as_ref().unwrap().0.start, 1);
}

#[test]
fn depth_is_bounded() {
    let parsed = json(&"[".repeat(100_000));
    assert_eq!(parsed.errors[0].kind, ErrorKind::Limit);
    assert_eq!(parsed.errors[0].span.start, 256);
}
