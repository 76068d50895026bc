//! Our own JSON, version 1 of the schema in `schemas/check.schema.json`; each finding has a line of its own.
//!
//! Columns count code points from 1, offsets count bytes from 0; both are exact, so that a span which takes in a
//! line end ends at the start of the next line. Suppressed findings are kept, and say so.

use serde::Serialize;

use super::position::{Positions, Range, Unit};
use super::wire;
use crate::lint::{Finding, Outcome, Suppression, SuppressionKind};
use crate::rule::{Applicability, Fix, Severity};
use crate::text::Span;

const SCHEMA_VERSION: u32 = 1;

pub(super) fn render(outcome: &Outcome) -> String {
    let writer = Writer { outcome, positions: Positions::new(&outcome.sources, Unit::CodePoint) };
    wire::to_json(&writer.check(), 2)
}

#[derive(Serialize)]
struct WireCheck<'a> {
    schema_version: u32,
    tool: WireTool,
    findings: Vec<WireFinding<'a>>,
    summary: WireSummary,
}

#[derive(Serialize)]
struct WireTool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    span: WireSpan,
    subject: Option<WireSubject<'a>>,
    related: Vec<WireRelated<'a>>,
    help: Option<&'a str>,
    url: Option<&'a str>,
    fix: Option<WireFix<'a>>,
    suppressed: Option<WireSuppressed<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct WireSpan {
    start: WirePlace,
    end: WirePlace,
}

#[derive(Serialize)]
struct WirePlace {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct WireSubject<'a> {
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
    address: &'a str,
}

#[derive(Serialize)]
struct WireRelated<'a> {
    message: &'a str,
    path: &'a str,
    span: WireSpan,
}

#[derive(Serialize)]
struct WireFix<'a> {
    applicability: &'static str,
    edits: Vec<WireEdit<'a>>,
}

#[derive(Serialize)]
struct WireEdit<'a> {
    path: &'a str,
    span: WireSpan,
    text: &'a str,
}

#[derive(Serialize)]
struct WireSuppressed<'a> {
    kind: &'static str,
    reason: &'a str,
    path: Option<&'a str>,
    span: Option<WireSpan>,
}

#[derive(Serialize)]
struct WireSummary {
    files: WireFiles,
    findings: WireCounts,
}

#[derive(Serialize)]
struct WireFiles {
    discovered: usize,
    analysed: usize,
    skipped: usize,
}

#[derive(Serialize)]
struct WireCounts {
    error: usize,
    warning: usize,
    info: usize,
    hint: usize,
}

struct Writer<'a> {
    outcome: &'a Outcome,
    positions: Positions<'a>,
}

impl<'a> Writer<'a> {
    fn check(&self) -> WireCheck<'a> {
        WireCheck {
            schema_version: SCHEMA_VERSION,
            tool: WireTool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            findings: self.outcome.findings.iter().map(|finding| self.finding(finding)).collect(),
            summary: self.summary(),
        }
    }

    fn finding(&self, finding: &'a Finding) -> WireFinding<'a> {
        let related = finding.related.iter().map(|label| WireRelated {
            message: &label.message,
            path: self.path(label.span),
            span: self.span(label.span),
        });
        let subject = finding.subject.as_ref().map(|subject| WireSubject {
            kind: &subject.kind,
            namespace: subject.namespace.as_deref(),
            name: &subject.name,
            address: &subject.address,
        });
        WireFinding {
            rule: &finding.rule.id,
            severity: finding.severity.name(),
            message: &finding.message,
            path: self.path(finding.span),
            span: self.span(finding.span),
            subject,
            related: related.collect(),
            help: present(&finding.rule.help),
            url: present(&finding.rule.url),
            fix: finding.fix.as_ref().map(|fix| self.fix(fix)),
            suppressed: finding.suppressed.as_ref().map(|suppression| self.suppressed(suppression)),
            fingerprint: &finding.fingerprint,
        }
    }

    fn fix(&self, fix: &'a Fix) -> WireFix<'a> {
        let edits = fix.edits.iter().map(|edit| WireEdit {
            path: self.path(edit.span),
            span: self.span(edit.span),
            text: &edit.text,
        });
        let applicability = match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        };
        WireFix { applicability, edits: edits.collect() }
    }

    fn suppressed(&self, suppression: &'a Suppression) -> WireSuppressed<'a> {
        let kind = match suppression.kind {
            SuppressionKind::Comment => "comment",
            SuppressionKind::Annotation => "annotation",
        };
        WireSuppressed {
            kind,
            reason: &suppression.reason,
            path: suppression.span.map(|span| self.path(span)),
            span: suppression.span.map(|span| self.span(span)),
        }
    }

    fn summary(&self) -> WireSummary {
        let totals = self.outcome.totals;
        let count = |severity| self.outcome.count(severity);
        WireSummary {
            files: WireFiles {
                discovered: totals.discovered,
                analysed: totals.analysed,
                skipped: totals.skipped,
            },
            findings: WireCounts {
                error: count(Severity::Error),
                warning: count(Severity::Warning),
                info: count(Severity::Info),
                hint: count(Severity::Hint),
            },
        }
    }

    fn path(&self, span: Span) -> &'a str {
        &self.outcome.sources.get(span.file).path
    }

    fn span(&self, span: Span) -> WireSpan {
        let Range { start, end } = self.positions.range(span);
        let [start, end] = [start, end].map(|place| WirePlace {
            line: place.line,
            column: place.column,
            offset: place.offset,
        });
        WireSpan { start, end }
    }
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
