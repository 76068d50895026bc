//! Evaluates a compiled expression. Recursion is bounded by the parser's limit on depth.

use std::borrow::Cow;

use super::access::{self, as_optional, optional};
use super::ast::{Ast, Expr, Id, Run, Slice};
use super::compare;
use super::fault::{Eval, Fault, Meter};
use super::functions::{self, Function};
use super::pattern;
use super::walk::{Walk, settle, type_name};
use crate::model::Value;

/// One evaluation.
pub(super) struct Machine<'s, 'a> {
    pub(super) ast: &'a Ast,
    scope: &'s [(&'s str, Value<'a>)],
    /// What macros bind, innermost last.
    pub(super) locals: Vec<Eval<'a>>,
    pub(super) meter: Meter,
}

impl<'s, 'a> Machine<'s, 'a> {
    pub(super) fn new(ast: &'a Ast, scope: &'s [(&'s str, Value<'a>)], steps: u64) -> Self {
        Machine { ast, scope, locals: Vec::new(), meter: Meter::new(steps) }
    }

    /// The settled value of a node.
    pub(super) fn eval(&mut self, id: Id) -> Eval<'a> {
        self.meter.spend(1)?;
        match self.ast.expr(id) {
            Expr::Null => Ok(Value::Null),
            Expr::Bool(value) => Ok(Value::Bool(value)),
            Expr::Int(value) => Ok(Value::Int(value)),
            Expr::Uint(value) => Ok(Value::Uint(value)),
            Expr::Double(value) => Ok(Value::Double(value)),
            Expr::Text(slice) => Ok(Value::text(self.ast.str(slice))),
            Expr::Bytes(slice) => Ok(Value::Bytes(Cow::Borrowed(self.bytes(slice)))),
            Expr::Type(name) => Ok(functions::type_value(name)),
            Expr::Free(name) => {
                let value = settle(self.free(name)?.clone())?;
                self.meter.copied(value)
            }
            Expr::Local(at) => {
                let value = settle(self.locals[at as usize].clone()?)?;
                self.meter.copied(value)
            }
            Expr::Select { of, name, optional } => self.select(of, name, optional),
            Expr::Has { of, name } => self.has(of, name),
            Expr::Index { of, at, optional } => self.index(of, at, optional),
            Expr::And(run) => self.chain(run, false),
            Expr::Or(run) => self.chain(run, true),
            Expr::Not(of) => self.truth(of, "`!`").map(|value| Value::Bool(!value)),
            Expr::Negate(of) => self.negate(of),
            Expr::Binary(op, left, right) => self.binary(op, left, right),
            Expr::Choose(condition, yes, no) => {
                let chosen = if self.truth(condition, "`?`")? { yes } else { no };
                self.eval(chosen)
            }
            Expr::List(run) => self.list(run),
            Expr::Map(run) => self.map(run),
            Expr::Maybe(of) => self.eval(of),
            Expr::Call(function, run) => self.call(function, run),
            Expr::Matches(of, number) => self.matches(of, number),
            Expr::Fold(number) => self.fold(number),
            Expr::Bind(value, body) => self.bind(value, body),
            Expr::OptMap { of, body, flat } => self.opt_map(of, body, flat),
            Expr::OrElse { of, other, value } => self.or_else(of, other, value),
        }
    }

    fn bytes(&self, slice: Slice) -> &'a [u8] {
        &self.ast.bytes[slice.start as usize..slice.end as usize]
    }

    fn free(&self, name: Slice) -> Result<&'s Value<'a>, Fault> {
        let name = self.ast.str(name);
        let found = self.scope.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| value)
            .ok_or_else(|| Fault::Error(format!("there is no variable `{name}`").into()))
    }

    /// A value that must be true or false, for the sake of `what`.
    pub(super) fn truth(&mut self, id: Id, what: &str) -> Result<bool, Fault> {
        match self.eval(id)? {
            Value::Bool(value) => Ok(value),
            other => Fault::error(format!("{what} needs a bool, not {}", type_name(&other))),
        }
    }

    fn select(&mut self, of: Id, name: Slice, wants_optional: bool) -> Eval<'a> {
        let value = self.eval(of)?;
        let name = self.ast.str(name);
        if let Some(inner) = as_optional(&value) {
            return match inner {
                Some(value) => access::field(&mut self.meter, value, name)?.optional(),
                None => Ok(optional(None)),
            };
        }
        let found = access::field(&mut self.meter, &value, name)?;
        let value =
            if wants_optional { found.optional() } else { found.value(|| format!("no such key: `{name}`")) }?;
        self.meter.copied(value)
    }

    fn has(&mut self, of: Id, name: Slice) -> Eval<'a> {
        let value = self.eval(of)?;
        let name = self.ast.str(name);
        let value = match as_optional(&value) {
            Some(None) => return Ok(Value::Bool(false)),
            Some(Some(inner)) => inner,
            None => &value,
        };
        access::field(&mut self.meter, value, name)?.set().map(Value::Bool)
    }

    fn index(&mut self, of: Id, at: Id, wants_optional: bool) -> Eval<'a> {
        let (value, at) = self.both(of, at)?;
        let inner = as_optional(&value);
        let found = match inner {
            Some(None) => return Ok(optional(None)),
            Some(Some(inner)) => access::index(&mut self.meter, inner, &at),
            None => access::index(&mut self.meter, &value, &at),
        };
        let found = match found {
            Err(Fault::Mismatch) => {
                return Fault::error(format!(
                    "{} cannot be indexed by {}",
                    type_name(&value),
                    type_name(&at)
                ));
            }
            found => found?,
        };
        let item = if wants_optional || inner.is_some() {
            found.optional()
        } else {
            found.value(|| absent(&value, &at))
        }?;
        self.meter.copied(item)
    }

    /// All values of `ids`, or the fault that decides.
    fn all(&mut self, ids: &[Id]) -> Result<Vec<Value<'a>>, Fault> {
        let mut values = Vec::with_capacity(ids.len());
        for (at, &id) in ids.iter().enumerate() {
            match self.eval(id) {
                Ok(value) => values.push(value),
                Err(fault @ Fault::Error(_)) => return Err(self.also(fault, &ids[at + 1..])),
                Err(fault) => return Err(fault),
            }
        }
        Ok(values)
    }

    fn list(&mut self, run: Run) -> Eval<'a> {
        let ids = self.ast.run(run);
        let mut values = self.all(ids)?;
        if ids.iter().any(|&id| matches!(self.ast.expr(id), Expr::Maybe(_))) {
            let given = std::mem::replace(&mut values, Vec::with_capacity(ids.len()));
            for (value, &id) in given.into_iter().zip(ids) {
                values.extend(self.given(id, value)?);
            }
        }
        Ok(Value::list(values))
    }

    /// The value of an element; nothing for an optional one that holds nothing.
    fn given(&self, id: Id, value: Value<'a>) -> Result<Option<Value<'a>>, Fault> {
        if !matches!(self.ast.expr(id), Expr::Maybe(_)) {
            return Ok(Some(value));
        }
        match as_optional(&value) {
            Some(inner) => Ok(inner.clone()),
            None => Fault::error(format!("`?` needs an optional, not {}", type_name(&value))),
        }
    }

    fn map(&mut self, run: Run) -> Eval<'a> {
        let ids = self.ast.run(run);
        let mut values = self.all(ids)?.into_iter();
        let mut entries = Vec::with_capacity(ids.len() / 2);
        for pair in ids.chunks_exact(2) {
            let (Some(key), Some(value)) = (values.next(), values.next()) else { break };
            if let Some(value) = self.given(pair[1], value)? {
                self.insert(&mut entries, key, value)?;
            }
        }
        Ok(Value::Map(entries.into()))
    }

    /// Adds an entry whose key must be new.
    pub(super) fn insert(
        &mut self,
        entries: &mut Vec<(Value<'a>, Value<'a>)>,
        key: Value<'a>,
        value: Value<'a>,
    ) -> Result<(), Fault> {
        if !matches!(key, Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::String(_)) {
            return Fault::error(format!("{} cannot be the key of a map", type_name(&key)));
        }
        for (known, _) in entries.iter() {
            self.meter.spend(1)?;
            if compare::equal(&mut self.meter, known, &key)? {
                return Fault::error("a key of this map is given twice");
            }
        }
        entries.push((key, value));
        Ok(())
    }

    fn call(&mut self, function: &'static Function, run: Run) -> Eval<'a> {
        let ast = self.ast;
        match *ast.run(run) {
            [one] => {
                let args = [self.eval(one)?];
                self.apply(function, &args)
            }
            [one, two] => {
                let (one, two) = self.both(one, two)?;
                self.apply(function, &[one, two])
            }
            ref ids => {
                let args = self.all(ids)?;
                self.apply(function, &args)
            }
        }
    }

    fn apply(&mut self, function: &'static Function, args: &[Value<'a>]) -> Eval<'a> {
        match (function.body)(&mut self.meter, args) {
            Err(Fault::Mismatch) => {
                let types: Vec<&str> = args.iter().map(type_name).collect();
                Fault::error(format!("`{}` does not take ({})", function.name, types.join(", ")))
            }
            result => result,
        }
    }

    fn matches(&mut self, of: Id, number: u32) -> Eval<'a> {
        let value = self.eval(of)?;
        let Value::String(text) = &value else {
            return Fault::error(format!("`matches` needs a string, not {}", type_name(&value)));
        };
        self.meter.bytes(text.len())?;
        match pattern::compiled(self.ast, &self.ast.patterns[number as usize]) {
            Ok(regex) => Ok(Value::Bool(regex.is_match(text))),
            Err(message) => Fault::error(message.to_owned()),
        }
    }

    fn bind(&mut self, value: Id, body: Id) -> Eval<'a> {
        let value = match self.eval(value) {
            Err(Fault::Spent) => return Err(Fault::Spent),
            value => value,
        };
        self.locals.push(value);
        let result = self.eval(body);
        self.locals.pop();
        result
    }

    fn opt_map(&mut self, of: Id, body: Id, flat: bool) -> Eval<'a> {
        let value = self.eval(of)?;
        let Some(inner) = as_optional(&value) else {
            return Fault::error(format!("`optMap` needs an optional, not {}", type_name(&value)));
        };
        let Some(inner) = inner else { return Ok(value) };
        self.locals.push(Ok(inner.clone()));
        let result = self.eval(body);
        self.locals.pop();
        let result = result?;
        match (flat, as_optional(&result)) {
            (false, _) => Ok(optional(Some(result))),
            (true, Some(_)) => Ok(result),
            (true, None) => {
                Fault::error(format!("`optFlatMap` must give an optional, not {}", type_name(&result)))
            }
        }
    }

    fn or_else(&mut self, of: Id, other: Id, wants_value: bool) -> Eval<'a> {
        let value = self.eval(of)?;
        match as_optional(&value) {
            Some(Some(inner)) if wants_value => Ok(inner.clone()),
            Some(Some(_)) => Ok(value),
            Some(None) => self.eval(other),
            None => Fault::error(format!("`or` needs an optional, not {}", type_name(&value))),
        }
    }
}

fn absent(of: &Value<'_>, at: &Value<'_>) -> String {
    let list = Walk::list(of).is_some();
    match at {
        Value::String(name) => format!("no such key: `{name}`"),
        Value::Int(at) if list => format!("there is no item {at} in this list"),
        _ if list => "there is no such item in this list".to_owned(),
        _ => "no such key".to_owned(),
    }
}
