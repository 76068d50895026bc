//! Functions of lists, and the size of anything.

use std::cmp::Ordering;

use super::{Function, Style, int, strings, text};
use crate::model::{Quantity, Special, Value};
use crate::rule::cel::ast::Op;
use crate::rule::cel::compare;
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::number;
use crate::rule::cel::walk::{Walk, settle};

pub(super) static TABLE: &[Function] = &[
    Function::new("size", Style::Either, 1, 1, size),
    Function::member("join", 1, 2, join),
    Function::member("indexOf", 2, 3, index_of),
    Function::member("lastIndexOf", 2, 3, last_index_of),
    Function::member("reverse", 1, 1, reverse),
    Function::member("sum", 1, 1, sum),
    Function::member("min", 1, 1, min),
    Function::member("max", 1, 1, max),
    Function::member("isSorted", 1, 1, is_sorted),
    Function::member("slice", 3, 3, slice),
    Function::member("flatten", 1, 2, flatten),
    Function::member("distinct", 1, 1, distinct),
    Function::member("sort", 1, 1, sort),
    Function::member("first", 1, 1, first),
    Function::member("last", 1, 1, last),
    Function::global("lists.range", 1, 1, range),
];

/// The items of a list, settled; unknown if there may be more.
pub(super) fn items<'a>(meter: &mut Meter, list: &Value<'a>) -> Result<Vec<Value<'a>>, Fault> {
    let walk = Walk::list(list).ok_or(Fault::Mismatch)?;
    meter.spend(walk.len())?;
    walk.settled()?.into_iter().map(|item| meter.copied(item)).collect()
}

fn size<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(text)] => {
            meter.bytes(text.len())?;
            Ok(int(text.chars().count()))
        }
        [Value::Bytes(bytes)] => Ok(int(bytes.len())),
        [value] => {
            let walk = Walk::of(value).ok_or(Fault::Mismatch)?.closed()?;
            meter.spend(walk.len() / 4)?;
            Ok(int(walk.len()))
        }
        _ => Err(Fault::Mismatch),
    }
}

fn join<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (list, separator) = match args {
        [list] => (list, ""),
        [list, Value::String(separator)] => (list, &**separator),
        _ => return Err(Fault::Mismatch),
    };
    let mut out = String::new();
    for (at, item) in items(meter, list)?.iter().enumerate() {
        let Value::String(item) = item else { return Err(Fault::Mismatch) };
        meter.bytes(item.len() + separator.len())?;
        if at > 0 {
            out.push_str(separator);
        }
        out.push_str(item);
    }
    Ok(text(out))
}

fn index_of<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(_), ..] => strings::index_of(meter, args),
        [list, wanted] => {
            for (at, item) in items(meter, list)?.iter().enumerate() {
                if compare::equal(meter, item, wanted)? {
                    return Ok(int(at));
                }
            }
            Ok(Value::Int(-1))
        }
        _ => Err(Fault::Mismatch),
    }
}

fn last_index_of<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(_), ..] => strings::last_index_of(meter, args),
        [list, wanted] => {
            for (at, item) in items(meter, list)?.iter().enumerate().rev() {
                if compare::equal(meter, item, wanted)? {
                    return Ok(int(at));
                }
            }
            Ok(Value::Int(-1))
        }
        _ => Err(Fault::Mismatch),
    }
}

fn reverse<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(string)] => {
            meter.bytes(string.len())?;
            Ok(text(string.chars().rev().collect::<String>()))
        }
        [list] => Ok(Value::list(items(meter, list)?.into_iter().rev())),
        _ => Err(Fault::Mismatch),
    }
}

fn sum<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let mut total = None;
    for item in items(meter, args.first().ok_or(Fault::Mismatch)?)? {
        total = Some(match total {
            None => item,
            Some(total) => plus(meter, &total, &item)?,
        });
    }
    match total {
        None => Ok(Value::Int(0)),
        Some(Value::String(_) | Value::Bytes(_) | Value::Bool(_) | Value::Null) => Err(Fault::Mismatch),
        Some(total) => Ok(total),
    }
}

fn plus<'a>(meter: &mut Meter, left: &Value<'a>, right: &Value<'a>) -> Eval<'a> {
    if let (Value::Special(a), Value::Special(b)) = (left, right)
        && let (Special::Quantity(a), Special::Quantity(b)) = (&**a, &**b)
    {
        return a
            .plus(*b)
            .map(|sum: Quantity| super::special(Special::Quantity(sum)))
            .ok_or_else(|| number::overflow(Op::Add));
    }
    super::operate(meter, Op::Add, left, right)
}

fn extreme<'a>(meter: &mut Meter, args: &[Value<'a>], wanted: Ordering, name: &str) -> Eval<'a> {
    let mut best: Option<Value<'a>> = None;
    for item in items(meter, args.first().ok_or(Fault::Mismatch)?)? {
        let better = match &best {
            None => true,
            Some(best) => compare::order(meter, &item, best)? == Some(wanted),
        };
        if better {
            best = Some(item);
        }
    }
    best.map_or_else(|| Fault::error(format!("`{name}` of an empty list")), Ok)
}

fn min<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    extreme(meter, args, Ordering::Less, "min")
}

fn max<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    extreme(meter, args, Ordering::Greater, "max")
}

fn is_sorted<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let items = items(meter, args.first().ok_or(Fault::Mismatch)?)?;
    let mut sorted = true;
    for pair in items.windows(2) {
        sorted &= compare::order(meter, &pair[0], &pair[1])?.is_some_and(Ordering::is_le);
    }
    Ok(Value::Bool(sorted))
}

fn slice<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [list, Value::Int(from), Value::Int(to)] = args else { return Err(Fault::Mismatch) };
    let items = items(meter, list)?;
    let part = match (usize::try_from(*from), usize::try_from(*to)) {
        (Ok(from), Ok(to)) => items.get(from..to),
        _ => None,
    };
    match part {
        Some(part) => Ok(Value::list(part.iter().cloned())),
        None => Fault::error(format!("there are no items {from} to {to} in a list of {}", items.len())),
    }
}

fn flatten<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (list, depth) = match args {
        [list] => (list, 1),
        [list, Value::Int(depth @ 0..)] => (list, (*depth).min(64)),
        [_, Value::Int(_)] => return Fault::error("`flatten` needs a depth of 0 or more"),
        _ => return Err(Fault::Mismatch),
    };
    let mut out = Vec::new();
    flatten_into(meter, list, depth, &mut out)?;
    Ok(Value::list(out))
}

fn flatten_into<'a>(
    meter: &mut Meter,
    list: &Value<'a>,
    depth: i64,
    out: &mut Vec<Value<'a>>,
) -> Result<(), Fault> {
    let walk = Walk::list(list).ok_or(Fault::Mismatch)?.closed()?;
    meter.spend(walk.len())?;
    for at in 0..walk.len() {
        let item = walk.value(at);
        let settled = settle(item.clone())?;
        if depth > 0 && Walk::list(&settled).is_some() {
            flatten_into(meter, &settled, depth - 1, out)?;
        } else {
            // A node of the file stays one, so that it can be pointed at.
            out.push(if matches!(item, Value::Node(_)) { item } else { meter.copied(settled)? });
        }
    }
    Ok(())
}

fn distinct<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let mut out: Vec<Value<'a>> = Vec::new();
    'items: for item in items(meter, args.first().ok_or(Fault::Mismatch)?)? {
        for known in &out {
            meter.spend(1)?;
            if compare::equal(meter, known, &item)? {
                continue 'items;
            }
        }
        out.push(item);
    }
    Ok(Value::list(out))
}

fn sort<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let mut items = items(meter, args.first().ok_or(Fault::Mismatch)?)?;
    meter.spend(items.len() * (items.len().max(1).ilog2() as usize + 1))?;
    let mut fault = None;
    items.sort_by(|a, b| match compare::order(meter, a, b) {
        Ok(order) => order.unwrap_or(Ordering::Equal),
        Err(found) => {
            fault = Some(found);
            Ordering::Equal
        }
    });
    fault.map_or_else(|| Ok(Value::list(items)), Err)
}

fn end<'a>(args: &[Value<'a>], at: impl Fn(usize) -> Option<usize>) -> Eval<'a> {
    let walk = args.first().and_then(Walk::list).ok_or(Fault::Mismatch)?.closed()?;
    let item = at(walk.len()).map(|at| settle(walk.value(at))).transpose()?;
    Ok(crate::rule::cel::access::optional(item))
}

fn first<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    end(args, |len| (len > 0).then_some(0))
}

fn last<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    end(args, |len| len.checked_sub(1))
}

fn range<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::Int(count)] = args else { return Err(Fault::Mismatch) };
    meter.spend(usize::try_from(*count).unwrap_or_default())?;
    Ok(Value::list((0..*count).map(Value::Int)))
}
