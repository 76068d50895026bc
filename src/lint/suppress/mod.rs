//! Suppressions: comments and annotations by which people allow what a rule reports.
//!
//! Reads them and says what they cover. Does not decide which findings there are.

mod cover;
mod directive;

pub use cover::Covers;
pub use directive::{Directive, Malformed, Name, parse};

use super::finding::{Suppression, SuppressionKind};
use crate::model::facts::Facts;
use crate::syntax::tree::Comment;
use crate::text::Span;

/// Annotations with this prefix suppress the rule named after it; the value is the reason.
pub const ANNOTATION: &str = "ignore.plimsoll.dev/";

/// How many suppressions of one file are honoured; more are reported, so that matching stays linear.
pub const MAX: usize = 1_000;

/// A suppression ready to be matched.
#[derive(Clone, Debug)]
pub struct Suppressor {
    /// What it allows, and which of its names has matched a finding.
    pub names: Vec<(Name, bool)>,
    /// Findings whose first byte is in here are suppressed; `None` covers the whole file.
    pub covers: Option<Span>,
    /// What a finding that it suppresses is marked with.
    pub mark: Suppression,
    /// Whether it was written for another tool, so that nothing is wrong with it when it does nothing here.
    pub foreign: bool,
}

/// The suppressors in the comments of a file. `cover` tells what an own-line comment stands above.
pub fn from_comments(
    text: &str,
    comments: &[Comment],
    cover: impl Fn(&Comment) -> Span,
) -> (Vec<Suppressor>, Vec<Malformed>) {
    let (mut found, mut malformed) = (Vec::new(), Vec::new());
    for comment in comments {
        if found.len() + malformed.len() >= MAX {
            let message = format!("more than {MAX} suppressions in one file; the rest are not honoured");
            malformed.push(Malformed { span: comment.span, message });
            break;
        }
        match parse(text, comment.span) {
            None => {}
            Some(Err(error)) => malformed.push(error),
            Some(Ok(directive)) => {
                let covers = match (directive.whole_file, comment.own_line) {
                    (true, _) => None,
                    (false, true) => Some(cover(comment)),
                    (false, false) => Some(line_of(text, comment.span)),
                };
                let kind = SuppressionKind::Comment;
                let mark = Suppression { kind, span: Some(comment.span), reason: directive.reason };
                let names = directive.names.into_iter().map(|name| (name, false)).collect();
                found.push(Suppressor { names, covers, mark, foreign: directive.foreign });
            }
        }
    }
    (found, malformed)
}

/// The suppressors in the annotations of a file's objects.
pub fn from_annotations(facts: &Facts) -> Vec<Suppressor> {
    let of = |resource: &crate::model::resource::Resource| {
        let pairs = resource.annotations.pairs.clone().into_iter();
        let span = resource.span;
        pairs.filter_map(move |label| {
            let rule = label.key.strip_prefix(ANNOTATION)?.to_owned();
            let reason = label.value.get().cloned().unwrap_or_default();
            let mark = Suppression { kind: SuppressionKind::Annotation, span: Some(label.span), reason };
            let name = Name { text: rule, span: label.span.slice(0, label.key.len()) };
            Some(Suppressor { names: vec![(name, false)], covers: Some(span), mark, foreign: false })
        })
    };
    facts.resources.iter().flat_map(of).take(MAX).collect()
}

impl Suppressor {
    /// The mark for a finding at `span`, if one of the names is of its rule (`names` tells).
    pub fn suppress(&mut self, span: Span, mut names: impl FnMut(&str) -> bool) -> Option<&Suppression> {
        if let Some(covers) = self.covers
            && !(covers.file == span.file && covers.start <= span.start && span.start <= covers.end)
        {
            return None;
        }
        let mut hit = false;
        for (name, used) in &mut self.names {
            if names(&name.text) {
                *used = true;
                hit = true;
            }
        }
        hit.then_some(&self.mark)
    }
}

/// The line that a span starts on, without its line break.
fn line_of(text: &str, span: Span) -> Span {
    let at = span.start as usize;
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    Span::new(span.file, start, end)
}
