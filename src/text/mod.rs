//! Bytes with addresses: files by number, spans in them, line starts, edits.
//!
//! Knows no language and no file system. A [`Span`] is how every other layer says *where*.

mod edit;
mod lines;
mod sources;
mod span;
mod wildcard;

pub use edit::{Edit, apply};
pub use lines::LineIndex;
pub use sources::{Source, Sources};
pub use span::{FileId, Span};
pub use wildcard::wildcard;
