//! What could not be known of Terraform, for a person who wonders why nothing was said about it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::excerpt::Excerpt;
use super::position::{Positions, Unit};
use super::{counted, escape};
use crate::lint::{Outcome, Reason, Unknown};
use crate::text::{Source, Span};

/// Characters of an expression that are shown.
const LONGEST: usize = 60;

/// The attributes that are not known, by file and line, with the expression that gives nothing; then how often each
/// cause is there, and how many attributes there are.
pub fn unknown(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources, Unit::CodePoint);
    let place = |span: Span| {
        let start = positions.place(span.file, span.start as usize);
        format!("{}:{}:{}", escape::path(&outcome.sources.get(span.file).path), start.line, start.column)
    };
    let all = outcome.attributes.iter().filter_map(|(span, why)| Some((*span, why.as_ref()?)));
    let mut all: Vec<(Span, &Unknown)> = all.collect();
    all.sort_by_key(|(span, _)| (&outcome.sources.get(span.file).path, span.start));
    let (mut out, mut counts) = (String::new(), BTreeMap::<Reason, usize>::new());
    for (span, unknown) in &all {
        let cause = &unknown.cause;
        *counts.entry(cause.reason).or_default() += 1;
        let declared = cause.declared.map_or_else(String::new, |span| format!(", {}", place(span)));
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{}: {}.{}{}: `{}` {}{declared}",
            place(*span),
            escape::line(&unknown.block),
            escape::line(&unknown.key),
            if unknown.partly { " in part" } else { "" },
            shown(outcome.sources.get(cause.span.file), cause.span),
            cause.reason.words(),
        );
    }
    let total = outcome.attributes.len();
    let _ = writeln!(out, "{} of {} of Terraform not known", all.len(), counted(total, "attribute"));
    let mut counts: Vec<(Reason, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
    for (reason, count) in counts {
        let _ = writeln!(out, "{count:7}  {}", reason.words());
    }
    out
}

/// The start of an expression, on one line.
fn shown(source: &Source, span: Span) -> String {
    let excerpt = Excerpt::new(source, span, usize::MAX);
    let text = excerpt.text.get(excerpt.find(span.start as usize)..excerpt.find(span.end as usize));
    let text = text.unwrap_or_default();
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{}{more}", escape::line(&short))
}
