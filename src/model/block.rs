//! Blocks of Terraform, evaluated: what a resource is made with, whatever variables, locals and modules stand between.

use super::{Field, Record, Value};
use crate::syntax::tree::{NodeId, Tree};
use crate::text::Span;

/// One instance of a block. What it holds is a node of the tree that came out of the evaluation: an attribute is an
/// entry, nested blocks of one kind are a list of mappings, what cannot be known is unknown.
#[derive(Debug)]
pub struct Block {
    /// `resource`, `data`, `variable`, `module`, `provider` …
    pub keyword: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// Where it is in the configuration: `module.logs.aws_s3_bucket.data["a"]`.
    pub address: String,
    /// The same in its own module, for all instances and calls: `aws_s3_bucket.data`.
    pub declared: String,
    /// All of it.
    pub whole: Span,
    /// Its last label, or else the keyword.
    pub anchor: Span,
    /// What it holds.
    pub node: NodeId,
    /// Documents that it is given as text: the values of a chart.
    pub documents: Vec<NodeId>,
    /// What the resources hold that name it, by their type: a mapping of lists.
    pub companions: NodeId,
    /// Whether this instance stands for any number, for `count` or `for_each` is not known.
    pub symbolic: bool,
    /// Whether it is the call of a module whose files are here, so that what it makes is known from them.
    pub entered: bool,
    /// Values that came from elsewhere.
    pub origins: Vec<Origin>,
    /// Values that are attributes of other blocks, known or not.
    pub links: Vec<Link>,
    /// What texts start with whose end is not known.
    pub starts: Vec<Start>,
    /// Texts in it that are not to be shown.
    pub secrets: Vec<String>,
}

/// Where a value came from.
#[derive(Debug)]
pub struct Origin {
    /// The text in the block.
    pub span: Span,
    /// Where it came through, the nearest first, and what stands there.
    pub through: Vec<(Span, &'static str)>,
}

/// What is known of a text whose end is not.
#[derive(Debug)]
pub struct Start {
    /// The text.
    pub node: NodeId,
    /// What it starts with.
    pub text: String,
    /// The block that the next part of it is an attribute of, and that.
    pub then: Option<(String, String)>,
}

/// A value that is an attribute of another block.
#[derive(Debug)]
pub struct Link {
    /// The value.
    pub node: NodeId,
    /// The other block, without the key of an instance.
    pub address: String,
    /// Its attribute.
    pub attribute: String,
}

impl Block {
    /// What `kinds` of a page name: the type of a resource or data source, the name of a provider, else the keyword.
    pub fn kind(&self) -> &str {
        match self.keyword.as_str() {
            "resource" | "data" | "ephemeral" | "provider" => self.labels.first().map_or("", String::as_str),
            keyword => keyword,
        }
    }

    /// Its last label, if it has one for a name.
    pub fn name(&self) -> &str {
        self.labels.last().map_or("", String::as_str)
    }

    /// Whether an address, without the key of an instance, is this block's.
    pub fn is_at(&self, address: &str) -> bool {
        let rest = self.address.strip_prefix(address);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
    }

    /// What the value of this node leads to, if it is another block's.
    pub fn link(&self, node: NodeId) -> Option<&Link> {
        self.links.iter().find(|link| link.node == node)
    }

    /// Where the value at this place came through.
    pub fn through(&self, span: Span) -> &[(Span, &'static str)] {
        let origin = self.origins.iter().find(|origin| origin.span == span);
        origin.map_or(&[], |origin| &origin.through)
    }
}

/// A block with the tree that it leads into.
#[derive(Clone, Copy, Debug)]
pub struct BlockView<'b> {
    /// The block.
    pub block: &'b Block,
    /// The tree.
    pub tree: &'b Tree,
}

impl Record for BlockView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let block = self.block;
        let set = |value| Field::Set(value, block.anchor);
        match name {
            "keyword" => set(Value::text(&block.keyword)),
            "kind" => set(Value::text(block.kind())),
            "name" => set(Value::text(block.name())),
            "address" => set(Value::text(&block.address)),
            "labels" => set(Value::list(block.labels.iter().map(|label| Value::text(label)))),
            "symbolic" => set(Value::Bool(block.symbolic)),
            "companions" => set(Value::Node(self.tree.node(block.companions))),
            _ => Field::Missing(block.anchor),
        }
    }

    fn span(&self) -> Span {
        self.block.anchor
    }
}
