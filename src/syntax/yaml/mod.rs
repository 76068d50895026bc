//! YAML into the shared data tree.
//!
//! Reads all of YAML 1.2 in one pass without recursion, and reads on after an error. Does not expand aliases and
//! does not type scalars; the tree does both when it is read.

mod actions;
mod blame;
mod block;
mod cook;
mod entry;
mod flow;
mod limits;
mod literal;
mod parser;
mod props;
mod scan;
mod stream;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::parsed::Parsed;
use super::template::{self, Action};
use super::tree::{Builder, Schema, Tree};
use crate::text::FileId;
use actions::Actions;
use parser::{Parser, Props};

/// Parses every document of `text`.
pub fn parse(file: FileId, text: Arc<str>, schema: Schema) -> Parsed<Tree> {
    let read = text.clone();
    run(Builder::new(file, text, schema), file, &read, &[])
}

/// Parses text with template actions `{{ … }}`: they are masked first. `tree.text()` stays the original.
pub fn parse_templated(file: FileId, text: Arc<str>, schema: Schema) -> Parsed<Tree> {
    let masked = template::mask(file, &text);
    let mut builder = Builder::new(file, text, schema);
    builder.holes(masked.actions.iter().map(Action::hole).collect());
    let mut parsed = run(builder, file, &masked.text, &masked.actions);
    parsed.errors.extend(masked.errors);
    parsed.errors.sort_by_key(|error| error.span);
    parsed
}

/// The text of a string in double quotes, given what is between them.
pub(crate) fn unescape(inside: &str) -> String {
    cook::double(inside)
}

fn run(builder: Builder, file: FileId, text: &str, actions: &[Action]) -> Parsed<Tree> {
    let text = with_line_feeds(text);
    let mut parser = Parser {
        file,
        text: &text,
        bytes: text.as_bytes(),
        at: 0,
        line: 0,
        gap: 0,
        tab: None,
        builder,
        frames: Vec::new(),
        pending: Vec::new(),
        outer: Props::default(),
        anchors: HashMap::new(),
        aliases: false,
        handles: Vec::new(),
        errors: Vec::new(),
        complete: true,
        patience: 4 * text.len() + 1024,
        abandoned: None,
        actions: Actions::new(actions),
    };
    parser.stream();
    parser.check_controls();
    let Parser { builder, mut errors, .. } = parser;
    errors.sort_by_key(|error| error.span);
    Parsed { tree: builder.finish(), errors }
}

/// The text with each carriage return that stands alone, which ends a line too, as a line feed.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', text.as_bytes()).any(alone) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        out.push(if char == '\r' && alone(at) { '\n' } else { char });
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
