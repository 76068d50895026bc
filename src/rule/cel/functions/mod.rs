//! The functions of the language and of the Kubernetes library, found by name when an expression is compiled.
//!
//! A function sees settled, known values only; the evaluator deals with the unknown ones.

mod collections;
mod convert;
mod encoders;
mod format;
mod math;
mod network;
mod optionals;
mod quantities;
mod sets;
mod strings;
mod time;
mod timestamp;

use std::rc::Rc;

use super::ast::Op;
use super::fault::{Eval, Fault, Meter};
use super::number;
use super::walk::Walk;
use crate::model::{Special, Value};

/// What computes a function; it answers [`Fault::Mismatch`] to types it does not take.
pub(super) type Body = for<'a> fn(&mut Meter, &[Value<'a>]) -> Eval<'a>;

/// How a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `size(x)`
    Global,
    /// `x.size()`
    Member,
    /// Both ways.
    Either,
}

/// A function.
pub(super) struct Function {
    pub(super) name: &'static str,
    style: Style,
    /// Fewest and most arguments; what stands before the dot counts.
    least: u8,
    most: u8,
    pub(super) body: Body,
}

impl Function {
    const fn new(name: &'static str, style: Style, least: u8, most: u8, body: Body) -> Self {
        Function { name, style, least, most, body }
    }

    const fn global(name: &'static str, least: u8, most: u8, body: Body) -> Self {
        Self::new(name, Style::Global, least, most, body)
    }

    const fn member(name: &'static str, least: u8, most: u8, body: Body) -> Self {
        Self::new(name, Style::Member, least, most, body)
    }

    fn takes(&self, member: bool) -> bool {
        self.style == Style::Either || member == (self.style == Style::Member)
    }
}

/// As many arguments as are written.
const MANY: u8 = u8::MAX;

static TABLES: [&[Function]; 10] = [
    strings::TABLE,
    collections::TABLE,
    convert::TABLE,
    quantities::TABLE,
    optionals::TABLE,
    sets::TABLE,
    math::TABLE,
    network::TABLE,
    time::TABLE,
    encoders::TABLE,
];

/// The macros, for suggestions only.
const MACROS: [&str; 12] = [
    "has",
    "all",
    "exists",
    "exists_one",
    "filter",
    "map",
    "transformList",
    "transformMap",
    "orValue",
    "optMap",
    "optFlatMap",
    "cel.bind",
];

/// The function of this name that takes `count` arguments; otherwise what is wrong and what was meant.
pub(super) fn find(name: &str, member: bool, count: usize) -> Result<&'static Function, String> {
    let mut nearest = None;
    for function in TABLES.iter().flat_map(|table| table.iter()).filter(|function| function.name == name) {
        if function.takes(member)
            && (usize::from(function.least)..=usize::from(function.most)).contains(&count)
        {
            return Ok(function);
        }
        nearest = Some(function);
    }
    let Some(function) = nearest else { return Err(unknown(name)) };
    if !function.takes(member) {
        let call = if member { format!("{name}(x)") } else { format!("x.{name}()") };
        return Err(format!("`{name}` is called as `{call}`"));
    }
    let written = usize::from(member);
    let (least, most) = (usize::from(function.least) - written, usize::from(function.most) - written);
    let count = count - written;
    let wanted = if least == most { least.to_string() } else { format!("{least} to {most}") };
    Err(format!("`{name}` takes {wanted} arguments, not {count}"))
}

fn unknown(name: &str) -> String {
    let names = TABLES.iter().flat_map(|table| table.iter().map(|function| function.name)).chain(MACROS);
    let best = names.map(|known| (distance(name, known), known)).min();
    match best {
        Some((steps, known)) if steps <= 1 + name.len() / 4 => {
            format!("there is no function `{name}`; did you mean `{known}`?")
        }
        _ => format!("there is no function `{name}`"),
    }
}

/// How many letters must be put in, taken out or changed to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    if from.len() > 64 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let change = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

/// The type that a word names.
pub(super) fn type_named(word: &str) -> Option<&'static str> {
    const TYPES: [&str; 11] = [
        "bool",
        "int",
        "uint",
        "double",
        "string",
        "bytes",
        "list",
        "map",
        "null_type",
        "type",
        "optional_type",
    ];
    TYPES.into_iter().find(|known| *known == word)
}

pub(super) fn type_value(name: &'static str) -> Value<'static> {
    special(Special::Type(name))
}

fn special(special: Special<'_>) -> Value<'_> {
    Value::Special(Rc::new(special))
}

fn int<'a>(value: usize) -> Value<'a> {
    Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
}

fn text<'a>(text: impl Into<String>) -> Value<'a> {
    Value::String(text.into().into())
}

/// `left op right` for an arithmetic operator: numbers, text, bytes, lists, times.
pub(super) fn operate<'a>(meter: &mut Meter, op: Op, left: &Value<'a>, right: &Value<'a>) -> Eval<'a> {
    match (op, left, right) {
        (Op::Add, Value::String(a), Value::String(b)) => {
            meter.bytes(a.len() + b.len())?;
            Ok(text([&**a, &**b].concat()))
        }
        (Op::Add, Value::Bytes(a), Value::Bytes(b)) => {
            meter.bytes(a.len() + b.len())?;
            Ok(Value::Bytes([&**a, &**b].concat().into()))
        }
        (_, Value::Special(a), Value::Special(b)) => time::operate(op, a, b),
        (Op::Add, Value::List(_) | Value::Node(_), Value::List(_) | Value::Node(_)) => {
            let (Some(a), Some(b)) = (Walk::list(left), Walk::list(right)) else {
                return Err(Fault::Mismatch);
            };
            let (a, b) = (a.closed()?, b.closed()?);
            meter.spend(a.len() + b.len())?;
            let first = (0..a.len()).map(|at| a.value(at));
            Ok(Value::list(first.chain((0..b.len()).map(|at| b.value(at)))))
        }
        _ => number::arithmetic(op, left, right),
    }
}
