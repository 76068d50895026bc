//! The entries of what a page's `each:` gives, one by one, with their places.
//!
//! Does not check anything.

use std::rc::Rc;

use super::cel::{Outcome, Program, STEPS};
use super::locate::whole;
use crate::model::{Field, Made, Value};
use crate::syntax::tree::{Entry, Kind, Node};
use crate::text::Span;

/// One entry: the value of the variable `each`, and the text that stands for it.
pub(super) type One<'a> = (Value<'a>, Span);

/// What `program` gives for the subject that stands at `near`. What a template may add is not among it: an entry that
/// is written is wrong whatever else there is.
pub(super) fn entries<'a>(
    program: &'a Program,
    variables: &[(&'static str, Value<'a>)],
    near: Span,
) -> Outcome<Vec<One<'a>>> {
    let value = match program.eval(variables, STEPS) {
        Outcome::Value(value) => value,
        Outcome::Unknown(span) => return Outcome::Unknown(span),
        Outcome::Error(message) => return Outcome::Error(message),
    };
    Outcome::Value(match &value {
        Value::List(items) => items.iter().map(|item| (item.clone(), place(item, near))).collect(),
        Value::Map(pairs) => pairs.iter().map(|(key, value)| computed(key, value, near)).collect(),
        Value::Node(node) if node.kind() == Kind::Sequence => {
            node.items().map(|item| (Value::Node(item), place(&Value::Node(item), near))).collect()
        }
        Value::Node(node) if node.kind() == Kind::Mapping => {
            let known = |entry: &Entry<'_>| entry.key.kind() != Kind::Unknown;
            node.entries().into_iter().filter(known).map(written).collect()
        }
        // Nothing written, or something of the wrong type, which is the schema's concern.
        _ => Vec::new(),
    })
}

/// An entry of a mapping in a file: its key stands for it.
fn written(entry: Entry<'_>) -> One<'_> {
    let key = entry.key.short_span().unwrap_or_else(|| entry.key.span());
    let value = match entry.value.kind() {
        Kind::Unknown => Field::Unknown(entry.value.span()),
        _ => Field::Set(Value::Node(entry.value), entry.place()),
    };
    let fields = vec![("key", Field::Set(Value::text(entry.key.text()), key)), ("value", value)];
    (Value::Made(Rc::new(Made { span: key, fields })), key)
}

fn computed<'a>(key: &Value<'a>, value: &Value<'a>, near: Span) -> One<'a> {
    let field = |value: &Value<'a>| Field::Set(value.clone(), place(value, near));
    let fields = vec![("key", field(key)), ("value", field(value))];
    (Value::Made(Rc::new(Made { span: near, fields })), near)
}

/// The text that stands for an item: a scalar, the `name` of a mapping, or its first key, or all of `{}`.
fn place(item: &Value<'_>, near: Span) -> Span {
    match item {
        Value::Node(node) if node.kind() == Kind::Mapping => named(*node).unwrap_or(near),
        item => whole(item, near),
    }
}

fn named(node: Node<'_>) -> Option<Span> {
    let name = node.get("name").filter(|name| !name.text().is_empty()).and_then(Node::short_span);
    let first = || node.own_entries().next().map(|entry| entry.key.span());
    // `{}` has neither.
    name.or_else(first).or(Some(node.span()).filter(|span| !span.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    const TEXT: &str = "ports:\n  - {name: web, port: 80}\n  - {port: 90}\nverbs: [get, \"*\"]\nlabels: {a: b, c: {}}\nnone:\n";

    /// The text that stands for each entry.
    fn places(source: &str) -> Vec<&'static str> {
        let tree = yaml::parse(FileId(0), TEXT.into(), Schema::Kubernetes).tree;
        let program = Program::compile(source).unwrap();
        let variables = [("object", Value::Node(tree.roots().next().unwrap()))];
        match entries(&program, &variables, Span::new(FileId(0), 0, 5)) {
            Outcome::Value(found) => found.iter().map(|(_, span)| &TEXT[span.range()]).collect(),
            Outcome::Unknown(_) | Outcome::Error(_) => vec!["no answer"],
        }
    }

    #[test]
    fn items_stand_where_they_are_written_even_when_they_were_picked() {
        assert_eq!(places("object.ports"), ["web", "port"]);
        assert_eq!(places("object.ports.filter(p, p.port > 80)"), ["port"]);
        assert_eq!(places("object.verbs"), ["get", "*"]);
        assert_eq!(places("object.labels"), ["a", "c"]);
    }

    #[test]
    fn what_is_computed_stands_where_its_subject_does() {
        assert_eq!(places("[1, 2]"), ["ports", "ports"]);
        assert_eq!(places("{'a': 1}"), ["ports"]);
    }

    #[test]
    fn what_is_no_collection_has_no_entries() {
        assert_eq!(places("object.none"), [""; 0]);
        assert_eq!(places("object.?absent.orValue([])"), [""; 0]);
        assert_eq!(places("object.verbs[0]"), [""; 0]);
        assert_eq!(places("object.absent"), ["no answer"]);
    }
}
