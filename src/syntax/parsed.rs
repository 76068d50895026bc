//! What every parser returns: a tree, however broken the input, and what was wrong with it.

use crate::text::Span;

/// A tree and the errors met on the way. Parsers never fail and never panic: what can be read is in the tree.
#[derive(Debug)]
pub struct Parsed<T> {
    /// All that could be read.
    pub tree: T,
    /// What could not, in the order of the text.
    pub errors: Vec<SyntaxError>,
}

/// A place where a text breaks its grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The shortest text that is wrong.
    pub span: Span,
    /// Lower case, no full stop, code in backticks: what is wrong, and what to do where that is known.
    pub message: String,
    /// Another place that explains it, such as the bracket that was never closed.
    pub related: Option<(Span, String)>,
    /// What the error means for the rest of the file.
    pub kind: ErrorKind,
}

/// What a syntax error means for the rest of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Part of the text could not be read into the tree: an analysis misses something.
    Unreadable,
    /// All was read, but the grammar forbids it.
    Invalid,
    /// All was read; the grammar forbids it, but widespread decoders of the syntax take it.
    Tolerated,
    /// A mapping has this key twice; the last value counts.
    DuplicateKey,
    /// A bound on depth, aliases or size was met; what lies beyond is not in the tree.
    Limit,
}
