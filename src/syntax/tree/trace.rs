//! Where each part of a scalar's value is written, through escapes, folds and the indentation of blocks.

use super::build::Style;
use super::read::Node;
use crate::text::Span;

/// The places of the bytes of one scalar's value; made once, asked often.
pub struct Trace<'t> {
    node: Node<'t>,
    /// Empty where the value cannot be told apart: then everything stands in all of it.
    runs: Vec<Run>,
}

/// Bytes of the value that come from one run of bytes of the source.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Offset in the value.
    at: usize,
    /// The source bytes. Where their number differs from the value's (an escape, a fold), they only map as a whole.
    start: usize,
    end: usize,
}

impl<'t> Trace<'t> {
    /// The places of this scalar's value, in time linear in its length.
    pub fn of(node: Node<'t>) -> Trace<'t> {
        Trace {
            node,
            runs: node.written().and_then(|written| runs(&written, node.text())).unwrap_or_default(),
        }
    }

    /// Where the bytes `from..to` of the value are written; the whole node where that cannot be told. For an alias, the
    /// alias.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let len = self.node.text().len();
        let (from, to) = (from.min(len), to.min(len));
        let whole = self.node.span();
        let Some((first, end)) = self.run(from) else { return whole };
        let start = if first.is_linear(end) { first.start + (from - first.at) } else { first.start };
        if from >= to {
            return whole.slice(start - whole.start as usize, start - whole.start as usize);
        }
        let Some((last, end)) = self.run(to - 1) else { return whole };
        let stop = if last.is_linear(end) { last.start + (to - last.at) } else { last.end };
        whole.slice(start - whole.start as usize, stop - whole.start as usize)
    }

    /// The run that holds the byte at `offset`, and where it ends in the value.
    fn run(&self, offset: usize) -> Option<(Run, usize)> {
        let next = self.runs.partition_point(|run| run.at <= offset);
        let run = *self.runs.get(next.checked_sub(1)?)?;
        Some((run, self.runs.get(next).map_or(self.node.text().len(), |run| run.at)))
    }
}

impl Run {
    fn is_linear(self, end: usize) -> bool {
        self.end - self.start == end - self.at
    }
}

/// A scalar's source.
pub(super) struct Written<'t> {
    pub(super) style: Style,
    /// Whether the value differs from it.
    pub(super) cooked: bool,
    /// Without quotes or block header.
    pub(super) text: &'t str,
    /// Where that starts in the file.
    pub(super) start: usize,
}

fn runs(written: &Written<'_>, value: &str) -> Option<Vec<Run>> {
    if !written.cooked {
        return Some(vec![Run { at: 0, start: written.start, end: written.start + value.len() }]);
    }
    match written.style {
        Style::Literal | Style::Folded => block(written, value),
        _ => flow(written, value),
    }
}

/// The lines of a block: each stands in the value without its indentation.
fn block(written: &Written<'_>, value: &str) -> Option<Vec<Run>> {
    let indent = blanks(written.text.lines()).checked_sub(blanks(value.lines()))?;
    let (mut runs, mut at, mut start) = (Vec::new(), 0, written.start);
    for line in written.text.split_inclusive('\n') {
        let next = start + line.len();
        let text = line.trim_end_matches(['\n', '\r']);
        let text = text.get(indent.min(text.len() - text.trim_start_matches(' ').len())..)?;
        if !text.is_empty() {
            let from = start + (line.trim_end_matches(['\n', '\r']).len() - text.len());
            while !value.get(at..)?.starts_with(text) {
                // What joins lines: a line break, or the space that a folded one becomes.
                if !value.as_bytes().get(at).is_some_and(u8::is_ascii_whitespace) {
                    // The text after the last line of the block is a comment or blank.
                    return (!runs.is_empty()).then_some(runs);
                }
                at += 1;
            }
            runs.push(Run { at, start: from, end: from + text.len() });
            at += text.len();
            if at < value.len() {
                runs.push(Run { at, start: from + text.len(), end: next });
            }
        }
        start = next;
    }
    Some(runs)
}

/// How far the first line with text is indented.
fn blanks<'l>(mut lines: impl Iterator<Item = &'l str>) -> usize {
    let first = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.len() - first.trim_start_matches(' ').len()
}

/// Plain and quoted text: escapes, doubled quotes, and line breaks that become spaces.
fn flow(written: &Written<'_>, value: &str) -> Option<Vec<Run>> {
    let source = written.text;
    let (mut runs, mut at, mut from): (Vec<Run>, usize, usize) = (Vec::new(), 0, 0);
    while from < source.len() {
        let rest = &source[from..];
        let step = match rest.as_bytes()[0] {
            b' ' | b'\t' | b'\n' | b'\r' => match line_break(rest) {
                Some(length) => Step { source: length, value: joined(&value[at..]) },
                None => Step { source: 1, value: 1 },
            },
            b'\\' if written.style == Style::Double => escape(rest, value.get(at..)?),
            b'\'' if written.style == Style::Single => Step { source: 2, value: 1 },
            _ => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                if !value.get(at..)?.starts_with(rest.get(..length)?) {
                    return None;
                }
                Step { source: length, value: length }
            }
        };
        let start = written.start + from;
        match runs.last_mut() {
            Some(last) if step.source == step.value && last.is_linear(at) => last.end += step.source,
            _ if step.value > 0 => runs.push(Run { at, start, end: start + step.source }),
            _ => {}
        }
        at += step.value;
        from += step.source;
    }
    (at == value.len()).then_some(runs)
}

/// How many bytes of the source make how many of the value.
struct Step {
    source: usize,
    value: usize,
}

/// The length of the blanks that `rest` starts with, if a line ends in them.
fn line_break(rest: &str) -> Option<usize> {
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    rest[..blank].contains('\n').then_some(blank)
}

/// What a line break became: a space, or the empty lines behind it.
fn joined(value: &str) -> usize {
    let breaks = value.len() - value.trim_start_matches('\n').len();
    if breaks > 0 { breaks } else { usize::from(value.starts_with(' ')) }
}

fn escape(rest: &str, value: &str) -> Step {
    let digits = match rest.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b'\n' | b'\r') => {
            // An escaped line break is none, and what the next line starts with is not there.
            return Step { source: 1 + line_break(&rest[1..]).unwrap_or(1), value: 0 };
        }
        _ => 0,
    };
    let made = value.chars().next().map_or(0, char::len_utf8);
    let pair = digits == 4 && made == 4;
    let source = if pair { 12 } else { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) + digits };
    Step { source: source.min(rest.len()), value: made }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    /// Every character of the value of `x` leads back to itself, or to the escape that stands for it.
    fn check(text: &str) {
        let parsed = yaml::parse(FileId(0), text.into(), Schema::Kubernetes);
        let node = parsed.tree.roots().next().and_then(|root| root.get("x")).unwrap();
        let trace = Trace::of(node);
        let value = node.text();
        for (at, char) in value.char_indices().filter(|(_, char)| char.is_ascii_alphanumeric()) {
            let span = trace.span(at, at + char.len_utf8());
            let written = &text[span.range()];
            assert!(
                written.starts_with('\\') || written == char.to_string(),
                "{at} of {value:?} in {text:?}"
            );
        }
        assert!(text.get(trace.span(0, value.len()).range()).is_some());
    }

    #[test]
    fn values_lead_back_through_every_style() {
        for text in [
            "x: plain",
            "x: plain on\n  several\n\n  lines",
            "x: 'it''s\n  quoted'",
            "x: \"a\\tb\\u0063 \\\n   d\n\n  e\\x66\"",
            "x: |\n  first\n\n    deeper\n  last\n# comment\n",
            "x: |2\n    deeper first\n  last\n",
            "x: >-\n  folded\n  text\n\n  and\n    deeper\n  end\n",
            "x: >\r\n  folded\r\n  text\r\n",
        ] {
            check(text);
        }
    }
}
