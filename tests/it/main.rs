//! Tests of plimsoll from outside, in one binary, so that they link once.

mod bless;
mod discover;
mod layers;
mod reports;
mod rules;
mod tidy;
mod tree;
