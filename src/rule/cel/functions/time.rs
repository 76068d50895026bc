//! Functions and operators of durations and timestamps.

use super::timestamp::{self, Date, VALID, date, days, split, zone_offset};
use super::{Function, special};
use crate::model::{Special, Value};
use crate::rule::cel::ast::Op;
use crate::rule::cel::fault::{Eval, Fault};
use crate::rule::cel::number;

pub(super) static TABLE: &[Function] = &[
    Function::member("getDate", 1, 2, |_, args| calendar(args, |date, _| date.day)),
    Function::member("getDayOfMonth", 1, 2, |_, args| calendar(args, |date, _| date.day - 1)),
    Function::member("getMonth", 1, 2, |_, args| calendar(args, |date, _| date.month - 1)),
    Function::member("getFullYear", 1, 2, |_, args| calendar(args, |date, _| date.year)),
    Function::member("getDayOfWeek", 1, 2, |_, args| calendar(args, |_, day| (day + 4).rem_euclid(7))),
    Function::member("getDayOfYear", 1, 2, |_, args| {
        calendar(args, |date, day| day - days(Date { month: 1, day: 1, ..date }))
    }),
    Function::member("getHours", 1, 2, |_, args| clock(args, 3_600_000, 24)),
    Function::member("getMinutes", 1, 2, |_, args| clock(args, 60_000, 60)),
    Function::member("getSeconds", 1, 2, |_, args| clock(args, 1_000, 60)),
    Function::member("getMilliseconds", 1, 2, |_, args| clock(args, 1, 1_000)),
];

const NANOS: i128 = 1_000_000_000;

/// The local seconds and the nanoseconds of a timestamp in the zone that the arguments name.
fn local(args: &[Value<'_>]) -> Result<(i64, u32), Fault> {
    let offset = match args.get(1) {
        None => 0,
        Some(Value::String(zone)) => match zone_offset(zone) {
            Some(offset) => offset,
            None => {
                return Fault::error(format!(
                    "`{zone}` is not a known time zone; write an offset such as `+02:00`"
                ));
            }
        },
        Some(_) => return Err(Fault::Mismatch),
    };
    match args.first() {
        Some(Value::Special(given)) => match **given {
            Special::Timestamp(seconds, nanos) => Ok((seconds + offset, nanos)),
            _ => Err(Fault::Mismatch),
        },
        _ => Err(Fault::Mismatch),
    }
}

fn calendar<'a>(args: &[Value<'a>], part: fn(Date, i64) -> i64) -> Eval<'a> {
    let (day, _) = split(local(args)?.0);
    Ok(Value::Int(part(date(day), day)))
}

/// Units of `millis` milliseconds: of a timestamp, those of its clock; of a duration, all of them.
fn clock<'a>(args: &[Value<'a>], millis: i64, wrap: i64) -> Eval<'a> {
    if let [Value::Special(given)] = args
        && let Special::Duration(nanos) = **given
    {
        let total = nanos / 1_000_000;
        return Ok(Value::Int(if millis == 1 { total % 1_000 } else { total / millis }));
    }
    let (seconds, nanos) = local(args)?;
    let of_day = split(seconds).1 * 1_000 + i64::from(nanos / 1_000_000);
    Ok(Value::Int(of_day / millis % wrap))
}

/// `left op right` for durations, timestamps and quantities.
pub(super) fn operate<'a>(op: Op, left: &Special<'_>, right: &Special<'_>) -> Eval<'a> {
    match (op, left, right) {
        (Op::Add, Special::Duration(a), Special::Duration(b)) => span(op, i128::from(*a) + i128::from(*b)),
        (Op::Subtract, Special::Duration(a), Special::Duration(b)) => {
            span(op, i128::from(*a) - i128::from(*b))
        }
        (Op::Add, Special::Timestamp(seconds, nanos), Special::Duration(by))
        | (Op::Add, Special::Duration(by), Special::Timestamp(seconds, nanos)) => {
            moment(op, whole(*seconds, *nanos) + i128::from(*by))
        }
        (Op::Subtract, Special::Timestamp(seconds, nanos), Special::Duration(by)) => {
            moment(op, whole(*seconds, *nanos) - i128::from(*by))
        }
        (Op::Subtract, Special::Timestamp(a, b), Special::Timestamp(c, d)) => {
            span(op, whole(*a, *b) - whole(*c, *d))
        }
        _ => Err(Fault::Mismatch),
    }
}

fn whole(seconds: i64, nanos: u32) -> i128 {
    i128::from(seconds) * NANOS + i128::from(nanos)
}

fn span<'a>(op: Op, nanos: i128) -> Eval<'a> {
    i64::try_from(nanos).map(|nanos| special(Special::Duration(nanos))).map_err(|_| number::overflow(op))
}

fn moment<'a>(op: Op, nanos: i128) -> Eval<'a> {
    let seconds = i64::try_from(nanos.div_euclid(NANOS)).map_err(|_| number::overflow(op))?;
    if !VALID.contains(&seconds) {
        return Fault::error(format!("`{}` leaves the years 1 to 9999", timestamp::show(seconds, 0)));
    }
    Ok(special(Special::Timestamp(seconds, nanos.rem_euclid(NANOS) as u32)))
}
