//! Expressions: conditionals and operators. Chains of operators take no recursion, however long.

use super::parser::{Parser, Read};
use super::tree::{Expr, ExprKind, Operator};

/// Operators of two values, the loosest first.
const LEVELS: [&[Operator]; 6] = [
    &[Operator::Or],
    &[Operator::And],
    &[Operator::Equal, Operator::NotEqual],
    &[Operator::Less, Operator::LessOrEqual, Operator::Greater, Operator::GreaterOrEqual],
    &[Operator::Add, Operator::Subtract],
    &[Operator::Multiply, Operator::Divide, Operator::Remainder],
];

impl Parser<'_> {
    /// An expression.
    pub(super) fn expr(&mut self) -> Read<Expr> {
        let condition = self.operators()?;
        self.space();
        if self.peek() != b'?' {
            return Ok(condition);
        }
        let multiline = self.multiline;
        self.nested(multiline, |parser| {
            parser.at += 1;
            parser.space();
            let yes = parser.expr()?;
            parser.space();
            if !parser.eat(":") {
                return parser.lose("the `:` of a condition");
            }
            parser.space();
            let no = parser.expr()?;
            let span = condition.span.to(no.span);
            Ok(Expr { span, kind: ExprKind::Conditional(Box::new([condition, yes, no])) })
        })
    }

    /// Values with operators between them.
    fn operators(&mut self) -> Read<Expr> {
        let first = self.unary()?;
        let mut rest = Vec::new();
        while let Some(operator) = self.operator() {
            self.space();
            rest.push((operator, self.unary()?));
        }
        Ok(if rest.is_empty() { first } else { grouped(first, rest) })
    }

    fn operator(&mut self) -> Option<Operator> {
        self.space();
        let (operator, width) = match (self.peek(), self.ahead(1)) {
            (b'|', b'|') => (Operator::Or, 2),
            (b'&', b'&') => (Operator::And, 2),
            (b'=', b'=') => (Operator::Equal, 2),
            (b'!', b'=') => (Operator::NotEqual, 2),
            (b'<', b'=') => (Operator::LessOrEqual, 2),
            (b'>', b'=') => (Operator::GreaterOrEqual, 2),
            (b'<', _) => (Operator::Less, 1),
            (b'>', _) => (Operator::Greater, 1),
            (b'+', _) => (Operator::Add, 1),
            (b'-', _) => (Operator::Subtract, 1),
            (b'*', _) => (Operator::Multiply, 1),
            (b'/', _) => (Operator::Divide, 1),
            (b'%', _) => (Operator::Remainder, 1),
            _ => return None,
        };
        self.at += width;
        Some(operator)
    }

    fn unary(&mut self) -> Read<Expr> {
        let start = self.at;
        let operator = match self.peek() {
            b'-' => Operator::Subtract,
            b'!' => Operator::Not,
            _ => return self.access(),
        };
        let multiline = self.multiline;
        self.nested(multiline, |parser| {
            parser.at += 1;
            parser.space();
            let value = parser.unary()?;
            let span = parser.span(start, value.span.end as usize);
            Ok(Expr { span, kind: ExprKind::Unary(operator, Box::new(value)) })
        })
    }
}

/// Binds operators by their precedence, the tightest first.
fn grouped(first: Expr, rest: Vec<(Operator, Expr)>) -> Expr {
    let (mut first, mut rest) = (first, rest);
    for level in LEVELS.iter().rev() {
        if rest.iter().any(|(operator, _)| level.contains(operator)) {
            (first, rest) = bound(first, rest, level);
        }
    }
    first
}

/// Makes one value of each run of values with operators of `level` between them.
fn bound(first: Expr, rest: Vec<(Operator, Expr)>, level: &[Operator]) -> (Expr, Vec<(Operator, Expr)>) {
    let mut done: Vec<(Operator, Expr)> = Vec::new();
    let mut head = None;
    let mut current = first;
    let mut before = None;
    let mut run: Vec<(Operator, Expr)> = Vec::new();
    let mut finish = |current: Expr, run: Vec<(Operator, Expr)>, before: Option<Operator>| {
        let value = chain(current, run);
        match before {
            None => head = Some(value),
            Some(operator) => done.push((operator, value)),
        }
    };
    for (operator, value) in rest {
        if level.contains(&operator) {
            run.push((operator, value));
        } else {
            finish(std::mem::replace(&mut current, value), std::mem::take(&mut run), before);
            before = Some(operator);
        }
    }
    match (before, head) {
        (Some(operator), Some(head)) => {
            done.push((operator, chain(current, run)));
            (head, done)
        }
        _ => (chain(current, run), Vec::new()),
    }
}

fn chain(first: Expr, rest: Vec<(Operator, Expr)>) -> Expr {
    let Some((_, last)) = rest.last() else { return first };
    let span = first.span.to(last.span);
    Expr { span, kind: ExprKind::Binary(Box::new(first), rest) }
}
