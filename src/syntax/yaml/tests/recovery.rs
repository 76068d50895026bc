//! What errors say, where they point, and what is kept beside them.

use super::*;

/// The keys of the first root.
fn keys(parsed: &Parsed<Tree>) -> Vec<&str> {
    root(&parsed.tree).own_entries().map(|entry| entry.key.text()).collect()
}

#[test]
fn a_broken_document_does_not_take_the_others() {
    let parsed = yaml("a: 1\n---\nb: [\n---\nc: 3\n");
    assert_eq!(errors(&parsed), [("[", "this `[` is never closed; add `]`")]);
    let complete: Vec<bool> = parsed.tree.documents().iter().map(|document| document.complete).collect();
    assert_eq!(complete, [true, false, true]);
    assert_eq!(parsed.tree.roots().nth(2).unwrap().get("c").unwrap().as_i64(), Some(3));
}

#[test]
fn a_colon_in_a_plain_value() {
    let parsed = yaml("a: b: c\nd: e\n");
    let message =
        "a value cannot hold `key: value` on one line; quote it or move the mapping to its own lines";
    assert_eq!(errors(&parsed), [(":", message)]);
    assert_eq!(parsed.errors[0].span.start, 4);
    assert_eq!(keys(&parsed), ["a", "d"]);
    assert_eq!(root(&parsed.tree).get("a").unwrap().kind(), Kind::Unknown);
}

#[test]
fn a_tab_as_indentation() {
    let parsed = yaml("a:\n\tb: c\nd: e\n");
    assert_eq!(errors(&parsed), [("\t", "a tab cannot indent; use spaces")]);
    assert_eq!(keys(&parsed), ["a", "d"]);
}

#[test]
fn a_quote_that_another_value_closes() {
    let parsed = yaml("a:\n  image: \"nginx\n  name: \"x\"\n  port: 1\nb: c\n");
    assert_eq!(
        errors(&parsed),
        [("\"", "this quote is never closed; close it, or quote the value the other way")]
    );
    let (span, _) = parsed.errors[0].related.as_ref().unwrap();
    assert_eq!((parsed.errors[0].span.start, span.start), (12, 18));
    let inside: Vec<&str> =
        root(&parsed.tree).get("a").unwrap().own_entries().map(|entry| entry.key.text()).collect();
    assert_eq!(inside, ["image", "name", "port"]);
}

#[test]
fn a_bracket_that_is_never_closed() {
    let parsed = yaml("a: [x, y\nb: c\nd: {e: f\n");
    let bracket = |open, close| format!("this `{open}` is never closed; add `{close}`");
    assert_eq!(errors(&parsed), [("[", bracket('[', ']').as_str()), ("{", bracket('{', '}').as_str())]);
    assert_eq!(keys(&parsed), ["a", "b", "d"]);
    let items: Vec<&str> = root(&parsed.tree).get("a").unwrap().items().map(Node::text).collect();
    assert_eq!(items, ["x", "y"]);
}

#[test]
fn wrong_indentation() {
    let parsed = yaml("a:\n    b: 1\n  c: 2\nd: 3\n");
    let message =
        "this line is indented by 2 spaces and belongs to nothing; the keys here are indented by 0 spaces";
    assert_eq!(errors(&parsed), [("  ", message)]);
    assert_eq!(keys(&parsed), ["a", "d"]);
    let parsed = yaml("- a\nb: c\n- d\n");
    assert_eq!(errors(&parsed), [("b: c", "expected `- ` here, like the items above")]);
    assert_eq!(root(&parsed.tree).items().map(Node::text).collect::<Vec<_>>(), ["a", "d"]);
}

#[test]
fn a_missing_colon_or_blank() {
    let parsed = yaml("a: 1\nb\nc:2\nd: 3\n");
    let message = "expected `key: value`; a `:` is missing after this text";
    assert_eq!(errors(&parsed), [("b", message), (":", "a blank is missing after this `:`")]);
    assert_eq!(parsed.errors[1].span.start, 8);
    assert_eq!(keys(&parsed), ["a", "d"]);
}

#[test]
fn a_value_that_goes_on_below() {
    let parsed = yaml("a: b\n  c: d\ne: f\n");
    assert_eq!(parsed.errors[0].span.range(), 8..9);
    assert!(parsed.errors[0].message.starts_with("this line continues the value that starts above"));
    assert_eq!(keys(&parsed), ["a", "e"]);
}

#[test]
fn text_after_a_value() {
    let parsed = yaml("a: 'b' c\nd: [e] f\ng: h\n");
    assert_eq!(errors(&parsed).iter().map(|error| error.0).collect::<Vec<_>>(), ["c", "f"]);
    assert_eq!(keys(&parsed), ["a", "d", "g"]);
    assert_eq!(root(&parsed.tree).get("a").unwrap().text(), "b");
}

#[test]
fn what_decoders_let_pass_is_told_apart_and_read() {
    let parsed = yaml("a: {\n}\nb: 'x\ny'\nc: [d,, e]\n");
    let kinds: Vec<ErrorKind> = parsed.errors.iter().map(|error| error.kind).collect();
    assert_eq!(kinds, [ErrorKind::Tolerated, ErrorKind::Tolerated, ErrorKind::Invalid]);
    assert!(parsed.tree.documents()[0].complete);
    assert_eq!(root(&parsed.tree).get("b").unwrap().text(), "x y");
    assert_eq!(root(&parsed.tree).get("c").unwrap().items().len(), 2);
}

#[test]
fn a_wrong_escape() {
    let parsed = yaml(r#"a: "\d+ \x4""#);
    let spans: Vec<&str> = errors(&parsed).iter().map(|error| error.0).collect();
    assert_eq!(spans, [r"\d", r"\x"]);
}

#[test]
fn a_control_character() {
    let parsed = yaml("a: b\u{1}c\n");
    assert_eq!(errors(&parsed)[0].0, "\u{1}");
}

#[test]
fn directives_stand_before_a_document() {
    let parsed = yaml("a: b\n%YAML 1.2\n---\nc: d\n");
    assert_eq!(errors(&parsed)[0].0, "%");
    let parsed = yaml("%YAML 1.2 x\n%YAML 1.2\n---\n!e!t a\n");
    assert_eq!(errors(&parsed).iter().map(|error| error.0).collect::<Vec<_>>(), ["%YAML 1.2 x", "!e!"]);
}
