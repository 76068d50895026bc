//! SARIF 2.1.0 as GitHub code scanning reads it: one run, one result for each finding.
//!
//! Columns count code points (`columnKind: unicodeCodePoints`). The region of a result is on one line: of a span
//! with several, the first, since a review shows a result only if all of its lines changed. Suppressed findings
//! are kept and marked. At most 25,000 results, since more are refused; then the least severe ones go, and a
//! notification says so.

mod line_hash;
mod rules;
mod wire;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::position::{Positions, Range, Unit};
use super::{counted, escape};
use crate::lint::{Finding, Outcome};
use crate::rule::{Applicability, Label};
use crate::text::{FileId, Span};
use wire::{
    ArtifactChange, ArtifactLocation, Driver, Fingerprints, Fix, Found, Invocation, Location, Log,
    Notification, PhysicalLocation, Region, Replacement, Run, Suppression, Text, Tool, UriBase,
};

const RESULTS: usize = 25_000;
/// Related locations of one result; GitHub takes 1,000 and shows fewer.
const RELATED: usize = 100;
const ROOT: &str = "%SRCROOT%";

pub(super) fn render(outcome: &Outcome) -> String {
    let findings = kept(outcome);
    let (rules, index) = rules::rules(&findings);
    let writer = Writer {
        outcome,
        positions: Positions::new(&outcome.sources, Unit::CodePoint),
        hashes: vec![OnceCell::new(); outcome.sources.len()],
        index,
    };
    let root = UriBase { description: Text { text: "the root of the sources".into() } };
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: env!("CARGO_PKG_HOMEPAGE"),
                rules,
            },
        },
        invocations: [invocation(outcome, findings.len())],
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
        results: findings.iter().map(|finding| writer.found(finding)).collect(),
    };
    super::wire::to_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, 4)
}

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// All findings, or, if they are too many, the most severe ones; in order.
fn kept(outcome: &Outcome) -> Vec<&Finding> {
    let mut kept: Vec<(usize, &Finding)> = outcome.findings.iter().enumerate().collect();
    if kept.len() > RESULTS {
        kept.sort_by_key(|(at, finding)| (finding.suppressed.is_some(), Reverse(finding.severity), *at));
        kept.truncate(RESULTS);
        kept.sort_by_key(|&(at, _)| at);
    }
    kept.into_iter().map(|(_, finding)| finding).collect()
}

fn invocation(outcome: &Outcome, kept: usize) -> Invocation {
    let mut notices = Vec::new();
    if outcome.totals.skipped > 0 {
        notices.push(format!("{} could not be analysed", counted(outcome.totals.skipped, "file")));
    }
    let left_out = outcome.findings.len() - kept;
    if left_out > 0 {
        notices.push(format!("{} left out, the least severe ones", counted(left_out, "finding")));
    }
    let notification = |text| Notification { level: "warning", message: Text { text } };
    Invocation {
        execution_successful: outcome.totals.skipped == 0,
        tool_execution_notifications: notices.into_iter().map(notification).collect(),
    }
}

struct Writer<'a> {
    outcome: &'a Outcome,
    positions: Positions<'a>,
    hashes: Vec<OnceCell<Vec<String>>>,
    index: BTreeMap<String, usize>,
}

impl Writer<'_> {
    fn found(&self, finding: &Finding) -> Found {
        let region = self.positions.first_line(finding.span);
        let related = finding.related.iter().take(RELATED).enumerate();
        Found {
            rule_id: finding.rule.id.clone(),
            rule_index: self.index.get(&finding.rule.id).copied().unwrap_or_default(),
            level: rules::level(finding.severity),
            message: message(&finding.message),
            locations: [Location {
                id: None,
                physical_location: self.physical(finding.span.file, region),
                message: None,
            }],
            related_locations: related.map(|(at, label)| self.related(at + 1, label)).collect(),
            partial_fingerprints: Fingerprints {
                line_hash: self.line_hash(finding.span.file, region.start.line),
                own: finding.fingerprint.clone(),
            },
            suppressions: finding.suppressed.iter().map(suppression).collect(),
            fixes: finding.fix.iter().map(|fix| self.fix(fix)).collect(),
        }
    }

    fn related(&self, id: usize, label: &Label) -> Location {
        Location {
            id: Some(id),
            physical_location: self.physical(label.span.file, self.positions.shown(label.span)),
            message: (!label.message.is_empty()).then(|| message(&label.message)),
        }
    }

    fn physical(&self, file: FileId, range: Range) -> PhysicalLocation {
        PhysicalLocation { artifact_location: self.artifact(file), region: region(range) }
    }

    fn artifact(&self, file: FileId) -> ArtifactLocation {
        let path = &self.outcome.sources.get(file).path;
        let uri = escape::uri(path);
        // `C:/x`: a drive, not a scheme.
        let drive = path.as_bytes().get(1..3) == Some(b":/");
        match (path.starts_with('/'), drive) {
            (true, _) => ArtifactLocation { uri: format!("file://{uri}"), uri_base_id: None },
            (_, true) => ArtifactLocation { uri: format!("file:///{uri}"), uri_base_id: None },
            _ => ArtifactLocation { uri, uri_base_id: Some(ROOT) },
        }
    }

    /// The hash of a line, counted from 1; those of a file are computed once.
    fn line_hash(&self, file: FileId, line: usize) -> String {
        let hashes = self.hashes[file.0 as usize]
            .get_or_init(|| line_hash::line_hashes(&self.outcome.sources.get(file).text));
        hashes.get(line - 1).cloned().unwrap_or_default()
    }

    fn fix(&self, fix: &crate::rule::Fix) -> Fix {
        let mut changes: Vec<(FileId, ArtifactChange)> = Vec::new();
        for edit in &fix.edits {
            let replacement = Replacement {
                deleted_region: self.exact(edit.span),
                inserted_content: Text { text: edit.text.clone() },
            };
            if let Some((_, change)) = changes.iter_mut().find(|(file, _)| *file == edit.span.file) {
                change.replacements.push(replacement);
            } else {
                let artifact_location = self.artifact(edit.span.file);
                let change = ArtifactChange { artifact_location, replacements: vec![replacement] };
                changes.push((edit.span.file, change));
            }
        }
        let description = match fix.applicability {
            Applicability::Safe => "safe fix",
            Applicability::Unsafe => "unsafe fix: it may change what runs",
        };
        Fix {
            description: Text { text: description.into() },
            artifact_changes: changes.into_iter().map(|(_, change)| change).collect(),
        }
    }

    fn exact(&self, span: Span) -> Region {
        region(self.positions.range(span))
    }
}

fn region(Range { start, end }: Range) -> Region {
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// A message in which nothing can be a link: `[text](target)` is one even in plain text.
fn message(text: &str) -> Text {
    let text = escape::line(text);
    let text =
        if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.into_owned() };
    Text { text }
}

fn suppression(suppression: &crate::lint::Suppression) -> Suppression {
    Suppression { kind: "inSource", status: "accepted", justification: suppression.reason.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_can_be_a_link() {
        assert_eq!(message("[click](https://x)").text, "\\[click\\](https://x)");
        assert_eq!(message("list[0] and (x)").text, "list[0] and (x)");
    }
}
