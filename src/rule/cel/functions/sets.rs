//! Lists read as sets.

use super::Function;
use super::collections::items;
use crate::model::Value;
use crate::rule::cel::compare;
use crate::rule::cel::fault::{Eval, Fault, Meter};

pub(super) static TABLE: &[Function] = &[
    Function::global("sets.contains", 2, 2, contains),
    Function::global("sets.equivalent", 2, 2, equivalent),
    Function::global("sets.intersects", 2, 2, intersects),
];

type Lists<'a> = (Vec<Value<'a>>, Vec<Value<'a>>);

fn lists<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Result<Lists<'a>, Fault> {
    let [left, right] = args else { return Err(Fault::Mismatch) };
    Ok((items(meter, left)?, items(meter, right)?))
}

fn holds(meter: &mut Meter, set: &[Value<'_>], wanted: &Value<'_>) -> Result<bool, Fault> {
    for item in set {
        meter.spend(1)?;
        if compare::equal(meter, item, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn covers(meter: &mut Meter, set: &[Value<'_>], part: &[Value<'_>]) -> Result<bool, Fault> {
    for item in part {
        if !holds(meter, set, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn contains<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (set, part) = lists(meter, args)?;
    covers(meter, &set, &part).map(Value::Bool)
}

fn equivalent<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (left, right) = lists(meter, args)?;
    Ok(Value::Bool(covers(meter, &left, &right)? && covers(meter, &right, &left)?))
}

fn intersects<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (left, right) = lists(meter, args)?;
    for item in &right {
        if holds(meter, &left, item)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}
