//! Bodies: attributes and blocks, line by line.

use std::collections::HashMap;

use super::parser::{Parser, Read};
use super::tree::{Attribute, Block, Body, Expr, ExprKind, Item, Label, Name};
use crate::syntax::parsed::ErrorKind;
use crate::text::Span;

impl Parser<'_> {
    /// The whole file.
    pub(super) fn file(&mut self) -> Body {
        let start = self.at;
        let mut body = Body { span: self.span(start, self.bytes.len()), items: Vec::new(), open: false };
        loop {
            self.items(&mut body, None);
            if self.at_end() {
                break;
            }
            // Only a brace too many ends a file before its end.
            let message = "this closes no block; remove it";
            self.report(self.at, self.at + 1, ErrorKind::Invalid, message);
            self.at += 1;
        }
        self.repeated(&body);
        body
    }

    /// Items up to a closing brace, the end of the file, or text that no longer belongs to the block whose header
    /// starts in column `header`.
    fn items(&mut self, body: &mut Body, header: Option<usize>) {
        let mut broken = self.by_indent;
        let open = self.at;
        let mut one_line = None;
        loop {
            let before = self.at;
            self.lines();
            let start = self.at;
            if self.is_outside(header, broken) {
                self.at = before;
                return;
            }
            if self.at_end() || self.peek() == b'}' {
                return;
            }
            let whole =
                *one_line.get_or_insert_with(|| header.is_some() && !self.text[open..start].contains('\n'));
            let result = self.item();
            broken |= result.is_err();
            match result {
                Ok(item) => {
                    let single = matches!(item, Item::Attribute(_)) && body.items.is_empty();
                    body.items.push(item);
                    self.line_is_over(whole, single);
                }
                Err(lost) => {
                    body.open = true;
                    self.recover(start, lost.is_some());
                    body.items.extend(lost.map(unreadable));
                }
            }
        }
    }

    /// Whether the line here is indented no deeper than the header of the block that it would be in, which must have
    /// ended before.
    fn is_outside(&self, header: Option<usize>, broken: bool) -> bool {
        let line = self.line_start(self.at);
        let column = self.at - line;
        let first = self.bytes[line..self.at].iter().all(|byte| matches!(byte, b' ' | b'\t'));
        broken && first && self.peek() != b'}' && header.is_some_and(|header| column <= header)
    }

    /// An attribute or a block; of an attribute that cannot be read, the key.
    fn item(&mut self) -> Result<Item, Option<Name>> {
        let start = self.at;
        let Some(key) = self.key() else {
            let _: Read<()> = self.lose("an attribute or a block");
            return Err(None);
        };
        self.space();
        match self.peek() {
            b'=' if self.ahead(1) != b'=' => self.attribute(key, start),
            b':' => {
                let message = "an attribute of HCL has `=` between key and value";
                self.report(self.at, self.at + 1, ErrorKind::Invalid, message);
                self.attribute(key, start)
            }
            _ => self.block(key, start).map(Item::Block).map_err(|_| None),
        }
    }

    fn key(&mut self) -> Option<Name> {
        if self.peek() != b'"' {
            return self.name();
        }
        let label = self.label().ok()??;
        let message = "the key of an attribute stands without quotes";
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        self.report(start.saturating_sub(1), end + 1, ErrorKind::Invalid, message);
        Some(Name { text: label.text, span: label.span })
    }

    fn attribute(&mut self, key: Name, start: usize) -> Result<Item, Option<Name>> {
        self.at += 1;
        let read = self.nested(false, |parser| {
            parser.space();
            let value = parser.expr()?;
            parser.space();
            if parser.at_end() || matches!(parser.peek(), b'\n' | b'}' | b',' | b';') || parser.at_name() {
                return Ok(value);
            }
            parser.lose("the end of the line")
        });
        let Ok(value) = read else { return Err(Some(key)) };
        let span = self.span(start, value.span.end as usize);
        Ok(Item::Attribute(Attribute { key, value, span }))
    }

    fn block(&mut self, kind: Name, start: usize) -> Read<Block> {
        let line = self.line_start(start);
        let mut labels = Vec::new();
        while self.peek() != b'{' {
            match self.label()? {
                Some(label) => labels.push(label),
                None if labels.is_empty() => return self.lose("`=` or `{`"),
                None => return self.lose("`{`"),
            }
            self.space();
        }
        let open = self.at;
        self.at += 1;
        let mut body = Body { span: self.since(open), items: Vec::new(), open: false };
        self.nested(false, |parser| {
            parser.items(&mut body, Some(start - line));
            Ok(())
        })?;
        if !self.eat("}") {
            self.unclosed |= self.at_end();
            body.open = true;
            let message = format!("the block `{}` is never closed; add `}}`", kind.text);
            self.report(open, open + 1, ErrorKind::Unreadable, message);
        }
        body.span = self.since(open);
        self.repeated(&body);
        Ok(Block { kind, labels, body, span: self.since(start) })
    }

    /// A label of a block, if one is next.
    fn label(&mut self) -> Read<Option<Label>> {
        if self.peek() != b'"' {
            return Ok(self.name().map(|Name { text, span }| Label { text, span }));
        }
        let start = self.at;
        let template = self.nested(false, Parser::quoted)?;
        let inner = self.span(start, self.at).slice(1, self.at - start - 1);
        let expr = Expr { span: self.since(start), kind: ExprKind::Template(template) };
        let Some(text) = expr.literal() else {
            let message = "a label is plain text; nothing can be put in";
            self.report(start, self.at, ErrorKind::Invalid, message);
            let text = self.text.get(inner.range()).unwrap_or_default().to_owned();
            return Ok(Some(Label { text, span: inner }));
        };
        Ok(Some(Label { text, span: inner }))
    }

    /// Behind an item, the line has to end; in a block that is `whole` on one line, a `single` attribute, the block.
    fn line_is_over(&mut self, whole: bool, single: bool) {
        self.space();
        let ends = match self.peek() {
            b'}' => whole && single,
            b'\n' => !whole,
            _ => self.at_end(),
        };
        let starts = self.text[self.line_start(self.at)..self.at].trim_start().is_empty();
        if ends || starts {
            return;
        }
        let message = if self.peek() == b'\n' {
            "a block on one line is closed on that line"
        } else {
            "each attribute and block stands on a line of its own; break the line here"
        };
        let width = usize::from(self.peek() != b'\n');
        self.report(self.at, self.at + width, ErrorKind::Invalid, message);
        if matches!(self.peek(), b',' | b';') {
            self.at += 1;
        }
    }

    /// Reports keys of attributes that stand twice.
    fn repeated(&mut self, body: &Body) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for Attribute { key, .. } in body.attributes() {
            let Some(first) = seen.insert(&key.text, key.span) else { continue };
            let message = format!("the attribute `{}` stands twice in this block; keep one", key.text);
            self.duplicate(key.span, first, message);
            seen.insert(&key.text, first);
        }
    }
}

/// An attribute whose value could not be read.
fn unreadable(key: Name) -> Item {
    let span = key.span;
    Item::Attribute(Attribute { key, value: Expr { span, kind: ExprKind::Unreadable }, span })
}
