//! Findings and their sources as text, in every format that a person or a program reads.
//!
//! Pure: nothing here prints, reads a file or decides an exit code. Only here do bytes become lines and columns
//! ([`position`]), and every foreign byte passes through [`escape`].

mod concise;
pub mod escape;
mod excerpt;
mod full;
mod github;
pub mod graph;
mod json;
mod markdown;
pub mod position;
mod sarif;
mod summary;
mod unknown;
mod wire;

use crate::lint::{Finding, Outcome};

pub use summary::summary;
pub use unknown::unknown;

/// What the report looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excerpts of the source with carets, for a person at a terminal.
    Full,
    /// `path:line:column: severity[rule] message`, one line each, for editors.
    Concise,
    /// Our own JSON, of a versioned schema.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A table in GitHub's Markdown, for job summaries.
    Markdown,
}

impl Format {
    /// All, in the order in which they are listed to users.
    pub const ALL: [Format; 6] =
        [Format::Full, Format::Concise, Format::Json, Format::Sarif, Format::Github, Format::Markdown];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Markdown => "markdown",
        }
    }

    /// The format with this name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// How reports for people look; programs' formats take no notice of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour with ANSI escapes.
    pub color: bool,
    /// Characters of a source line that an excerpt shows at most; fewer than 40 count as 40.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Style { color: false, width: 140 }
    }
}

/// The whole report. Empty or ending in a line end; the same for the same outcome.
pub fn render(format: Format, outcome: &Outcome, style: &Style) -> String {
    match format {
        Format::Full => full::render(outcome, style),
        Format::Concise => concise::render(outcome),
        Format::Json => json::render(outcome),
        Format::Sarif => sarif::render(outcome),
        Format::Github => github::render(outcome),
        Format::Markdown => markdown::render(outcome),
    }
}

/// The findings that count, in order.
fn active(outcome: &Outcome) -> impl Iterator<Item = &Finding> {
    outcome.findings.iter().filter(|finding| finding.suppressed.is_none())
}

/// The findings that count, the most severe first, otherwise in order.
fn most_severe_first(outcome: &Outcome) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = active(outcome).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// `1 file`, `2 files`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Some(format));
        }
        assert_eq!(Format::parse("Full"), None);
    }
}
