//! HCL in its native syntax: Terraform, `OpenTofu`, Terragrunt, Packer.
//!
//! Total: what breaks the grammar loses the attribute that it stands in, or the header of a block, and reading goes on
//! at the next line of the body around it. Nesting is bounded. Says nothing about what blocks mean.

mod body;
mod collection;
mod expr;
mod operand;
mod parser;
mod parts;
mod recover;
mod template;
mod tree;
mod walk;

pub use tree::{
    Attribute, Block, Body, Call, Entry, Expr, ExprKind, File, For, Item, Label, Name, Operator, Part, Step,
    StepKind, Template,
};
pub use walk::Visit;

use std::sync::Arc;

use super::parsed::{Parsed, cap};
use crate::text::{FileId, Span};

/// How deep blocks, expressions and templates may nest together.
const MAX_DEPTH: u32 = 100;

/// Parses HCL.
pub fn parse(file: FileId, text: Arc<str>) -> Parsed<File> {
    let (mut tree, mut errors, unclosed) = parser::run(file, &text, false);
    if unclosed {
        // Some block was never closed and took in all that follows: now indentation says where it ends.
        (tree, errors, _) = parser::run(file, &text, true);
    }
    tree.text = text;
    errors.sort_by_key(|error| error.span);
    cap(&mut errors);
    Parsed { tree, errors }
}

/// The template at `span` of `text`, which stands in another format and says `value`. What cannot be read is unknown.
pub fn template(file: FileId, text: &str, span: Span, value: &str) -> Template {
    let (start, end) = (span.start as usize, span.end as usize);
    if text.get(start..end) != Some(value) {
        return Template { parts: vec![Part::Literal(value.to_owned(), span)], heredoc: false };
    }
    parser::template(file, text.get(..end).unwrap_or_default(), start)
}

#[cfg(test)]
mod tests;
