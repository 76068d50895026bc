//! Suppressions: comments and annotations by which people allow what a rule reports.
//!
//! Reads them and says what they cover. Does not decide which findings there are.

mod cover;
mod directive;
mod foreign;

pub use cover::Covers;
pub use foreign::SIGNS;

pub use directive::{Directive, Malformed, Name, Reach, parse};

use super::finding::{Suppression, SuppressionKind};
use crate::model::facts::Facts;
use crate::syntax::tree::Comment;
use crate::text::Span;

/// Annotations with this prefix suppress the rule named after it; the value is the reason.
pub const ANNOTATION: &str = "ignore.plimsoll.dev/";

/// How many names of rules in the suppressions of one file are honoured; more are reported, so that matching stays
/// linear.
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

/// The suppressors in the comments of a file. `cover` tells what an own-line comment reaches: what it stands above, a
/// line of that, or the rest of the stage that it is in or above.
pub fn from_comments(
    text: &str,
    comments: &[Comment],
    cover: impl Fn(&Comment, Reach) -> Span,
) -> (Vec<Suppressor>, Vec<Malformed>) {
    let (mut found, mut malformed) = (Vec::new(), Vec::new());
    let mut count = 0;
    for comment in comments {
        let read = parse(text, comment.span);
        count += match &read {
            None => continue,
            Some(Ok(directive)) => directive.names.len(),
            Some(Err(_)) => 1,
        };
        if count > MAX {
            let message = format!("more than {MAX} suppressions in one file; the rest are not honoured");
            malformed.push(Malformed { span: comment.span, message });
            break;
        }
        match read {
            None => {}
            Some(Err(error)) => malformed.push(error),
            Some(Ok(directive)) => {
                let covers = match (directive.reach, comment.own_line) {
                    (Reach::File, _) => None,
                    (Reach::Below | Reach::Line, false) => Some(line_of(text, comment.span)),
                    (reach, _) => Some(cover(comment, reach)),
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

/// Annotations with this prefix are for checkov; the value is an id, `=` and the reason.
const CHECKOV: &str = "checkov.io/skip";

/// The suppressors in the annotations of a file's objects.
pub fn from_annotations(facts: &Facts) -> Vec<Suppressor> {
    let of = |resource: &crate::model::resource::Resource| {
        let pairs = resource.annotations.pairs.clone().into_iter();
        let span = resource.span;
        pairs.filter_map(move |label| {
            let value = label.value.get().cloned().unwrap_or_default();
            let foreign = label.key.starts_with(CHECKOV);
            let (rule, reason) = if foreign {
                let (id, reason) = value.split_once('=').unwrap_or((&value, ""));
                (format!("checkov:{}", id.trim()), reason.trim().to_owned())
            } else {
                (label.key.strip_prefix(ANNOTATION)?.to_owned(), value)
            };
            let mark = Suppression { kind: SuppressionKind::Annotation, span: Some(label.span), reason };
            let name = Name { text: rule, span: label.span.slice(0, label.key.len()) };
            Some(Suppressor { names: vec![(name, false)], covers: Some(span), mark, foreign })
        })
    };
    facts.resources.iter().flat_map(of).take(MAX).collect()
}

impl Suppressor {
    /// Whether a finding at `span` is within its reach.
    pub fn reaches(&self, span: Span) -> bool {
        let within =
            |covers: Span| covers.file == span.file && covers.start <= span.start && span.start <= covers.end;
        self.covers.is_none_or(within)
    }
}

/// The line that a span starts on, without its line break.
fn line_of(text: &str, span: Span) -> Span {
    let at = span.start as usize;
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    Span::new(span.file, start, end)
}
