//! A table in GitHub's Markdown, for the summary of a CI job; the most severe findings first.
//!
//! Positions count code points from 1. No foreign character is markup: code goes into code spans, the rest is
//! escaped, raw HTML cannot occur. Cut at 900 KiB, since GitHub refuses more than 1 MiB. Suppressed findings
//! are left out.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::position::{Positions, Unit};
use super::{counted, escape, most_severe_first, summary};
use crate::lint::{Finding, Outcome};

/// Bytes of rows at most.
const LIMIT: usize = 900 * 1024;

pub(super) fn render(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources, Unit::CodePoint);
    let findings = most_severe_first(outcome);
    let mut out = format!("### plimsoll\n\n{}\n", summary(outcome, None));
    if findings.is_empty() {
        return out;
    }
    out.push_str("\n| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n");
    for (at, finding) in findings.iter().enumerate() {
        let row = row(finding, outcome, &positions);
        if out.len() + row.len() > LIMIT {
            let _ = writeln!(out, "\n{} not shown", counted(findings.len() - at, "more finding"));
            break;
        }
        out.push_str(&row);
    }
    out
}

fn row(finding: &Finding, outcome: &Outcome, positions: &Positions<'_>) -> String {
    let start = positions.place(finding.span.file, finding.span.start as usize);
    let path = &outcome.sources.get(finding.span.file).path;
    let place = code(&format!("{path}:{}:{}", start.line, start.column));
    let rule = link(&code(&finding.rule.id), &finding.rule.url);
    format!("| {} | {place} | {} | {rule} |\n", finding.severity.name(), message(&finding.message))
}

/// A message, with its code in backticks as code.
fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(text); // a backtick without its partner
    }
    let part = |(at, part): (usize, &&str)| if at.is_multiple_of(2) { plain(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

/// `text` so that all of it is literal: every punctuation mark that could be markup gets a backslash.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escape::line(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '\'' | '"' | '/' | '?') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `text` as a code span in a table cell.
fn code(text: &str) -> String {
    let text = escape::line(text);
    if text.trim().is_empty() {
        return plain(&text);
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", pipes(&text))
}

/// A cell ends at a pipe even within code, unless a backslash stands before it; and two backslashes are none.
fn pipes(text: &str) -> Cow<'_, str> {
    if text.contains('|') {
        Cow::Owned(text.replace("\\|", "\\\\u{7c}").replace('|', "\\|"))
    } else {
        Cow::Borrowed(text)
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// `shown` as a link, if `url` is plainly an address of the web.
fn link(shown: &str, url: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || "-._~/#?=&%:".contains(c);
    if url.starts_with("https://") && url.chars().all(harmless) {
        format!("[{shown}]({url})")
    } else {
        shown.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_code_by_what_it_holds() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("curl | sh"), "`curl \\| sh`");
        assert_eq!(code("a\\|<img>"), "`a\\\\u{7c}<img>`");
        assert_eq!(code(" "), " ");
    }

    #[test]
    fn keeps_code_in_messages_and_escapes_the_rest() {
        assert_eq!(message("`a|b` is <b>bad</b>"), "`a\\|b` is \\<b\\>bad\\</b\\>");
        assert_eq!(message("one ` only <i>"), "one \\` only \\<i\\>");
        assert_eq!(message("see https://x.y\n[a](b)"), "see https\\://x\\.y\\\\n\\[a\\]\\(b\\)");
    }

    #[test]
    fn links_only_to_the_web() {
        assert_eq!(link("x", "https://a.b/c"), "[x](https://a.b/c)");
        assert_eq!(link("x", "javascript:alert(1)"), "x");
        assert_eq!(link("x", "https://a)<b>"), "x");
    }
}
