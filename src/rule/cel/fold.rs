//! Evaluates the macros that walk a list or map.

use super::ast::{Fold, FoldKind};
use super::eval::Machine;
use super::fault::{Eval, Fault, keep};
use super::walk::{Walk, settle, type_name};
use crate::model::Value;

impl<'a> Machine<'_, 'a> {
    /// Evaluates the macro of this number.
    pub(super) fn fold(&mut self, number: u32) -> Eval<'a> {
        let fold = &self.ast.folds[number as usize];
        let over = self.eval(fold.over)?;
        let Some(walk) = Walk::of(&over) else {
            return Fault::error(format!("only a list or map can be walked, not {}", type_name(&over)));
        };
        self.meter.spend(walk.len() / 4)?;
        let mark = self.locals.len();
        self.locals.push(Ok(Value::Null));
        if fold.pair {
            self.locals.push(Ok(Value::Null));
        }
        let result = match fold.kind {
            FoldKind::All => self.decide(fold, &walk, false),
            FoldKind::Exists => self.decide(fold, &walk, true),
            FoldKind::ExistsOne => self.exists_one(fold, &walk),
            FoldKind::Filter | FoldKind::List => self.collect(fold, &walk),
            FoldKind::Map | FoldKind::Entries => self.collect_map(fold, &walk),
        };
        self.locals.truncate(mark);
        result
    }

    /// Binds the variables to the element at this position.
    fn step(&mut self, fold: &Fold, walk: &Walk<'a>, at: usize) -> Result<(), Fault> {
        self.meter.spend(1)?;
        let last = self.locals.len() - 1;
        if fold.pair {
            self.locals[last - 1] = Ok(walk.key(at));
        }
        let value = if fold.pair || walk.is_list() { walk.value(at) } else { walk.key(at) };
        self.locals[last] = Ok(self.meter.copied(value)?);
        Ok(())
    }

    /// `all` and `exists`: one element can decide, even if others fail or cannot be known.
    fn decide(&mut self, fold: &Fold, walk: &Walk<'a>, decides: bool) -> Eval<'a> {
        let mut worst = walk.open().map(Fault::Unknown);
        for at in 0..walk.len() {
            self.step(fold, walk, at)?;
            match self.truth(fold.body, if decides { "`exists`" } else { "`all`" }) {
                Ok(value) if value == decides => return Ok(Value::Bool(decides)),
                Ok(_) => {}
                Err(Fault::Spent) => return Err(Fault::Spent),
                Err(fault) => keep(&mut worst, fault),
            }
        }
        worst.map_or(Ok(Value::Bool(!decides)), Err)
    }

    fn exists_one(&mut self, fold: &Fold, walk: &Walk<'a>) -> Eval<'a> {
        let mut unknown = walk.open().map(Fault::Unknown);
        let mut error = None;
        let mut count = 0;
        for at in 0..walk.len() {
            self.step(fold, walk, at)?;
            match self.truth(fold.body, "`exists_one`") {
                Ok(value) => count += u32::from(value),
                Err(Fault::Spent) => return Err(Fault::Spent),
                Err(fault @ Fault::Unknown(_)) => keep(&mut unknown, fault),
                Err(fault) => keep(&mut error, fault),
            }
        }
        match unknown {
            // Two are two, whatever the others turn out to be.
            Some(_) if count > 1 && error.is_none() => Ok(Value::Bool(false)),
            Some(fault) => Err(fault),
            None => error.map_or(Ok(Value::Bool(count == 1)), Err),
        }
    }

    /// Evaluates filter and body for one element.
    fn element(&mut self, fold: &Fold, walk: &Walk<'a>, at: usize) -> Result<Option<Value<'a>>, Fault> {
        self.step(fold, walk, at)?;
        if let Some(filter) = fold.filter
            && !self.truth(filter, "the filter")?
        {
            return Ok(None);
        }
        if fold.kind != FoldKind::Filter {
            return self.eval(fold.body).map(Some);
        }
        if !self.truth(fold.body, "`filter`")? {
            return Ok(None);
        }
        Ok(Some(if walk.is_list() { walk.value(at) } else { settle(walk.key(at))? }))
    }

    fn collect(&mut self, fold: &Fold, walk: &Walk<'a>) -> Eval<'a> {
        let mut worst = walk.open().map(Fault::Unknown);
        let mut values = Vec::new();
        for at in 0..walk.len() {
            match self.element(fold, walk, at) {
                Ok(value) => values.extend(value),
                Err(Fault::Spent) => return Err(Fault::Spent),
                Err(fault) => keep(&mut worst, fault),
            }
        }
        worst.map_or_else(|| Ok(Value::list(values)), Err)
    }

    fn collect_map(&mut self, fold: &Fold, walk: &Walk<'a>) -> Eval<'a> {
        let mut worst = walk.open().map(Fault::Unknown);
        let mut entries = Vec::new();
        for at in 0..walk.len() {
            let added = match self.element(fold, walk, at) {
                Ok(None) => Ok(()),
                Ok(Some(value)) if fold.kind == FoldKind::Map => {
                    settle(walk.key(at)).and_then(|key| self.insert(&mut entries, key, value))
                }
                Ok(Some(value)) => self.insert_all(&mut entries, &value),
                Err(fault) => Err(fault),
            };
            match added {
                Ok(()) => {}
                Err(Fault::Spent) => return Err(Fault::Spent),
                Err(fault) => keep(&mut worst, fault),
            }
        }
        worst.map_or_else(|| Ok(Value::Map(entries.into())), Err)
    }

    fn insert_all(
        &mut self,
        entries: &mut Vec<(Value<'a>, Value<'a>)>,
        map: &Value<'a>,
    ) -> Result<(), Fault> {
        let Some(walk) = Walk::of(map).filter(|walk| !walk.is_list()) else {
            return Fault::error(format!("`transformMapEntry` must give a map, not {}", type_name(map)));
        };
        let walk = walk.closed()?;
        for at in 0..walk.len() {
            self.insert(entries, settle(walk.key(at))?, walk.value(at))?;
        }
        Ok(())
    }
}
