//! Reads an expression into its compiled form in one pass; names bound by macros become numbers on the way.
//!
//! Reads operators, members and calls; [`super::operand`] reads what they apply to, [`super::macros`] the macros.

use super::CelError;
use super::ast::{Ast, Expr, Id, Op, Pattern, Run, Slice};
use super::functions;
use super::lex::{self, Kind, Token};
use super::operand::field_name;

/// How deep an expression may nest: enough for any rule, and far from the end of a small stack.
const MAX_DEPTH: u16 = 120;

pub(super) type Parsed<T> = Result<T, CelError>;

/// Words that group functions, as in `math.greatest(…)`.
const NAMESPACES: [&str; 9] =
    ["base64", "cel", "ip", "lists", "math", "optional", "regex", "sets", "strings"];

pub(super) struct Parser<'s> {
    pub(super) source: &'s str,
    pub(super) ast: Ast,
    heights: Vec<u16>,
    pub(super) next: Token,
    /// Where the last token ended.
    end: u32,
    depth: u16,
    /// Names that macros bind here; a name's position is its number.
    pub(super) locals: Vec<Slice>,
    pub(super) pending: Vec<Id>,
}

/// Reads `source`, whose length the caller has checked.
pub(super) fn parse(source: &str) -> Parsed<Ast> {
    let nodes = source.len() / 4 + 1;
    let ast = Ast {
        text: source.to_owned(),
        bytes: Vec::new(),
        nodes: Vec::with_capacity(nodes),
        ranges: Vec::with_capacity(nodes),
        children: Vec::new(),
        folds: Vec::new(),
        patterns: Vec::new(),
        root: 0,
    };
    let next = lex::token(source, 0)?;
    let heights = Vec::with_capacity(nodes);
    let mut parser =
        Parser { source, ast, heights, next, end: 0, depth: 0, locals: Vec::new(), pending: Vec::new() };
    parser.ast.root = parser.expr()?;
    if parser.next.kind != Kind::End {
        return Err(parser.unexpected("an operator or the end"));
    }
    Ok(parser.ast)
}

impl Parser<'_> {
    pub(super) fn bump(&mut self) -> Parsed<Token> {
        let token = self.next;
        self.end = token.end;
        self.next = lex::token(self.source, token.end as usize)?;
        Ok(token)
    }

    pub(super) fn at(&self, sign: &[u8]) -> bool {
        self.next.kind == Kind::Sign([sign[0], sign.get(1).copied().unwrap_or(0)])
    }

    pub(super) fn eat(&mut self, sign: &[u8]) -> Parsed<bool> {
        let found = self.at(sign);
        if found {
            self.bump()?;
        }
        Ok(found)
    }

    pub(super) fn expect(&mut self, sign: &[u8]) -> Parsed<()> {
        if self.eat(sign)? {
            return Ok(());
        }
        Err(self.unexpected(&format!("`{}`", String::from_utf8_lossy(sign))))
    }

    pub(super) fn unexpected(&self, wanted: &str) -> CelError {
        let found = match self.next.kind {
            Kind::End => "the end".to_owned(),
            _ => format!("`{}`", &self.source[self.next.range()]),
        };
        CelError::new(self.next.range(), format!("expected {wanted}, found {found}"))
    }

    /// Adds a node that starts at `start`, ends at the last token, and has `children` below it.
    pub(super) fn push(&mut self, start: u32, expr: Expr, children: &[Id]) -> Parsed<Id> {
        let below = children.iter().map(|&child| self.heights[child as usize]).max().unwrap_or(0);
        self.push_above(start, expr, below)
    }

    fn push_above(&mut self, start: u32, expr: Expr, below: u16) -> Parsed<Id> {
        if below >= MAX_DEPTH {
            return Err(CelError::too_deep(start as usize..self.end as usize));
        }
        self.ast.nodes.push(expr);
        self.ast.ranges.push(Slice { start, end: self.end });
        self.heights.push(below + 1);
        Ok(self.ast.nodes.len() as Id - 1)
    }

    /// Adds a node over the children that wait since `mark`.
    pub(super) fn push_run(&mut self, start: u32, mark: usize, make: impl FnOnce(Run) -> Expr) -> Parsed<Id> {
        let waiting = &self.pending[mark..];
        let below = waiting.iter().map(|&child| self.heights[child as usize]).max().unwrap_or(0);
        let run = Run { start: self.ast.children.len() as u32, len: waiting.len() as u32 };
        self.ast.children.extend_from_slice(waiting);
        self.pending.truncate(mark);
        self.push_above(start, make(run), below)
    }

    /// Takes back a node that turned out to be only a part of a name.
    pub(super) fn unpush(&mut self, id: Id) {
        if id as usize + 1 == self.ast.nodes.len() {
            self.ast.nodes.pop();
            self.ast.ranges.pop();
            self.heights.pop();
        }
    }

    pub(super) fn start(&self, id: Id) -> u32 {
        self.ast.ranges[id as usize].start
    }

    pub(super) fn expr(&mut self) -> Parsed<Id> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(CelError::too_deep(self.next.range()));
        }
        let condition = self.any()?;
        let id = if self.eat(b"?")? {
            let yes = self.any()?;
            self.expect(b":")?;
            let no = self.expr()?;
            self.push(self.start(condition), Expr::Choose(condition, yes, no), &[condition, yes, no])?
        } else {
            condition
        };
        self.depth -= 1;
        Ok(id)
    }

    fn any(&mut self) -> Parsed<Id> {
        self.chain(b"||", Self::every, Expr::Or)
    }

    fn every(&mut self) -> Parsed<Id> {
        self.chain(b"&&", |parser| parser.binary(1), Expr::And)
    }

    /// Operands joined by one logical operator: a flat node, so that long chains stay shallow.
    fn chain(
        &mut self,
        sign: &[u8],
        operand: impl Fn(&mut Self) -> Parsed<Id>,
        make: fn(Run) -> Expr,
    ) -> Parsed<Id> {
        let first = operand(self)?;
        if !self.at(sign) {
            return Ok(first);
        }
        let mark = self.pending.len();
        self.pending.push(first);
        while self.eat(sign)? {
            let id = operand(self)?;
            self.pending.push(id);
        }
        self.push_run(self.start(first), mark, make)
    }

    fn operator(&self) -> Option<(Op, u8)> {
        Some(match self.next.kind {
            Kind::Sign([b'=', b'=']) => (Op::Equal, 1),
            Kind::Sign([b'!', b'=']) => (Op::Unequal, 1),
            Kind::Sign([b'<', 0]) => (Op::Less, 1),
            Kind::Sign([b'<', b'=']) => (Op::AtMost, 1),
            Kind::Sign([b'>', 0]) => (Op::Greater, 1),
            Kind::Sign([b'>', b'=']) => (Op::AtLeast, 1),
            Kind::Word if &self.source[self.next.range()] == "in" => (Op::In, 1),
            Kind::Sign([b'+', 0]) => (Op::Add, 2),
            Kind::Sign([b'-', 0]) => (Op::Subtract, 2),
            Kind::Sign([b'*', 0]) => (Op::Multiply, 3),
            Kind::Sign([b'/', 0]) => (Op::Divide, 3),
            Kind::Sign([b'%', 0]) => (Op::Remainder, 3),
            _ => return None,
        })
    }

    fn binary(&mut self, least: u8) -> Parsed<Id> {
        let mut left = self.unary()?;
        while let Some((op, level)) = self.operator()
            && level >= least
        {
            self.bump()?;
            let right = self.binary(level + 1)?;
            left = self.push(self.start(left), Expr::Binary(op, left, right), &[left, right])?;
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Id> {
        let sign = self.next.kind;
        if sign != Kind::Sign([b'!', 0]) && sign != Kind::Sign([b'-', 0]) {
            return self.member(false);
        }
        let mut starts = Vec::with_capacity(1);
        while self.next.kind == sign {
            starts.push(self.bump()?.start);
        }
        let minus = sign == Kind::Sign([b'-', 0]);
        let number = matches!(self.next.kind, Kind::Int | Kind::Double);
        let negative = minus && number && starts.pop().is_some();
        let mut id = self.member(negative)?;
        while let Some(start) = starts.pop() {
            id = self.push(start, if minus { Expr::Negate(id) } else { Expr::Not(id) }, &[id])?;
        }
        Ok(id)
    }

    fn member(&mut self, negative: bool) -> Parsed<Id> {
        let mut id = self.primary(negative)?;
        loop {
            if self.eat(b".")? {
                id = self.dotted(id)?;
            } else if self.eat(b"[")? {
                let optional = self.eat(b"?")?;
                let at = self.expr()?;
                self.expect(b"]")?;
                id = self.push(self.start(id), Expr::Index { of: id, at, optional }, &[id, at])?;
            } else if self.at(b"{") {
                return Err(CelError::new(
                    self.start(id) as usize..self.next.end as usize,
                    "messages cannot be made here; write a map, `{\"key\": value}`",
                ));
            } else {
                return Ok(id);
            }
        }
    }

    /// What follows a dot: a field or a call.
    fn dotted(&mut self, of: Id) -> Parsed<Id> {
        let optional = self.eat(b"?")?;
        let token = self.next;
        let name = match token.kind {
            Kind::Word => field_name(self.source, token),
            Kind::Quoted => Slice { start: token.start + 1, end: token.end - 1 },
            _ => return Err(self.unexpected("a field name")),
        };
        if matches!(&self.source[token.range()], "in" | "true" | "false" | "null") {
            return Err(self.unexpected("a field name"));
        }
        self.bump()?;
        if token.kind == Kind::Word && !optional && self.at(b"(") {
            return self.method(of, token);
        }
        if let Some(known) = self.dotted_type(of, name) {
            return self.push(self.start(of), Expr::Type(known), &[]);
        }
        self.push(self.start(of), Expr::Select { of, name, optional }, &[of])
    }

    /// The type that a dotted name means, its first parts being `of`.
    fn dotted_type(&self, of: Id, name: Slice) -> Option<&'static str> {
        const TYPES: [&str; 4] =
            ["google.protobuf.Timestamp", "google.protobuf.Duration", "net.IP", "net.CIDR"];
        let parent = match self.ast.expr(of) {
            Expr::Free(first) => self.ast.str(first) == "net",
            Expr::Select { of: root, name: middle, optional: false } => {
                matches!(self.ast.expr(root), Expr::Free(first) if self.ast.str(first) == "google")
                    && self.ast.str(middle) == "protobuf"
            }
            _ => false,
        };
        let word = self.ast.str(name);
        let known = || TYPES.into_iter().find(|known| known.rsplit('.').next() == Some(word));
        if parent { known() } else { None }
    }

    fn method(&mut self, of: Id, token: Token) -> Parsed<Id> {
        if let Expr::Free(group) = self.ast.expr(of)
            && NAMESPACES.contains(&self.ast.str(group))
        {
            self.unpush(of);
            return self.call(Token { start: group.start, ..token }, None);
        }
        self.call(token, Some(of))
    }

    /// A call; `token` is the function's name and the next token is `(`.
    pub(super) fn call(&mut self, token: Token, of: Option<Id>) -> Parsed<Id> {
        let start = of.map_or(token.start, |of| self.start(of));
        let name = &self.source[token.range()];
        self.bump()?;
        if let Some(id) = self.macro_call(name, token, of)? {
            return Ok(id);
        }
        let mark = self.pending.len();
        self.pending.extend(of);
        self.items(b")", Self::expr)?;
        let count = self.pending.len() - mark;
        let function = functions::find(name, of.is_some(), count)
            .map_err(|message| CelError::new(token.range(), message))?;
        if let (2, &[subject, pattern]) = (count, &self.pending[mark..])
            && function.name == "matches"
            && let Expr::Text(text) = self.ast.expr(pattern)
        {
            self.pending.truncate(mark);
            self.ast.patterns.push(Pattern { text, node: pattern, regex: std::sync::OnceLock::new() });
            let number = self.ast.patterns.len() as u32 - 1;
            return self.push(start, Expr::Matches(subject, number), &[subject, pattern]);
        }
        self.push_run(start, mark, |run| Expr::Call(function, run))
    }

    /// Items up to `close`, each left waiting; a comma may follow the last.
    pub(super) fn items(&mut self, close: &[u8], item: impl Fn(&mut Self) -> Parsed<Id>) -> Parsed<()> {
        while !self.eat(close)? {
            let id = item(self)?;
            self.pending.push(id);
            if !self.eat(b",")? {
                return self.expect(close);
            }
        }
        Ok(())
    }
}
