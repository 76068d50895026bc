//! Reads the calls whose arguments are not plain values: `has`, the walks over collections, `cel.bind`, `optMap`.

use super::CelError;
use super::ast::{Expr, Fold, FoldKind, Id, Slice};
use super::lex::{self, Kind, Token};
use super::parse::{Parsed, Parser};

impl Parser<'_> {
    /// Reads the rest of a macro after its `(`, or nothing if `name` is an ordinary function.
    pub(super) fn macro_call(&mut self, name: &str, token: Token, of: Option<Id>) -> Parsed<Option<Id>> {
        let Some(of) = of else {
            return match name {
                "has" => self.has(token).map(Some),
                "cel.bind" => self.bind(token).map(Some),
                _ => Ok(None),
            };
        };
        let kind = match name {
            "all" => FoldKind::All,
            "exists" => FoldKind::Exists,
            "exists_one" | "existsOne" => FoldKind::ExistsOne,
            "filter" => FoldKind::Filter,
            "map" | "transformList" => FoldKind::List,
            "transformMap" => FoldKind::Map,
            "transformMapEntry" => FoldKind::Entries,
            "optMap" | "optFlatMap" => return self.opt_map(of, name == "optFlatMap").map(Some),
            "or" | "orValue" => return self.or_else(of, name == "orValue").map(Some),
            _ => return Ok(None),
        };
        let pair = match name {
            "map" | "filter" => Some(false),
            "transformList" | "transformMap" | "transformMapEntry" => Some(true),
            _ => None,
        };
        self.fold(kind, of, pair).map(Some)
    }

    fn has(&mut self, token: Token) -> Parsed<Id> {
        let id = self.expr()?;
        self.expect(b")")?;
        let range = self.ast.range(id);
        let (of, name) = match self.ast.expr(id) {
            Expr::Select { of, name, .. } => (of, name),
            // A name that is no word, as in `has(container.flags["log-level"])`.
            Expr::Index { of, at, .. } if let Expr::Text(name) = self.ast.expr(at) => (of, name),
            _ => return Err(CelError::new(range, "`has` takes a field, as in `has(object.field)`")),
        };
        self.push(token.start, Expr::Has { of, name }, &[id])
    }

    /// A simple name that a macro binds.
    fn binder(&mut self) -> Parsed<Slice> {
        let token = self.next;
        let name = &self.source[token.range()];
        if token.kind != Kind::Word || matches!(name, "true" | "false" | "null" | "in") {
            return Err(self.unexpected("a simple name for the variable of the macro"));
        }
        self.bump()?;
        if !self.at(b",") {
            return Err(self.unexpected("`,` after the variable of the macro"));
        }
        self.bump()?;
        Ok(Slice { start: token.start, end: token.end })
    }

    /// Whether a name and a comma come next: a second variable.
    fn binder_ahead(&self) -> bool {
        self.next.kind == Kind::Word
            && lex::token(self.source, self.next.end as usize)
                .is_ok_and(|token| token.kind == Kind::Sign([b',', 0]))
    }

    /// `pair` says whether two variables are bound; `None` leaves it to the arguments.
    fn fold(&mut self, kind: FoldKind, over: Id, pair: Option<bool>) -> Parsed<Id> {
        let mark = self.locals.len();
        let first = self.binder()?;
        let pair = pair.unwrap_or_else(|| self.binder_ahead());
        let second = if pair { Some(self.binder()?) } else { None };
        if let Some(second) = second
            && self.ast.str(first) == self.ast.str(second)
        {
            let range = second.start as usize..second.end as usize;
            return Err(CelError::new(range, "both variables of the macro have this name"));
        }
        self.locals.push(first);
        self.locals.extend(second);
        let body = self.expr()?;
        let filtered = matches!(kind, FoldKind::List | FoldKind::Map | FoldKind::Entries);
        let (filter, body) =
            if filtered && self.eat(b",")? { (Some(body), self.expr()?) } else { (None, body) };
        self.eat(b",")?;
        self.expect(b")")?;
        self.locals.truncate(mark);
        let number = self.ast.folds.len() as u32;
        self.ast.folds.push(Fold { kind, over, pair, filter, body });
        self.push(self.start(over), Expr::Fold(number), &[over, body, filter.unwrap_or(body)])
    }

    fn bind(&mut self, token: Token) -> Parsed<Id> {
        let name = self.binder()?;
        let value = self.expr()?;
        self.expect(b",")?;
        self.locals.push(name);
        let body = self.expr()?;
        self.locals.pop();
        self.expect(b")")?;
        self.push(token.start, Expr::Bind(value, body), &[value, body])
    }

    fn opt_map(&mut self, of: Id, flat: bool) -> Parsed<Id> {
        let name = self.binder()?;
        self.locals.push(name);
        let body = self.expr()?;
        self.locals.pop();
        self.expect(b")")?;
        self.push(self.start(of), Expr::OptMap { of, body, flat }, &[of, body])
    }

    fn or_else(&mut self, of: Id, value: bool) -> Parsed<Id> {
        let other = self.expr()?;
        self.expect(b")")?;
        self.push(self.start(of), Expr::OrElse { of, other, value }, &[of, other])
    }
}
