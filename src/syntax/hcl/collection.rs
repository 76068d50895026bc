//! Lists, objects, and what `for` makes of them.

use std::collections::HashMap;

use super::parser::{Parser, Read};
use super::tree::{Entry, Expr, ExprKind, For, Name};
use crate::text::Span;

impl Parser<'_> {
    /// `[…]`.
    pub(super) fn tuple(&mut self, open: usize) -> Read<ExprKind> {
        self.at += 1;
        self.space();
        if self.at_word("for") {
            return self.for_expr(open, "]");
        }
        let mut items = Vec::new();
        loop {
            self.space();
            if self.eat("]") {
                return Ok(ExprKind::Tuple(items));
            }
            items.push(self.expr()?);
            self.space();
            if !self.eat(",") {
                self.close("]", open)?;
                return Ok(ExprKind::Tuple(items));
            }
        }
    }

    /// `{…}`: line ends or commas between the entries.
    pub(super) fn object(&mut self, open: usize) -> Read<ExprKind> {
        self.at += 1;
        self.space();
        if self.at_word("for") && !self.is_key("for".len()) {
            return self.for_expr(open, "}");
        }
        self.multiline = false;
        let mut entries = Vec::new();
        loop {
            self.lines();
            if self.eat("}") {
                self.repeated_keys(&entries);
                return Ok(ExprKind::Object(entries));
            }
            let errors = self.errors.len();
            let entry = self.entry();
            if let (Err(_), Some(error)) = (&entry, self.errors.get_mut(errors)) {
                let opened = Span::new(self.file, open, open + 1);
                error.related.get_or_insert((opened, "in the object that is opened here".to_owned()));
            }
            entries.push(entry?);
            self.space();
            if !matches!(self.peek(), b',' | b'\n') {
                self.close("}", open)?;
                self.repeated_keys(&entries);
                return Ok(ExprKind::Object(entries));
            }
            self.at += 1;
        }
    }

    /// Reports keys that stand twice in an object, as far as they are plain.
    fn repeated_keys(&mut self, entries: &[Entry]) {
        let mut seen: HashMap<String, Span> = HashMap::new();
        for Entry { key, .. } in entries {
            let text = match &key.kind {
                ExprKind::Variable(name) => Some(name.clone()),
                _ => key.literal(),
            };
            let Some(text) = text else { continue };
            let span = key.inner_span();
            let Some(first) = seen.get(&text).copied() else {
                seen.insert(text, span);
                continue;
            };
            let message = format!("the key `{text}` stands twice in this object; the last value counts");
            self.duplicate(span, first, message);
        }
    }

    /// Whether what follows the word here makes it the key of an entry.
    fn is_key(&self, word: usize) -> bool {
        let rest = self.text[self.at + word..].trim_start_matches([' ', '\t']);
        rest.starts_with('=') || rest.starts_with(':')
    }

    fn entry(&mut self) -> Read<Entry> {
        let key = self.expr()?;
        self.space();
        if !(self.eat("=") || self.eat(":")) {
            return self.lose("the `=` of an entry");
        }
        self.space();
        let value = self.expr()?;
        Ok(Entry { key, value })
    }

    fn for_expr(&mut self, open: usize, close: &str) -> Read<ExprKind> {
        self.at += "for".len();
        let (names, collection) = self.for_head()?;
        if !self.eat(":") {
            return self.lose("the `:` of `for`");
        }
        self.space();
        let mut value = self.expr()?;
        self.space();
        let key = if close == "}" {
            if !self.eat("=>") {
                return self.lose("the `=>` between key and value");
            }
            self.space();
            Some(std::mem::replace(&mut value, self.expr()?))
        } else {
            None
        };
        self.space();
        let grouped = key.is_some() && self.eat("...");
        self.space();
        let condition = if self.at_word("if") {
            self.at += "if".len();
            self.space();
            Some(self.expr()?)
        } else {
            None
        };
        self.space();
        self.close(close, open)?;
        Ok(ExprKind::For(Box::new(For { names, collection, key, value, grouped, condition })))
    }

    /// `a, b in c`, after the `for`.
    pub(super) fn for_head(&mut self) -> Read<(Vec<Name>, Expr)> {
        let mut names = Vec::new();
        loop {
            self.space();
            match self.name() {
                Some(name) => names.push(name),
                None => return self.lose("the name of a variable"),
            }
            self.space();
            if names.len() == 2 || !self.eat(",") {
                break;
            }
        }
        if !self.at_word("in") {
            return self.lose("the `in` of `for`");
        }
        self.at += "in".len();
        self.space();
        let collection = self.expr()?;
        self.space();
        Ok((names, collection))
    }
}
