//! Blocks of Terraform → resources of a cloud, with the places and origins that their values have.

use std::collections::HashMap;

use crate::model::block::{self, Block, Link};
use crate::model::cloud::{Computed, Data, Instance, Map, Origin, Start, Target, Text};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, NodeId, Tree};
use crate::text::Span;

/// Values are no deeper.
const MAX_DEPTH: usize = 64;

/// The resources, data sources and calls of modules from elsewhere among the blocks of a file, which lead into `tree`.
/// Types of data sources have `data.` before them, that of calls is `module`.
pub fn instances(blocks: &[Block], tree: &Tree) -> Vec<Instance> {
    blocks.iter().filter_map(|block| instance(block, tree)).collect()
}

fn instance(block: &Block, tree: &Tree) -> Option<Instance> {
    let kind = match block.keyword.as_str() {
        "resource" => block.kind().to_owned(),
        "data" => format!("data.{}", block.kind()),
        // Of a module whose files are here, these tell what it makes.
        "module" if !block.entered => "module".to_owned(),
        _ => return None,
    };
    let links = block.links.iter().map(|link| (link.node, link)).collect();
    let starts = block.starts.iter().map(|start| (start.node, start)).collect();
    let through = block.origins.iter().map(|origin| (origin.span, origin.through.as_slice())).collect();
    let properties = Reader { links, starts, through }.value(tree.node(block.node), 0);
    Some(Instance {
        kind: Word { text: kind, span: block.anchor },
        name: Word { text: block.name().to_owned(), span: block.anchor },
        id: without_key(&block.address).to_owned(),
        span: block.whole,
        near: block.anchor,
        properties,
        made: None,
    })
}

/// The address of a block without the key of the instance.
fn without_key(address: &str) -> &str {
    let end = if address.ends_with(']') { address.rfind('[') } else { None };
    &address[..end.unwrap_or(address.len())]
}

struct Reader<'b> {
    links: HashMap<NodeId, &'b Link>,
    starts: HashMap<NodeId, &'b block::Start>,
    through: HashMap<Span, &'b [(Span, &'static str)]>,
}

impl Reader<'_> {
    /// What a value is an attribute of.
    fn link(&self, node: Node<'_>) -> Option<Target> {
        let link = self.links.get(&node.id())?;
        Some(Target { name: link.address.clone(), attribute: link.attribute.clone() })
    }

    fn value(&self, node: Node<'_>, depth: usize) -> Computed {
        let span = node.short_span();
        let place = span.unwrap_or_else(|| node.span());
        let came = self.through.get(&node.span()).or_else(|| self.through.get(&place));
        let origins = came.into_iter().flat_map(|through| through.iter());
        let origins = origins.map(|(span, what)| Origin { span: *span, what: (*what).to_owned() }).collect();
        let data = self.data(node, place, depth);
        Computed {
            data,
            span: place,
            short: span.is_some() && !place.is_empty(),
            origins,
            link: self.link(node),
            start: self.start(node),
        }
    }

    /// What a text starts with whose end is not known.
    fn start(&self, node: Node<'_>) -> Option<Box<Start>> {
        let start = self.starts.get(&node.id())?;
        let then = start.then.clone().map(|(name, attribute)| Target { name, attribute });
        Some(Box::new(Start { text: start.text.clone(), then }))
    }

    fn data(&self, node: Node<'_>, place: Span, depth: usize) -> Data {
        let deeper = depth < MAX_DEPTH;
        match node.kind() {
            Kind::Null => Data::Null,
            Kind::Bool => Data::Bool(node.as_bool().unwrap_or_default()),
            Kind::Int => Data::Int(node.as_i64().unwrap_or_default()),
            Kind::Float => Data::Float(node.as_f64().unwrap_or_default()),
            Kind::String => Data::Text(Text::written(node.text(), place)),
            Kind::Sequence if deeper => {
                let mut items: Vec<Computed> = node.items().map(|item| self.value(item, depth + 1)).collect();
                if node.is_open() {
                    items.push(Computed::unknown(node.span()));
                }
                Data::List(items)
            }
            Kind::Mapping if deeper => {
                let entry = |entry: crate::syntax::tree::Entry<'_>| {
                    let key = entry.key;
                    let span = key.short_span().unwrap_or_else(|| key.span());
                    (Word { text: key.text().to_owned(), span }, self.value(entry.value, depth + 1))
                };
                Data::Map(Map {
                    entries: node.entries().into_iter().map(entry).collect(),
                    open: node.is_open(),
                })
            }
            Kind::Sequence | Kind::Mapping => Data::Unknown,
            Kind::Unknown => self.link(node).map_or(Data::Unknown, Data::Reference),
        }
    }
}
