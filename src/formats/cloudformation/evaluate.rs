//! Nodes → values. Recursion and the size of what is made are bounded; beyond, a value is unknown.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::calls::{Call, call};
use super::{functions, place};
use crate::model::cloud::{Computed, Data, Map, Origin, Run, Target, Text};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Trace};
use crate::text::Span;

/// Calls inside calls end here.
const MAX_DEPTH: usize = 64;
/// How much may be made of a template, beyond a multiple of its own size: names that stand for long texts are written
/// out wherever they are used.
const ROOM: usize = 256 * 1024;

/// What the names of a template stand for.
pub(super) struct Evaluator<'t> {
    parameters: HashMap<&'t str, Node<'t>>,
    resources: Option<Node<'t>>,
    pub(super) mappings: Option<Node<'t>>,
    pub(super) conditions: Option<Node<'t>>,
    /// Conditions that are known or being computed; those are `None` until then.
    pub(super) decided: RefCell<HashMap<&'t str, Option<bool>>>,
    left: Cell<usize>,
    pub(super) depth: Cell<usize>,
}

impl<'t> Evaluator<'t> {
    pub(super) fn new(root: Node<'t>) -> Self {
        let parameters = root.get("Parameters").map(Node::entries).unwrap_or_default();
        Evaluator {
            parameters: parameters.into_iter().map(|entry| (entry.key.text(), entry.value)).collect(),
            resources: root.get("Resources"),
            mappings: root.get("Mappings"),
            conditions: root.get("Conditions"),
            decided: RefCell::default(),
            left: Cell::new(8 * root.tree().text().len() + ROOM),
            depth: Cell::new(0),
        }
    }

    /// The value of a node.
    pub(super) fn value(&self, node: Node<'t>) -> Computed {
        let (span, short) = place(node);
        if self.depth.get() >= MAX_DEPTH || !self.spend(1) {
            return Computed { short, ..Computed::unknown(span) };
        }
        self.depth.set(self.depth.get() + 1);
        let value = match call(node) {
            Some(found) => self.called(found, node),
            None => self.plain(node),
        };
        self.depth.set(self.depth.get() - 1);
        value
    }

    /// Takes `size` from what may still be made; whether there was so much.
    pub(super) fn spend(&self, size: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(size));
        left > size
    }

    fn called(&self, found: Call<'t>, node: Node<'t>) -> Computed {
        let (span, short) = place(if found.short { node } else { found.argument });
        let value = match found.name {
            "Ref" => self.reference(found.argument, span),
            // In a statement of a policy it is a key like any other.
            "Condition" if !found.short => return self.plain(node),
            // What is chosen is written where it stands.
            "If" => return functions::run(self, "If", found, span),
            name => functions::run(self, name, found, span),
        };
        Computed { short: short && value.short, ..value }
    }

    /// A node whose tag, if it has one, does not count.
    pub(super) fn plain(&self, node: Node<'t>) -> Computed {
        let (span, short) = place(node);
        let data = match node.kind() {
            Kind::Null => Data::Null,
            Kind::Bool => Data::Bool(node.as_bool().unwrap_or_default()),
            Kind::Int => Data::Int(node.as_i64().unwrap_or_default()),
            Kind::Float => Data::Float(node.as_f64().unwrap_or_default()),
            Kind::String => self.text(node),
            Kind::Sequence => self.list(node),
            Kind::Mapping => self.map(node),
            Kind::Unknown => Data::Unknown,
        };
        Computed { short, ..Computed::new(data, span) }
    }

    fn text(&self, node: Node<'t>) -> Data {
        let text = node.text();
        // Filled in from a store when the stack is made; or the name of a parameter, whose `Ref` was forgotten or lost.
        let meant = text.contains("{{resolve:") || self.parameters.contains_key(text);
        if meant || !self.spend(text.len()) {
            return Data::Unknown;
        }
        Data::Text(Text { text: text.to_owned(), runs: runs(node) })
    }

    fn list(&self, node: Node<'t>) -> Data {
        let mut items: Vec<Computed> = node.items().map(|item| self.value(item)).collect();
        items.retain(|item| item.data != Data::Null);
        if node.is_open() {
            items.push(Computed::unknown(node.span()));
        }
        Data::List(items)
    }

    fn map(&self, node: Node<'t>) -> Data {
        let mut map = Map { entries: Vec::new(), open: node.is_open() };
        for entry in node.entries() {
            let key = entry.key.text();
            if key.starts_with("Fn::") {
                // These add to the mapping that they stand in; others there are a slip, and add nothing.
                map.open |= key.starts_with("Fn::Transform") || key.starts_with("Fn::ForEach");
                continue;
            }
            let value = self.value(entry.value);
            if value.data != Data::Null {
                map.entries.push((Word { text: key.to_owned(), span: entry.key.span() }, value));
            }
        }
        Data::Map(map)
    }

    fn reference(&self, argument: Node<'t>, span: Span) -> Computed {
        let Some(name) = argument.target().map(Node::text).filter(|name| !name.is_empty()) else {
            return Computed::unknown(span);
        };
        self.named(name, span)
    }

    /// What a name stands for, where it is used at `span`.
    pub(super) fn named(&self, name: &str, span: Span) -> Computed {
        if name == "AWS::NoValue" {
            return Computed::new(Data::Null, span);
        }
        if let Some(parameter) = self.parameters.get(name) {
            return self.parameter(name, *parameter, span);
        }
        let resource = self.resources.is_some_and(|resources| resources.get(name).is_some());
        let target = Target { name: name.to_owned(), attribute: String::new() };
        Computed::new(if resource { Data::Reference(target) } else { Data::Unknown }, span)
    }

    /// What a parameter is unless somebody says otherwise, or the only value that it may have.
    fn parameter(&self, name: &str, parameter: Node<'t>, span: Span) -> Computed {
        let kind = parameter.get("Type").map_or("", Node::text);
        let allowed = parameter.get("AllowedValues").filter(|allowed| allowed.items().len() == 1);
        let default = parameter.get("Default").or_else(|| allowed?.item(0));
        // Of a parameter in a store, the default is its name there.
        let Some(default) = default.filter(|_| !kind.starts_with("AWS::SSM::Parameter::Value")) else {
            return Computed::unknown(span);
        };
        let written = self.plain(default);
        let origin = Origin { span: written.span, what: format!("the default of `{name}`") };
        let data = match written.scalar() {
            Some(text) if kind == "CommaDelimitedList" || kind.starts_with("List<") => {
                let item = |text: &str| Computed::new(Data::Text(Text::written(text.trim(), span)), span);
                Data::List(text.split(',').map(item).collect())
            }
            Some(text) => Data::Text(Text::written(&text, span)),
            None => Data::Unknown,
        };
        Computed { origins: vec![origin], ..Computed::new(data, span) }
    }
}

/// Where the lines of a scalar are written.
fn runs(node: Node<'_>) -> Vec<Run> {
    let text = node.text();
    if node.short_span().is_some_and(|span| span.len() == text.len()) {
        return vec![Run { at: 0, span: node.sub_span(0, text.len()) }];
    }
    if node.is_alias() {
        return Vec::new();
    }
    let trace = Trace::of(node);
    let (mut at, mut out) = (0, Vec::new());
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches('\n').len();
        out.push(Run { at, span: trace.span(at, end) });
        if end < at + line.len() {
            out.push(Run { at: end, span: trace.span(end, end) });
        }
        at += line.len();
    }
    out
}
