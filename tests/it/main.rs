//! Tests of plimsoll from outside, in one binary, so that they link once.

#[cfg(unix)]
mod action;
mod binary;
mod bless;
mod demo;
mod discover;
mod docs;
mod dogfood;
mod hooks;
mod layers;
mod reports;
mod rules;
mod tidy;
mod tree;
