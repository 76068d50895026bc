//! Tests of plimsoll from outside, in one binary, so that they link once.

mod discover;
mod bless;
mod reports;
mod rules;
