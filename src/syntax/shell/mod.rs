//! Reads shell scripts, as far as rules need: the simple commands in them, each word with its parts and its place, and
//! what stands around them.
//!
//! Does not expand, run or check anything; control flow is kept only as marks on each command.
//!
//! The grammar is that of the crate `shuck-parser`, whose tree is lowered here to flat lists. It is read as bash even
//! where `sh` will run it: bash reads all that `sh` does, and a script that needs bash should not be lost to rules.

mod command;
mod flavour;
mod lower;
pub mod options;
mod pieces;
mod program;
mod script;
#[cfg(test)]
mod tests;
mod word;

use crate::text::Span;

pub use command::{Command, Inside, Pipe, Place, Redirect};
pub use flavour::Flavour;
pub use program::{Dialect, script_of, sets_errexit};
pub use script::{Assigned, Broken, Construct, ConstructKind, Given, Loop, Script};
pub use word::{Form, Part, PartKind, Quotes, Substitution, Variable, Word};

/// Commands longer than this, in bytes, are not read.
pub const LONGEST: usize = 64 * 1024;

/// Stands in a word for text that only the running shell knows: a variable, or what a command prints.
pub const HIDDEN: char = '\u{1}';

/// Commands with more brackets open at once than this are not read: the parser's time grows with them.
const DEEPEST: usize = 100;

/// Reads `text`, which a shell of this dialect runs; `place` tells where its bytes `from..to` are written. Never fails:
/// what cannot be read is left out.
pub fn parse(text: &str, dialect: Dialect, place: &dyn Fn(usize, usize) -> Span) -> Script {
    let mut script = Script { dialect: Some(dialect), complete: true, ..Script::default() };
    for range in pieces::pieces(text) {
        let (piece, from) = (&text[range.clone()], range.start);
        if piece.len() > LONGEST || depth(piece) > DEEPEST {
            script.complete = false;
            let start = from + (piece.len() - piece.trim_start().len());
            let word = piece.split_whitespace().next().map_or(0, |word| word.len().min(LONGEST));
            let unread = || place(start, start + word);
            script.unread = script.unread.or_else(|| Some(unread()));
            continue;
        }
        let part = lower::lower(piece, &|start, end| place(from + start, from + end), 0);
        // Of a piece it is not certain: the cut may have broken it.
        if piece.len() == text.len() {
            script.broken.clone_from(&part.broken);
        }
        script.append(part);
    }
    script
}

/// How many brackets are open at once at most; quotes are not looked at.
fn depth(text: &str) -> usize {
    let mut open: usize = 0;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'{' => open += 1,
            b')' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}
