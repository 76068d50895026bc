//! Tests of plimsoll from outside, in one binary, so that they link once.

mod binary;
mod bless;
mod demo;
mod discover;
mod dogfood;
mod hostile;
mod layers;
mod reports;
mod rules;
mod scratch;
mod tidy;
mod tree;
