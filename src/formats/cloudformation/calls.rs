//! How intrinsic functions are written: `!Ref X`, `{Ref: X}`, `{Fn::Sub: …}`, and the `${X}` inside text.

use std::ops::Range;

use crate::syntax::tree::{Kind, Node};

/// A call of an intrinsic function.
#[derive(Clone, Copy)]
pub(super) struct Call<'t> {
    /// Its name without `Fn::` or `!`.
    pub(super) name: &'t str,
    /// What it is called with; its own tag does not count.
    pub(super) argument: Node<'t>,
    /// Whether it is written as a tag.
    pub(super) short: bool,
}

/// The call that a node is, if it is one.
pub(super) fn call(node: Node<'_>) -> Option<Call<'_>> {
    let target = node.target()?;
    if let Some(name) = target.tag().and_then(|tag| tag.strip_prefix('!')) {
        let local = !name.is_empty() && !name.starts_with(['!', '<']);
        return local.then_some(Call { name, argument: target, short: true });
    }
    if target.kind() != Kind::Mapping {
        return None;
    }
    let mut entries = target.own_entries();
    let entry = entries.next().filter(|_| entries.next().is_none())?;
    let key = entry.key.text();
    let name = key.strip_prefix("Fn::").or_else(|| (key == "Ref" || key == "Condition").then_some(key))?;
    Some(Call { name, argument: entry.value, short: false })
}

/// The items of what a function is called with.
pub(super) fn arguments(call: Call<'_>) -> Vec<Node<'_>> {
    if call.argument.kind() == Kind::Sequence { call.argument.items().collect() } else { vec![call.argument] }
}

/// A part of the text that `Sub` is called with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, as it is.
    Literal(Range<usize>),
    /// `${!name}`, which becomes `${name}`: the bytes behind the `!`.
    Escaped(Range<usize>),
    /// The name in `${name}`.
    Name(Range<usize>),
}

/// The parts of a text, in one pass.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let (mut out, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(start) = text[at..].find("${").map(|found| at + found) {
        let Some(end) = text[start..].find('}').map(|found| start + found) else { break };
        let inside = &text[start + 2..end];
        if from < start {
            out.push(Piece::Literal(from..start));
        }
        if inside.starts_with('!') {
            out.push(Piece::Escaped(start + 3..end + 1));
        } else {
            let blank = inside.len() - inside.trim_start().len();
            let first = start + 2 + blank;
            out.push(Piece::Name(first..first + inside.trim().len()));
        }
        (from, at) = (end + 1, end + 1);
    }
    if from < text.len() {
        out.push(Piece::Literal(from..text.len()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Piece::{Escaped, Literal, Name};
    use super::*;

    #[test]
    fn names_in_text_are_found() {
        assert_eq!(pieces("a-${ B.c }"), [Literal(0..2), Name(5..8)]);
        assert_eq!(pieces("${!x}$y ${"), [Escaped(3..5), Literal(5..10)]);
        assert_eq!(pieces(""), []);
    }
}
