//! No text makes the HCL parser panic, and every place lies in the text, on whole characters; items lie inside their
//! bodies, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::syntax::hcl::{Body, Expr, ExprKind, Item, Part, parse};
use plimsoll::text::{FileId, Span};

fuzz_target!(|text: &str| {
    let parsed = parse(FileId(0), text.into());
    let inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
    for error in &parsed.errors {
        inside(error.span);
        error.related.iter().for_each(|(span, _)| inside(*span));
    }
    parsed.tree.comments.iter().for_each(|comment| inside(comment.span));
    body(&parsed.tree.body, text);
});

fn body(of: &Body, text: &str) {
    let mut from = of.span.start;
    for item in &of.items {
        assert!(of.span.contains(item.span()) && item.span().start >= from);
        from = item.span().end;
        match item {
            Item::Attribute(attribute) => {
                assert!(attribute.span.contains(attribute.key.span));
                value(&attribute.value, text);
            }
            Item::Block(block) => {
                block.labels.iter().for_each(|label| assert!(block.span.contains(label.span)));
                body(&block.body, text);
            }
        }
    }
}

fn value(of: &Expr, text: &str) {
    assert!(text.get(of.span.range()).is_some());
    match &of.kind {
        ExprKind::Template(template) => template.parts.iter().for_each(|part| match part {
            Part::Literal(written, span) => assert!(written.len() <= span.len(), "{written:?}"),
            Part::Interpolation(inner, _) => value(inner, text),
            Part::If(..) | Part::For(..) => {}
        }),
        ExprKind::Tuple(items) => items.iter().for_each(|item| value(item, text)),
        ExprKind::Object(entries) => entries.iter().for_each(|entry| {
            value(&entry.key, text);
            value(&entry.value, text);
        }),
        ExprKind::Call(call) => call.arguments.iter().for_each(|argument| value(argument, text)),
        ExprKind::Paren(inner) => value(inner, text),
        _ => {}
    }
}
