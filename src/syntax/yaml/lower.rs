//! From the tree of oxc-yaml-parser to ours.

use std::collections::HashMap;
use std::sync::Arc;

use oxc_yaml_parser::{Allocator, Parser, Span as Raw, ast};

use super::cook;
use crate::syntax::parsed::{ErrorKind, Parsed, SyntaxError};
use crate::syntax::tree::{Builder, Document, Hole, NodeId, Scalar, Schema, Style, Tree};
use crate::text::{FileId, Span};

struct Lower<'a> {
    file: FileId,
    text: &'a str,
    base: usize,
    builder: Builder,
    anchors: HashMap<&'a str, NodeId>,
    errors: Vec<SyntaxError>,
}

pub(super) fn parse(
    file: FileId,
    text: Arc<str>,
    masked: &str,
    holes: Vec<Hole>,
    schema: Schema,
) -> Parsed<Tree> {
    let mut builder = Builder::new(file, text, schema);
    builder.holes(holes);
    let mut lower =
        Lower { file, text: masked, base: 0, builder, anchors: HashMap::new(), errors: Vec::new() };
    for (from, to) in documents(masked) {
        lower.part(from, to);
    }
    Parsed { tree: lower.builder.finish(), errors: lower.errors }
}

/// Cuts at lines that start with `---`.
fn documents(text: &str) -> Vec<(usize, usize)> {
    let mut cuts = vec![0];
    let mut at = 0;
    let mut seen = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") && line[3..].chars().next().is_none_or(char::is_whitespace) {
            if seen || text[..at].lines().any(|l| !l.trim().is_empty() && !l.starts_with(['#', '%'])) {
                cuts.push(at);
            }
            seen = true;
        }
        at += line.len();
    }
    cuts.push(text.len());
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

impl<'a> Lower<'a> {
    fn part(&mut self, from: usize, to: usize) {
        self.base = from;
        self.anchors.clear();
        let arena = Allocator::default();
        let text = self.text;
        match Parser::new(&arena, &text[from..to]).parse() {
            Ok(root) => {
                for comment in &root.comments {
                    let (start, end) = self.range(comment.span);
                    let span = Span::new(self.file, start, end);
                    self.builder.comment(span, comment.own_line_column.is_some());
                }
                for document in &root.children {
                    let (start, end) = self.range(document.span);
                    let root = document.body.content.as_ref().map(|node| self.node(node));
                    let span = Span::new(self.file, start, end);
                    self.builder.document(Document { span, root, complete: true });
                }
            }
            Err(error) => {
                let (start, end) = self.range(error.span);
                let span = Span::new(self.file, start.min(to), end.min(to));
                let message = error.to_string().to_lowercase();
                self.errors.push(SyntaxError { span, message, related: None, kind: ErrorKind::Unreadable });
                let span = Span::new(self.file, from, to);
                self.builder.document(Document { span, root: None, complete: false });
            }
        }
    }

    fn range(&self, span: Raw) -> (usize, usize) {
        (self.base + span.start as usize, self.base + span.end as usize)
    }

    fn node(&mut self, node: &ast::Node<'_>) -> NodeId {
        let id = self.content(&node.content);
        let span = |raw: Raw, skip| {
            let (start, end) = self.range(raw);
            Span::new(self.file, start + skip, end)
        };
        let anchor = node.props.anchor.map(|anchor| span(anchor.span, 1));
        let tag = node.props.tag.map(|tag| span(tag.span, 0));
        if anchor.is_some() || tag.is_some() {
            self.builder.properties(id, anchor, tag);
        }
        if let Some(anchor) = anchor {
            self.anchors.insert(&self.text[anchor.range()], id);
        }
        id
    }

    fn cooked(&mut self, raw: Raw, style: Style, value: &str) -> NodeId {
        let (start, end) = self.range(raw);
        self.builder.scalar(start, end, style, Scalar::Cooked(value))
    }

    fn content(&mut self, content: &ast::Content<'_>) -> NodeId {
        use ast::Content as C;
        let (start, end) = self.range(content.span());
        let source = self.text;
        match content {
            C::Plain(plain) if !plain.multiline => {
                self.builder.scalar(start, end, Style::Plain, Scalar::Slice(start, end))
            }
            C::Plain(plain) => {
                let value = cook::folded(&source[start..end]);
                self.cooked(plain.span, Style::Plain, &value)
            }
            C::QuoteSingle(quote) => {
                let inner = &source[start + 1..end - 1];
                if !quote.multiline && !inner.contains('\'') {
                    return self.builder.scalar(start, end, Style::Single, Scalar::Slice(start + 1, end - 1));
                }
                self.cooked(quote.span, Style::Single, &cook::single(inner))
            }
            C::QuoteDouble(quote) => {
                let inner = &source[start + 1..end - 1];
                if !quote.multiline && !inner.contains('\\') {
                    return self.builder.scalar(start, end, Style::Double, Scalar::Slice(start + 1, end - 1));
                }
                self.cooked(quote.span, Style::Double, &cook::double(inner))
            }
            C::BlockLiteral(block) => self.block(block, Style::Literal),
            C::BlockFolded(block) => self.block(block, Style::Folded),
            C::Alias(_) => {
                let target = self.anchors.get(&source[start + 1..end]).copied();
                self.builder.alias(start, end, target)
            }
            C::Sequence(sequence) => {
                let mut items = Vec::new();
                for item in &sequence.children {
                    let after = self.range(item.span).0 + 1;
                    items.push(self.optional(item.content.as_deref(), after));
                }
                self.builder.sequence((start, end), &items, false)
            }
            C::FlowSequence(sequence) => {
                let mut items = Vec::new();
                for item in &sequence.children {
                    items.push(match item {
                        ast::FlowSequenceEntry::Item(node) => self.node(node),
                        ast::FlowSequenceEntry::Pair(pair) => {
                            let span = self.range(pair.span);
                            self.mapping(span, std::slice::from_ref(&**pair), true)
                        }
                    });
                }
                self.builder.sequence((start, end), &items, true)
            }
            C::Mapping(mapping) => self.mapping((start, end), &mapping.children, false),
            C::FlowMapping(mapping) => self.mapping((start, end), &mapping.children, true),
        }
    }

    fn mapping(&mut self, span: (usize, usize), items: &[ast::MappingItem<'_>], flow: bool) -> NodeId {
        let mut children = Vec::new();
        let mut merges = false;
        for item in items {
            let start = self.range(item.span).0;
            let key = item.key_content();
            merges |= key.is_some_and(|key| {
                let (from, to) = self.range(key.content.span());
                &self.text[from..to] == "<<"
            });
            children.push(self.optional(key, start));
            let after = item.value.as_ref().map_or(self.range(item.span).1, |v| self.range(v.span).0 + 1);
            children.push(self.optional(item.value_content(), after));
        }
        self.builder.mapping(span, &children, flow, merges)
    }

    fn optional(&mut self, node: Option<&ast::Node<'_>>, at: usize) -> NodeId {
        match node {
            Some(node) => self.node(node),
            None => self.builder.scalar(at, at, Style::Absent, Scalar::Slice(at, at)),
        }
    }

    fn block(&mut self, block: &ast::BlockScalar, style: Style) -> NodeId {
        let (start, end) = self.range(block.span);
        let (from, content_end) =
            (self.base + block.content_start as usize, self.base + block.content_end as usize);
        let keep = block.chomping == ast::Chomping::Keep;
        let strip = block.chomping == ast::Chomping::Strip;
        let body = self.text.get(from..end).unwrap_or_default();
        let value = cook::block(body, style == Style::Folded, keep, strip, block.indent.map(|_| 1));
        self.builder.scalar(start, content_end.max(start + 1), style, Scalar::Cooked(&value))
    }
}
