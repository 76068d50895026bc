//! Terraform in JSON: the same blocks, from the tree of the file. Text in it is a template.
//!
//! What is a nested block and what an attribute, only the provider knows; all are attributes here. The rules are those of
//! <https://developer.hashicorp.com/terraform/language/syntax/json>.

use crate::syntax::hcl::{self, Attribute, Block, Body, Entry, Expr, ExprKind, File, Item, Label, Name};
use crate::syntax::tree::{Entry as Pair, Kind, Node, Tree};
use crate::text::Span;

/// The file as if it had been written in HCL.
pub fn of_json(tree: &Tree) -> File {
    let root = tree.roots().next().filter(|root| root.kind() == Kind::Mapping);
    let complete = tree.documents().iter().all(|document| document.complete);
    let span = root.map_or(Span::at(tree.file(), 0), Node::span);
    let mut body = Body { span, items: Vec::new(), open: !complete };
    for pair in root.into_iter().flat_map(Node::own_entries) {
        let labels = match pair.key.text() {
            "resource" | "data" | "ephemeral" => 2,
            "variable" | "output" | "module" | "provider" | "check" => 1,
            "//" => continue,
            _ => 0,
        };
        blocks(&pair, &pair, labels, &mut Vec::new(), &mut body.items);
    }
    File { file: tree.file(), text: tree.text().into(), body, comments: Vec::new() }
}

/// The values of variables in a file of JSON.
pub fn values_of_json(tree: &Tree) -> File {
    let root = tree.roots().next().filter(|root| root.kind() == Kind::Mapping);
    let body = root.map_or(Body { span: Span::at(tree.file(), 0), items: Vec::new(), open: true }, body_of);
    File { file: tree.file(), text: tree.text().into(), body, comments: Vec::new() }
}

/// The blocks below a key, once `labels` more keys say what they are called.
fn blocks(of: &Pair<'_>, at: &Pair<'_>, labels: usize, path: &mut Vec<Name>, out: &mut Vec<Item>) {
    if labels > 0 {
        for pair in at.value.own_entries() {
            path.push(name(pair.key));
            blocks(of, &pair, labels - 1, path, out);
            path.pop();
        }
        return;
    }
    let bodies: Vec<Node<'_>> = match at.value.kind() {
        Kind::Sequence => at.value.items().collect(),
        _ => vec![at.value],
    };
    for body in bodies.into_iter().filter(|body| body.kind() == Kind::Mapping) {
        let labels = path.iter().map(|name| Label { text: name.text.clone(), span: name.span }).collect();
        let start = if at.value.kind() == Kind::Sequence { body.span() } else { at.key.span() };
        let block = Block { kind: name(of.key), labels, body: body_of(body), span: start.to(body.span()) };
        out.push(Item::Block(block));
    }
}

fn name(node: Node<'_>) -> Name {
    Name { text: node.text().to_owned(), span: node.short_span().unwrap_or_else(|| node.span()) }
}

fn body_of(node: Node<'_>) -> Body {
    let mut body = Body { span: node.span(), items: Vec::new(), open: node.is_open() };
    for pair in node.own_entries() {
        match pair.key.text() {
            "//" => {}
            // What it makes would have to be told apart from attributes.
            "dynamic" => body.open = true,
            _ => {
                let span = pair.key.span().to(pair.value.span());
                let attribute = Attribute { key: name(pair.key), value: expr(pair.value), span };
                body.items.push(Item::Attribute(attribute));
            }
        }
    }
    body
}

fn expr(node: Node<'_>) -> Expr {
    let kind = match node.kind() {
        Kind::Null => ExprKind::Null,
        Kind::Bool => ExprKind::Bool(node.as_bool().unwrap_or_default()),
        Kind::Int | Kind::Float => ExprKind::Number(node.as_f64().unwrap_or_default()),
        Kind::Sequence => ExprKind::Tuple(node.items().map(expr).collect()),
        Kind::Mapping => {
            let pairs = node.own_entries().filter(|pair| pair.key.text() != "//");
            ExprKind::Object(
                pairs.map(|pair| Entry { key: text(pair.key), value: expr(pair.value) }).collect(),
            )
        }
        Kind::String => return text(node),
        Kind::Unknown => ExprKind::Unreadable,
    };
    Expr { span: node.span(), kind }
}

/// Text with what is put into it; unreadable where escapes hide where that stands.
fn text(node: Node<'_>) -> Expr {
    let span = node.span();
    let (source, inner) = (node.tree().text(), span.slice(1, span.len().saturating_sub(1)));
    let plain = source.get(inner.range()) == Some(node.text());
    let kind = if plain || !node.text().contains(['$', '%']) {
        ExprKind::Template(hcl::template(span.file, source, inner, node.text()))
    } else {
        ExprKind::Unreadable
    };
    Expr { span, kind }
}
