//! From values to a tree of the file that they stand in, and to facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blocks::Evaluated;
use super::companions::Companion;
use super::folder::address;
use super::names::names;
use super::objects;
use super::value::{Data, Trail, Value, Via};
use super::written::number_text;
use crate::formats::kubernetes;
use crate::model::Facts;
use crate::model::block::{Block, Link, Origin, Start};
use crate::model::facts::FolderId;
use crate::syntax::hcl::{self, File};
use crate::syntax::tree::{Builder, Document, NodeId, Scalar, Schema, Style, Tree};
use crate::text::Span;

/// What is said of a value that a call passes to a module.
pub const ARGUMENT: &str = "passed to the module here";
/// Nodes that the blocks of one file may have together.
const MOST_NODES: usize = 500_000;
/// How deep values are followed.
pub(super) const MAX_DEPTH: usize = 100;

/// The facts of a file, and the tree that they lead into. `evaluated` is in the order of the text.
pub fn lower(file: &File, evaluated: &[Evaluated], folder: FolderId, overrides: bool) -> (Facts, Tree) {
    let mut facts = Facts { folder, ..Facts::default() };
    let mut builder = Builder::new(file.file, file.text.clone(), Schema::Json);
    let mut blocks = file.body.blocks().peekable();
    let mut objects = Vec::new();
    for one in evaluated {
        while blocks.next_if(|block| block.span.start < one.at).is_some() {}
        let Some(block) = blocks.peek().filter(|block| block.span.start == one.at) else { continue };
        if builder.len() > MOST_NODES {
            break;
        }
        let mut fact = fact(&mut builder, block, one);
        fact.documents = objects::chart_values(&mut builder, &fact, block);
        let made = objects::of(&mut builder, &fact, block);
        let written = objects::is_manifest(fact.kind());
        let number = facts.blocks.len();
        objects.extend(made.into_iter().map(|object| (object, !block.body.open, written, number)));
        facts.blocks.push(fact);
    }
    facts.names = Some(names(file, overrides));
    let tree = builder.finish();
    for (object, complete, written, block) in objects {
        let from = facts.resources.len();
        kubernetes::lower_document(&mut facts, tree.node(object), complete);
        for resource in &mut facts.resources[from..] {
            (resource.made, resource.block) = (!written, Some(block));
        }
    }
    (facts, tree)
}

fn fact(builder: &mut Builder, block: &hcl::Block, one: &Evaluated) -> Block {
    let anchor = block.labels.last().map_or(block.kind.span, |label| label.span);
    let mut lower = Lower {
        builder,
        origins: Vec::new(),
        links: Vec::new(),
        starts: Vec::new(),
        secrets: Vec::new(),
        secret: false,
        whole: block.span,
    };
    let node = lower.value(&one.body, None, block.kind.span, MAX_DEPTH);
    let (origins, links) = (std::mem::take(&mut lower.origins), std::mem::take(&mut lower.links));
    let starts = std::mem::take(&mut lower.starts);
    let companions = lower.companions(&one.companions, anchor);
    let secrets = std::mem::take(&mut lower.secrets);
    builder.document(Document { span: block.span, root: Some(node), complete: !block.body.open });
    Block {
        keyword: block.kind.text.clone(),
        labels: block.labels.iter().map(|label| label.text.clone()).collect(),
        address: one.address.clone(),
        declared: address(block),
        whole: block.span,
        anchor,
        node,
        documents: Vec::new(),
        companions,
        symbolic: one.symbolic,
        entered: one.entered,
        origins,
        links,
        starts,
        secrets,
    }
}

struct Lower<'b> {
    builder: &'b mut Builder,
    origins: Vec<Origin>,
    links: Vec<Link>,
    starts: Vec<Start>,
    /// What is not to be shown.
    secrets: Vec<String>,
    /// Whether what is looked at is a part of that.
    secret: bool,
    /// The block.
    whole: Span,
}

impl Lower<'_> {
    /// The node of a value. `within` is the expression of the attribute that it is part of, and `near` stands for it
    /// where it has no text there.
    fn value(&mut self, value: &Value, within: Option<Span>, near: Span, depth: usize) -> NodeId {
        let around = self.secret;
        // What a text in JSON says knows better what of it is sensitive.
        let knows = value.says.as_ref().is_some_and(|says| says.holds_secret());
        self.secret |= value.secret && !knows;
        let node = self.node(value, within, near, depth);
        self.secret = around;
        node
    }

    fn node(&mut self, value: &Value, within: Option<Span>, near: Span, depth: usize) -> NodeId {
        let (place, within) = match &value.trail {
            Some(trail) if trail.kind == Via::Block => (trail.span, None),
            Some(trail) => {
                // An attribute's expression in the block; what was passed in from elsewhere has none here.
                let within = within.or(Some(trail.span).filter(|span| self.whole.contains(*span)));
                (self.place(trail, within, near), within)
            }
            None => (near, within),
        };
        let (start, end) = (place.start as usize, place.end as usize);
        let Some(depth) = depth.checked_sub(1) else { return self.builder.unknown(start, end) };
        if let Some(says) = &value.says {
            return self.value(says, within, place, depth);
        }
        let node = match &value.data {
            Data::Unknown | Data::Error => self.builder.unknown(start, end),
            Data::Null => self.plain(place, "null"),
            Data::Bool(value) => self.plain(place, if *value { "true" } else { "false" }),
            Data::Number(value) => {
                let text = number_text(*value);
                self.keep(&text);
                self.plain(place, &text)
            }
            Data::Text(text) => {
                self.keep(text);
                self.text(place, text)
            }
            Data::List(list) => {
                let items: Vec<NodeId> =
                    list.items.iter().map(|item| self.value(item, within, place, depth)).collect();
                let node = self.builder.sequence((start, end), &items, true);
                self.open(node, list.open)
            }
            Data::Map(map) => {
                let mut children = Vec::with_capacity(2 * map.entries.len());
                for (key, entry) in &map.entries {
                    let written = entry.key.filter(|span| self.whole.contains(*span)).unwrap_or(place);
                    children.push(self.text(written, key));
                    children.push(self.value(&entry.value, within, place, depth));
                }
                let node = self.builder.mapping((start, end), &children, true, false);
                self.open(node, map.open)
            }
        };
        if let Some(link) = &value.link {
            let (address, attribute) = (link.address.clone(), link.attribute.clone());
            self.links.push(Link { node, address, attribute });
        }
        if let Some(start) = &value.start {
            let then = start.then.as_ref().map(|link| (link.address.clone(), link.attribute.clone()));
            self.starts.push(Start { node, text: start.text.clone(), then });
        }
        node
    }

    /// The bodies of the resources that name the block, by type. They stand elsewhere, so that here the block stands for
    /// them.
    fn companions(&mut self, all: &[Companion], anchor: Span) -> NodeId {
        let mut of_kind: BTreeMap<&str, Vec<&Companion>> = BTreeMap::new();
        for one in all {
            of_kind.entry(&one.kind).or_default().push(one);
        }
        let (start, end) = (anchor.start as usize, anchor.end as usize);
        let mut children = Vec::new();
        for (kind, all) in of_kind {
            let items: Vec<NodeId> =
                all.iter().map(|one| self.value(&one.body, Some(anchor), anchor, MAX_DEPTH)).collect();
            let node = self.builder.sequence((start, end), &items, true);
            children.extend([self.text(anchor, kind), self.open(node, all.iter().any(|one| one.symbolic))]);
        }
        self.builder.mapping((start, end), &children, true, false)
    }

    /// The last place of a value's way that still is in the attribute; the rest is where it came from.
    fn place(&mut self, trail: &Arc<Trail>, within: Option<Span>, near: Span) -> Span {
        let inside = |trail: &Trail| within.is_some_and(|within| within.contains(trail.span));
        let mut place = near;
        let mut next = Some(trail);
        while let Some(step) = next.filter(|step| inside(step)) {
            place = step.span;
            next = step.next.as_ref();
        }
        let mut through = Vec::new();
        while let Some(step) = next {
            let what = match step.kind {
                Via::Default => Some("the default of the variable"),
                Via::Values => Some("set in a file of values"),
                Via::Argument => Some(ARGUMENT),
                Via::Inputs => Some("given by Terragrunt here"),
                Via::Written | Via::Block => None,
            };
            through.extend(what.map(|what| (step.span, what)));
            next = step.next.as_ref();
        }
        if !through.is_empty() {
            self.origins.push(Origin { span: place, through });
        }
        place
    }

    /// Remembers a text that is not to be shown.
    fn keep(&mut self, text: &str) {
        if self.secret && !text.is_empty() {
            self.secrets.push(text.to_owned());
        }
    }

    fn plain(&mut self, place: Span, text: &str) -> NodeId {
        let (start, end) = (place.start as usize, place.end as usize);
        self.builder.scalar(start, end, Style::Plain, Scalar::Cooked(text))
    }

    /// Text: a slice of the file where it stands there as it is.
    fn text(&mut self, place: Span, text: &str) -> NodeId {
        let (start, end) = (place.start as usize, place.end as usize);
        let is_written = self.builder.tree().text().get(start..end) == Some(text);
        let value = if is_written { Scalar::Slice(start, end) } else { Scalar::Cooked(text) };
        self.builder.scalar(start, end, Style::Double, value)
    }

    fn open(&mut self, node: NodeId, open: bool) -> NodeId {
        if open {
            self.builder.open(node);
        }
        node
    }
}
