//! Evaluates operators.

use std::cmp::Ordering;

use super::ast::{Expr, Id, Op, Run};
use super::compare;
use super::eval::Machine;
use super::fault::{Eval, Fault, keep};
use super::functions;
use super::number;
use super::walk::type_name;
use crate::model::Value;

impl<'a> Machine<'_, 'a> {
    /// `&&` and `||`: the value `decides` of any operand decides, whatever the others are.
    pub(super) fn chain(&mut self, run: Run, decides: bool) -> Eval<'a> {
        let mut worst = None;
        for &id in self.ast.run(run) {
            match self.truth(id, if decides { "`||`" } else { "`&&`" }) {
                Ok(value) if value == decides => return Ok(Value::Bool(decides)),
                Ok(_) => {}
                Err(Fault::Spent) => return Err(Fault::Spent),
                Err(fault) => keep(&mut worst, fault),
            }
        }
        worst.map_or(Ok(Value::Bool(!decides)), Err)
    }

    /// Evaluates `next` for the sake of an unknown in it, which hides the error `first`.
    #[cold]
    pub(super) fn also(&mut self, first: Fault, next: &[Id]) -> Fault {
        let mut worst = first;
        for &id in next {
            if let Err(fault) = self.eval(id) {
                worst = worst.or(fault);
            }
        }
        worst
    }

    pub(super) fn both(&mut self, left: Id, right: Id) -> Result<(Value<'a>, Value<'a>), Fault> {
        match self.eval(left) {
            Ok(value) => Ok((value, self.eval(right)?)),
            Err(fault @ Fault::Error(_)) => Err(self.also(fault, &[right])),
            Err(fault) => Err(fault),
        }
    }

    pub(super) fn negate(&mut self, of: Id) -> Eval<'a> {
        match self.eval(of)? {
            Value::Int(value) => {
                value.checked_neg().map(Value::Int).ok_or_else(|| number::overflow(Op::Subtract))
            }
            Value::Double(value) => Ok(Value::Double(-value)),
            other => Fault::error(format!("`-` needs a number, not {}", type_name(&other))),
        }
    }

    pub(super) fn binary(&mut self, op: Op, left: Id, right: Id) -> Eval<'a> {
        if op == Op::In
            && let Expr::List(run) = self.ast.expr(right)
            && self.ast.run(run).iter().all(|&id| matches!(self.ast.expr(id), Expr::Text(_) | Expr::Int(_)))
        {
            return self.in_literals(left, run);
        }
        let (left, right) = self.both(left, right)?;
        let meter = &mut self.meter;
        let result = match op {
            Op::Equal => compare::equal(meter, &left, &right).map(Value::Bool),
            Op::Unequal => compare::equal(meter, &left, &right).map(|same| Value::Bool(!same)),
            Op::In => compare::contains(meter, &right, &left).map(Value::Bool),
            Op::Less | Op::AtMost | Op::Greater | Op::AtLeast => compare::order(meter, &left, &right)
                .map(|order| Value::Bool(order.is_some_and(|order| holds(op, order)))),
            _ => functions::operate(meter, op, &left, &right),
        };
        match result {
            Err(Fault::Mismatch) => {
                let (left, right) = (type_name(&left), type_name(&right));
                Fault::error(format!("`{}` does not take {left} and {right}", op.symbol()))
            }
            result => result,
        }
    }

    /// `x in ["a", "b"]` without making the list.
    fn in_literals(&mut self, left: Id, run: Run) -> Eval<'a> {
        let wanted = self.eval(left)?;
        for &id in self.ast.run(run) {
            let item = self.eval(id)?;
            if compare::equal(&mut self.meter, &item, &wanted)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }
}

fn holds(op: Op, order: Ordering) -> bool {
    match op {
        Op::Less => order.is_lt(),
        Op::AtMost => order.is_le(),
        Op::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}
