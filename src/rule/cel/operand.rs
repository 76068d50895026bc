//! Reads what operators apply to: names, literals, lists, maps, parentheses.

use super::CelError;
use super::ast::{Expr, Id, Slice};
use super::functions;
use super::lex::{Kind, Token};
use super::literal;
use super::parse::{Parsed, Parser};

/// Names that the language keeps for itself.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
];

impl Parser<'_> {
    pub(super) fn primary(&mut self, negative: bool) -> Parsed<Id> {
        let token = self.next;
        match token.kind {
            Kind::Word => self.named(token, false),
            Kind::Int | Kind::Uint | Kind::Double => self.number(token, negative),
            Kind::Text | Kind::Bytes => self.string(token),
            Kind::Sign([b'(', 0]) => {
                self.bump()?;
                let id = self.expr()?;
                self.expect(b")")?;
                Ok(id)
            }
            Kind::Sign([b'[', 0]) => {
                self.bump()?;
                let mark = self.pending.len();
                self.items(b"]", Self::maybe)?;
                self.push_run(token.start, mark, Expr::List)
            }
            Kind::Sign([b'{', 0]) => self.map(),
            Kind::Sign([b'.', 0]) => {
                self.bump()?;
                if self.next.kind != Kind::Word {
                    return Err(self.unexpected("a name"));
                }
                self.named(self.next, true)
            }
            _ => Err(self.unexpected("a value")),
        }
    }

    /// A value that a `?` before it makes optional.
    fn maybe(&mut self) -> Parsed<Id> {
        let start = self.next.start;
        let optional = self.eat(b"?")?;
        let id = self.expr()?;
        if optional { self.push(start, Expr::Maybe(id), &[id]) } else { Ok(id) }
    }

    fn map(&mut self) -> Parsed<Id> {
        let start = self.bump()?.start;
        let mark = self.pending.len();
        while !self.eat(b"}")? {
            let from = self.next.start;
            let optional = self.eat(b"?")?;
            let key = self.expr()?;
            self.expect(b":")?;
            let value = self.expr()?;
            let value = if optional { self.push(from, Expr::Maybe(value), &[value])? } else { value };
            self.pending.extend([key, value]);
            if !self.eat(b",")? {
                self.expect(b"}")?;
                break;
            }
        }
        self.push_run(start, mark, Expr::Map)
    }

    /// A name, a call, or a word with a meaning of its own; `rooted` passes over what macros bind.
    fn named(&mut self, token: Token, rooted: bool) -> Parsed<Id> {
        let name = &self.source[token.range()];
        self.bump()?;
        if self.at(b"(") && !matches!(name, "true" | "false" | "null" | "in") {
            return self.call(token, None);
        }
        let slice = Slice { start: token.start, end: token.end };
        let local = self.locals.iter().rposition(|&local| self.ast.str(local) == name);
        if let Some(local) = local.filter(|_| !rooted) {
            return self.push(token.start, Expr::Local(local as u32), &[]);
        }
        let expr = match name {
            "true" => Expr::Bool(true),
            "false" => Expr::Bool(false),
            "null" => Expr::Null,
            "in" => return Err(CelError::new(token.range(), "`in` needs a value before it")),
            _ if RESERVED.contains(&name) => {
                return Err(CelError::new(token.range(), format!("`{name}` is a reserved word")));
            }
            _ => functions::type_named(name).map_or(Expr::Free(slice), Expr::Type),
        };
        self.push(token.start, expr, &[])
    }

    fn number(&mut self, token: Token, negative: bool) -> Parsed<Id> {
        let text = &self.source[token.range()];
        let bad = || CelError::new(token.range(), format!("`{text}` does not fit 64 bits"));
        let expr = match token.kind {
            Kind::Double => {
                let value: f64 = text.parse().map_err(|_| bad())?;
                Expr::Double(if negative { -value } else { value })
            }
            Kind::Uint => Expr::Uint(literal::magnitude(&text[..text.len() - 1]).ok_or_else(bad)?),
            _ => Expr::Int(literal::int(text, negative).ok_or_else(bad)?),
        };
        self.bump()?;
        self.push(token.start - u32::from(negative), expr, &[])
    }

    fn string(&mut self, token: Token) -> Parsed<Id> {
        let body = literal::body(self.source, token.range());
        let slice = |from: usize, to: usize| Slice { start: from as u32, end: to as u32 };
        let expr = if token.kind == Kind::Bytes {
            let from = self.ast.bytes.len();
            if body.escaped {
                literal::bytes(self.source, body.range, &mut self.ast.bytes)?;
            } else {
                self.ast.bytes.extend_from_slice(&self.source.as_bytes()[body.range]);
            }
            Expr::Bytes(slice(from, self.ast.bytes.len()))
        } else if body.escaped {
            let from = self.ast.text.len();
            literal::text(self.source, body.range, &mut self.ast.text)?;
            Expr::Text(slice(from, self.ast.text.len()))
        } else {
            Expr::Text(slice(body.range.start, body.range.end))
        };
        self.bump()?;
        self.push(token.start, expr, &[])
    }
}

/// The field that a word after a dot means: Kubernetes writes fields named like reserved words `__namespace__`.
pub(super) fn field_name(source: &str, token: Token) -> Slice {
    let word = &source[token.range()];
    let inner = word.strip_prefix("__").and_then(|rest| rest.strip_suffix("__"));
    let escaped = inner.is_some_and(|inner| RESERVED.contains(&inner) || inner == "in");
    let cut = if escaped { 2 } else { 0 };
    Slice { start: token.start + cut, end: token.end - cut }
}
