//! Why an evaluation has no value, and the budget that bounds it.

use std::borrow::Cow;

use super::Outcome;
use crate::model::Value;
use crate::text::Span;

/// Why there is no value.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// It cannot be known.
    Unknown(Span),
    /// It makes no sense.
    Error(Cow<'static, str>),
    /// A function does not take these types; its caller makes an error with its name of it.
    Mismatch,
    /// The budget is used up. Nothing absorbs this.
    Spent,
}

pub(super) type Eval<'a> = Result<Value<'a>, Fault>;

impl Fault {
    pub(super) fn error<T>(message: impl Into<Cow<'static, str>>) -> Result<T, Fault> {
        Err(Fault::Error(message.into()))
    }

    fn weight(&self) -> u8 {
        match self {
            Fault::Error(_) | Fault::Mismatch => 0,
            Fault::Unknown(_) => 1,
            Fault::Spent => 2,
        }
    }

    /// The one that decides: an unknown hides an error, for the error may not be one in the end.
    pub(super) fn or(self, later: Fault) -> Fault {
        if later.weight() > self.weight() { later } else { self }
    }
}

/// Adds `later` to the faults met so far.
pub(super) fn keep(worst: &mut Option<Fault>, later: Fault) {
    *worst = Some(match worst.take() {
        Some(earlier) => earlier.or(later),
        None => later,
    });
}

pub(super) fn outcome<T>(result: Result<T, Fault>) -> Outcome<T> {
    match result {
        Ok(value) => Outcome::Value(value),
        Err(Fault::Unknown(span)) => Outcome::Unknown(span),
        Err(Fault::Error(message)) => Outcome::Error(message.into_owned()),
        Err(Fault::Mismatch) => Outcome::Error("a function does not take these values".to_owned()),
        Err(Fault::Spent) => Outcome::Error("the expression takes too many steps; simplify it".to_owned()),
    }
}

/// Counts steps down. A step is about one node, one item or [`Meter::BYTES`] bytes.
pub(super) struct Meter {
    left: u64,
}

impl Meter {
    const BYTES: usize = 16;

    pub(super) fn new(steps: u64) -> Self {
        Meter { left: steps }
    }

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Fault> {
        let left = self.left.checked_sub(steps as u64);
        self.left = left.unwrap_or_default();
        if left.is_some() { Ok(()) } else { Err(Fault::Spent) }
    }

    /// Pays for a copy of a value: only text and bytes that are not borrowed cost anything.
    pub(super) fn copied<'a>(&mut self, value: Value<'a>) -> Eval<'a> {
        match &value {
            Value::String(Cow::Owned(text)) => self.bytes(text.len())?,
            Value::Bytes(Cow::Owned(bytes)) => self.bytes(bytes.len())?,
            _ => {}
        }
        Ok(value)
    }

    /// Pays for reading or writing this many bytes.
    pub(super) fn bytes(&mut self, bytes: usize) -> Result<(), Fault> {
        self.spend(bytes / Self::BYTES)
    }
}
