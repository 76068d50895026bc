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
    for body in one_or_many(at.value) {
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
            "dynamic" => dynamics(pair.value, &mut body),
            _ => {
                let span = pair.key.span().to(pair.value.span());
                let attribute = Attribute { key: name(pair.key), value: expr(pair.value), span };
                body.items.push(Item::Attribute(attribute));
            }
        }
    }
    body
}

/// Dynamic blocks, by what they make: `{"rule": {"for_each": …, "content": {…}}}`, or a list of such objects.
fn dynamics(of: Node<'_>, body: &mut Body) {
    let all: Vec<Pair<'_>> = one_or_many(of).flat_map(Node::own_entries).collect();
    body.open |= all.is_empty();
    for pair in all {
        for one in one_or_many(pair.value) {
            let label = name(pair.key);
            let mut inner = body_of(one);
            for item in &mut inner.items {
                in_dynamic(item, one);
            }
            let kind = Name { text: "dynamic".to_owned(), span: label.span };
            let labels = vec![Label { text: label.text, span: label.span }];
            body.items.push(Item::Block(Block { kind, labels, body: inner, span: one.span() }));
        }
    }
}

/// Makes of what stands in a dynamic block what it would be in HCL.
fn in_dynamic(item: &mut Item, of: Node<'_>) {
    let Item::Attribute(attribute) = item else { return };
    match attribute.key.text.as_str() {
        "content" => {
            let content = of.get("content").and_then(|content| one_or_many(content).next());
            let Some(content) = content else { return };
            let (kind, span) = (attribute.key.clone(), attribute.span);
            *item = Item::Block(Block { kind, labels: Vec::new(), body: body_of(content), span });
        }
        "iterator" => {
            if let Some(name) = attribute.value.literal() {
                attribute.value.kind = ExprKind::Variable(name);
            }
        }
        _ => {}
    }
}

/// The objects of a list, or the one that is there.
fn one_or_many(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let all: Vec<Node<'_>> = match node.kind() {
        Kind::Sequence => node.items().collect(),
        _ => vec![node],
    };
    all.into_iter().filter(|node| node.kind() == Kind::Mapping)
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
                pairs.map(|pair| Entry { key: key(pair.key), value: expr(pair.value) }).collect(),
            )
        }
        Kind::String => return text(node),
        Kind::Unknown => ExprKind::Unreadable,
    };
    Expr { span: node.span(), kind }
}

/// The key of an entry; of one that may stand for nested blocks, nothing that can be read.
fn key(node: Node<'_>) -> Expr {
    let kind = if node.text() == "dynamic" { Some(ExprKind::Unreadable) } else { None };
    kind.map_or_else(|| text(node), |kind| Expr { span: node.span(), kind })
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
