//! Schemas in files → types: CustomResourceDefinitions, and JSON Schema as other tools keep it.
//!
//! Total: what a template hides, what is too deep and what is not understood takes any value.

mod crd;
mod json;
mod keywords;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::types::{Field, Format, More, Rest, Takes, Type, TypeId};
use crate::syntax::tree::{Entry, Kind, Node};

pub use crd::definitions;
pub use json::{json_schema, kind_of_path};

/// Schemas deeper than this take anything.
const MAX_DEPTH: usize = 60;
/// Types of one schema; the rest takes anything.
const MAX_TYPES: usize = 100_000;

/// The schema of a kind. The first of its types is the kind's own.
#[derive(Debug)]
pub struct Defined {
    /// `example.com/v1`.
    pub api_version: String,
    /// The kind, in the letters that the source has.
    pub kind: String,
    /// The types.
    pub types: Vec<Type>,
    /// Whether any of them has conditions in CEL.
    pub conditions: bool,
}

impl Defined {
    fn new(api_version: String, kind: String, types: Vec<Type>) -> Defined {
        let rules = |read: &Type| read.more.as_ref().is_some_and(|more| !more.rules.is_empty());
        let conditions = types.iter().any(rules);
        Defined { api_version, kind, types, conditions }
    }
}

/// How a schema is to be understood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// As the API server does: a mapping has the fields that are declared, and no others.
    Structural,
    /// Under `anyOf` and its like, where fields are not declared but only limited.
    Limits,
    /// As JSON Schema has it: a mapping may have any key unless that is ruled out.
    Json,
}

struct Reader<'t> {
    types: Vec<Type>,
    /// Whether the file is part of the input, so that places in it can be shown.
    shown: bool,
    /// The whole schema, for references in it.
    root: Option<Node<'t>>,
    /// Types that references lead to.
    named: HashMap<&'t str, TypeId>,
}

impl<'t> Reader<'t> {
    fn new(shown: bool) -> Self {
        Reader { types: Vec::new(), shown, root: None, named: HashMap::new() }
    }

    fn push(&mut self, read: Type) -> TypeId {
        self.types.push(read);
        TypeId(self.types.len() as u32 - 1)
    }

    fn any(&mut self) -> TypeId {
        self.push(Type::new(Takes::ANY))
    }

    /// The type that an entry's value describes.
    fn entry(&mut self, entry: Entry<'t>, mode: Mode, depth: usize) -> TypeId {
        let id = self.schema(entry.value, mode, depth);
        if let Some(read) = self.types.get_mut(id.0 as usize).filter(|_| self.shown) {
            read.place = read.place.or(Some(entry.key.span()));
        }
        id
    }

    fn schema(&mut self, node: Node<'t>, mode: Mode, depth: usize) -> TypeId {
        if node.kind() != Kind::Mapping || depth > MAX_DEPTH || self.types.len() > MAX_TYPES {
            return self.any();
        }
        if mode == Mode::Json
            && let Some(reference) = node.get("$ref").map(Node::text)
        {
            return self.reference(reference, depth);
        }
        // The place is taken first, so that the kind itself is the first type.
        let id = self.any();
        let read = self.read(node, mode, depth);
        self.types[id.0 as usize] = read;
        id
    }

    fn read(&mut self, node: Node<'t>, mode: Mode, depth: usize) -> Type {
        let (takes, nullable) = keywords::takes(node);
        let mut read = Type { nullable, ..Type::new(takes) };
        if takes.has(Takes::TEXT) || takes.has(Takes::INT) {
            read.format = keywords::format(node);
        }
        self.fields(node, &mut read, mode, depth);
        if let Some(items) = node.entry("items") {
            read.items = Some(self.entry(items, mode, depth + 1));
        }
        let needed = node.get("required").into_iter().flat_map(Node::items).filter_map(Node::as_str);
        let filled: HashSet<&str> =
            read.fields.iter().filter(|field| field.default).map(|field| &*field.name).collect();
        read.required =
            needed.filter(|name| !filled.contains(name)).map(|name| name.to_owned().into()).collect();
        read.seal();
        if keywords::is_plain(node) {
            return read;
        }
        let mut limits = keywords::more(node, self.shown);
        self.combined(node, &mut limits, mode, depth);
        read.more = keywords::is_used(&limits).then(|| Box::new(limits));
        read
    }

    fn fields(&mut self, node: Node<'t>, read: &mut Type, mode: Mode, depth: usize) {
        let on = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
        let properties = node.get("properties");
        for entry in properties.into_iter().flat_map(Node::entries) {
            let of = self.entry(entry, mode, depth + 1);
            let name = entry.key.text().to_owned().into();
            read.fields.push(Field {
                name,
                of,
                default: entry.value.get("default").is_some(),
                required: false,
            });
        }
        let embedded = on("x-kubernetes-embedded-resource");
        if embedded {
            self.object(read);
        }
        let hidden = |node: Node<'_>| node.is_open() || node.kind() == Kind::Unknown;
        let preserved = node.get("x-kubernetes-preserve-unknown-fields");
        let open = hidden(node)
            || properties.is_some_and(hidden)
            || preserved.is_some_and(|value| value.as_bool() != Some(false));
        let extra = node.entry("additionalProperties");
        let refused = extra.is_some_and(|extra| extra.value.as_bool() == Some(false)) && mode != Mode::Limits;
        // Without a type it may not be meant for mappings at all.
        let closed = extra.is_none() && mode == Mode::Structural && read.takes == Takes::MAPPING;
        read.rest = match extra {
            Some(extra) if extra.value.kind() == Kind::Mapping => {
                Rest::Each(self.entry(extra, mode, depth + 1))
            }
            _ if !open && (refused || closed) => Rest::Refused,
            _ => Rest::Any,
        };
    }

    /// The fields that every object has.
    fn object(&mut self, read: &mut Type) {
        let text = |reader: &mut Self| reader.push(Type::new(Takes::TEXT));
        let metadata = Type { format: Format::Metadata, ..Type::new(Takes::MAPPING) };
        let fields = [("apiVersion", text(self)), ("kind", text(self)), ("metadata", self.push(metadata))];
        read.fields.retain(|field| fields.iter().all(|(name, _)| field.name != *name));
        let own = fields.map(|(name, of)| Field { name: name.into(), of, default: false, required: false });
        read.fields.extend(own);
    }

    fn combined(&mut self, node: Node<'t>, limits: &mut More, mode: Mode, depth: usize) {
        let inner = if mode == Mode::Json { Mode::Json } else { Mode::Limits };
        let mut list = |key: &str| -> Vec<TypeId> {
            let items: Vec<Node<'t>> = node.get(key).map(|list| list.items().collect()).unwrap_or_default();
            items.into_iter().map(|item| self.schema(item, inner, depth + 1)).collect()
        };
        // Of what may be a number or text the alternatives only say so again.
        if node.get("x-kubernetes-int-or-string").is_none() {
            (limits.all, limits.any, limits.one) = (list("allOf"), list("anyOf"), list("oneOf"));
        }
        limits.not = node.get("not").map(|not| self.schema(not, inner, depth + 1));
        let choices = [&limits.all, &limits.any, &limits.one].iter().any(|list| !list.is_empty());
        let counted = [limits.count, limits.keys].iter().any(|bounds| bounds.least.or(bounds.most).is_some());
        limits.combines = choices || counted || limits.not.is_some();
    }
}
