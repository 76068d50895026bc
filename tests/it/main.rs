//! Tests of plimsoll from outside, in one binary, so that they link once.

#[cfg(unix)]
mod action;
mod binary;
mod bless;
mod cli;
mod demo;
mod discover;
mod docs;
mod dogfood;
mod fixtures;
mod graph;
mod hooks;
mod hostile;
mod layers;
mod recovery;
mod reports;
mod roles;
mod rules;
mod schemas;
mod scratch;
mod services;
mod settings;
mod terraform;
mod tidy;
mod tree;
