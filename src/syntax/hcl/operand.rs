//! What operators stand between: literals, names, calls, brackets, and the steps into any of them.

use super::parser::{Parser, Read};
use super::tree::{Call, Expr, ExprKind, Name, Step, StepKind};
use crate::syntax::parsed::ErrorKind;

impl Parser<'_> {
    /// A value with the steps that follow it.
    pub(super) fn access(&mut self) -> Read<Expr> {
        let of = self.operand()?;
        let mut steps = Vec::new();
        loop {
            let before = self.at;
            // A step may stand on the next line where line ends mean nothing.
            self.space();
            let Some(step) = self.step()? else {
                self.at = before;
                break;
            };
            steps.push(step);
        }
        let Some(last) = steps.last() else { return Ok(of) };
        let span = of.span.to(last.span);
        Ok(Expr { span, kind: ExprKind::Access(Box::new(of), steps) })
    }

    fn step(&mut self) -> Read<Option<Step>> {
        let start = self.at;
        let kind = match (self.peek(), self.ahead(1)) {
            // The end of a spread argument.
            (b'.', b'.') => return Ok(None),
            (b'.', _) => {
                self.at += 1;
                self.space();
                self.field()?
            }
            (b'[', _) => self.nested(true, |parser| {
                parser.at += 1;
                parser.space();
                if parser.peek() == b'*' {
                    let star = parser.at;
                    parser.at += 1;
                    parser.space();
                    if parser.eat("]") {
                        return Ok(StepKind::FullSplat);
                    }
                    parser.at = star;
                }
                let index = parser.expr()?;
                parser.space();
                parser.close("]", start)?;
                Ok(StepKind::Index(index))
            })?,
            _ => return Ok(None),
        };
        Ok(Some(Step { span: self.since(start), kind }))
    }

    /// What follows a dot.
    fn field(&mut self) -> Read<StepKind> {
        if self.eat("*") {
            return Ok(StepKind::AttributeSplat);
        }
        let digits = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            let number = self.text[self.at..self.at + digits].parse();
            self.at += digits;
            return Ok(StepKind::LegacyIndex(number.unwrap_or(u64::MAX)));
        }
        match self.name() {
            Some(name) => Ok(StepKind::Field(name.text)),
            None => self.lose("the name of an attribute"),
        }
    }

    fn operand(&mut self) -> Read<Expr> {
        let start = self.at;
        let kind = match self.peek() {
            b'0'..=b'9' => self.number(),
            b'"' => ExprKind::Template(self.nested(false, Parser::quoted)?),
            b'<' if self.ahead(1) == b'<' => return self.heredoc(),
            b'[' => self.nested(true, |parser| parser.tuple(start))?,
            b'{' => self.nested(true, |parser| parser.object(start))?,
            b'(' => self.nested(true, |parser| {
                parser.at += 1;
                parser.space();
                let value = parser.expr()?;
                parser.space();
                parser.close(")", start)?;
                Ok(ExprKind::Paren(Box::new(value)))
            })?,
            b'\'' => return Ok(self.single_quoted()),
            _ => match self.name() {
                Some(name) => self.named(name)?,
                None => return self.lose("a value"),
            },
        };
        Ok(Expr { span: self.since(start), kind })
    }

    fn named(&mut self, name: Name) -> Read<ExprKind> {
        let mut name = name;
        while self.starts("::") {
            self.at += 2;
            match self.name() {
                Some(more) => {
                    name.text = format!("{}::{}", name.text, more.text);
                    name.span = name.span.to(more.span);
                }
                None => return self.lose("the name of a function"),
            }
        }
        if self.peek() == b'(' {
            return self.nested(true, |parser| parser.call(name));
        }
        Ok(match name.text.as_str() {
            "null" => ExprKind::Null,
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            _ => ExprKind::Variable(name.text),
        })
    }

    fn call(&mut self, name: Name) -> Read<ExprKind> {
        let open = self.at;
        let mut call = Call { name, arguments: Vec::new(), spread: false };
        self.at += 1;
        loop {
            self.space();
            if self.eat(")") {
                return Ok(ExprKind::Call(call));
            }
            call.arguments.push(self.expr()?);
            self.space();
            if self.eat("...") {
                call.spread = true;
                self.space();
                self.close(")", open)?;
                return Ok(ExprKind::Call(call));
            }
            if !self.eat(",") {
                self.close(")", open)?;
                return Ok(ExprKind::Call(call));
            }
        }
    }

    fn number(&mut self) -> ExprKind {
        let start = self.at;
        self.digits();
        if self.peek() == b'.' && self.ahead(1).is_ascii_digit() {
            self.at += 1;
            self.digits();
        }
        let sign = usize::from(matches!(self.ahead(1), b'+' | b'-'));
        if matches!(self.peek(), b'e' | b'E') && self.ahead(1 + sign).is_ascii_digit() {
            self.at += 1 + sign;
            self.digits();
        }
        ExprKind::Number(self.text[start..self.at].parse().unwrap_or(f64::INFINITY))
    }

    fn digits(&mut self) {
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
    }

    /// Text in single quotes is no text in HCL; what was meant is plain.
    fn single_quoted(&mut self) -> Expr {
        let start = self.at;
        let end = self.line_end(start);
        let close = memchr::memchr(b'\'', &self.bytes[start + 1..end]);
        self.at = close.map_or(end, |close| start + close + 2);
        let message = "text stands in double quotes";
        self.report(start, self.at, ErrorKind::Unreadable, message);
        Expr { span: self.since(start), kind: ExprKind::Unreadable }
    }
}
