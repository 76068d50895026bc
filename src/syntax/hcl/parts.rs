//! From the tokens of a template to its parts: white space that is stripped, and what directives hold.

use super::MAX_DEPTH;
use super::parser::Parser;
use super::tree::{Expr, ExprKind, Name, Part};
use crate::syntax::parsed::ErrorKind;
use crate::text::Span;

/// A token of a template.
pub(super) enum Token {
    /// As [`Part::Literal`].
    Literal(String, Span),
    /// `${…}` or `%{…}`, and whether it strips what is before and behind it.
    Inserted { directive: Directive, span: Span, strip: [bool; 2] },
}

/// What stands in the braces.
pub(super) enum Directive {
    Value(Expr),
    If(Expr),
    Else,
    EndIf,
    For(Vec<Name>, Expr),
    EndFor,
}

/// A directive that is not closed yet, and the parts before it.
struct Frame {
    before: Vec<Part>,
    opened: Opened,
    span: Span,
}

enum Opened {
    /// The condition, and what it yields, once `else` was met.
    If(Expr, Option<Vec<Part>>),
    For(Vec<Name>, Expr),
}

/// Takes as many spaces from the start of each line as all lines have, as `<<-` does.
pub(super) fn flush(tokens: &mut [Token]) {
    let mut starts = true;
    let mut least = usize::MAX;
    for token in tokens.iter() {
        let text = if let Token::Literal(text, _) = token { text.as_str() } else { "" };
        let is_blank = text.ends_with('\n') && text.trim().is_empty();
        if starts && !is_blank {
            least = least.min(text.chars().take_while(|c| c.is_whitespace()).count());
        }
        starts = text.ends_with('\n');
    }
    let mut starts = true;
    for token in tokens {
        let Token::Literal(text, span) = token else {
            starts = false;
            continue;
        };
        let next = text.ends_with('\n');
        if starts && !(next && text.trim().is_empty()) {
            let cut: usize = text.chars().take(least).map(char::len_utf8).sum();
            text.drain(..cut);
            *span = span.slice(cut, span.len());
        }
        starts = next;
    }
}

/// Strips what markers such as `${~` ask for.
fn strip(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let Token::Inserted { strip: [left, right], .. } = &tokens[at] else { continue };
        let (left, right) = (*left, *right);
        if left {
            for token in tokens[..at].iter_mut().rev() {
                let Token::Literal(text, span) = token else { break };
                let kept = text.trim_end().len();
                let whole = kept < text.len() || text.is_empty();
                text.truncate(kept);
                *span = span.slice(0, kept.min(span.len()));
                if !whole || kept > 0 {
                    break;
                }
            }
        }
        if right {
            for token in &mut tokens[at + 1..] {
                let Token::Literal(text, span) = token else { break };
                let cut = text.len() - text.trim_start().len();
                let ends = text.ends_with('\n');
                text.drain(..cut);
                *span = span.slice(cut.min(span.len()), span.len());
                if !text.is_empty() || ends {
                    break;
                }
            }
        }
    }
}

impl Parser<'_> {
    /// The parts that the tokens of one template are.
    pub(super) fn structure(&mut self, mut tokens: Vec<Token>) -> Vec<Part> {
        strip(&mut tokens);
        let mut frames: Vec<Frame> = Vec::new();
        let mut parts = Vec::new();
        for token in tokens {
            let (directive, span) = match token {
                Token::Literal(text, span) => {
                    if !text.is_empty() {
                        parts.push(Part::Literal(text, span));
                    }
                    continue;
                }
                Token::Inserted { directive, span, .. } => (directive, span),
            };
            match directive {
                Directive::Value(expr) => parts.push(Part::Interpolation(expr, span)),
                Directive::If(condition) => {
                    self.open(&mut frames, &mut parts, Opened::If(condition, None), span);
                }
                Directive::For(names, collection) => {
                    self.open(&mut frames, &mut parts, Opened::For(names, collection), span);
                }
                Directive::Else => match frames.last_mut().map(|frame| &mut frame.opened) {
                    Some(Opened::If(_, yes @ None)) => *yes = Some(std::mem::take(&mut parts)),
                    _ => self.stray(span, "if"),
                },
                Directive::EndIf => self.shut(&mut frames, &mut parts, true, span),
                Directive::EndFor => self.shut(&mut frames, &mut parts, false, span),
            }
        }
        while let Some(frame) = frames.pop() {
            let end = if matches!(frame.opened, Opened::If(..)) { "endif" } else { "endfor" };
            let message = format!("this is never closed; add `%{{ {end} }}`");
            let span = frame.span;
            self.report(span.start as usize, span.end as usize, ErrorKind::Unreadable, message);
            parts = frame.close(parts);
        }
        parts
    }

    fn open(&mut self, frames: &mut Vec<Frame>, parts: &mut Vec<Part>, opened: Opened, span: Span) {
        if frames.len() >= MAX_DEPTH as usize {
            let message = format!("this nests deeper than {MAX_DEPTH} levels, and is not read");
            self.report(span.start as usize, span.end as usize, ErrorKind::Limit, message);
            let lost = Expr { span, kind: ExprKind::Unreadable };
            parts.push(Part::Interpolation(lost, span));
            return;
        }
        frames.push(Frame { before: std::mem::take(parts), opened, span });
    }

    fn shut(&mut self, frames: &mut Vec<Frame>, parts: &mut Vec<Part>, is_if: bool, span: Span) {
        match frames.pop_if(|frame| matches!(frame.opened, Opened::If(..)) == is_if) {
            Some(frame) => *parts = frame.close(std::mem::take(parts)),
            None => self.stray(span, if is_if { "if" } else { "for" }),
        }
    }

    fn stray(&mut self, span: Span, opener: &str) {
        let message = format!("no `%{{ {opener} }}` is open here");
        self.report(span.start as usize, span.end as usize, ErrorKind::Unreadable, message);
    }
}

impl Frame {
    /// The parts before it, and it with `parts` in it.
    fn close(self, parts: Vec<Part>) -> Vec<Part> {
        let mut all = self.before;
        all.push(match self.opened {
            Opened::If(condition, Some(yes)) => Part::If(condition, [yes, parts], self.span),
            Opened::If(condition, None) => Part::If(condition, [parts, Vec::new()], self.span),
            Opened::For(names, collection) => Part::For(names, collection, parts, self.span),
        });
        all
    }
}
