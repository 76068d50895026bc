//! Tests of plimsoll from outside, in one binary, so that they link once.

mod bless;
mod discover;
mod reports;
mod rules;
