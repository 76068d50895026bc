//! One type for everything that plimsoll has to say about an input.

use std::sync::Arc;

use crate::formats::terraform::Attributes;
use crate::rule::{Fix, Label, RuleRef, Severity};
use crate::text::{Sources, Span};

/// Something found: by a rule, the parser, the engine itself.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Arc<RuleRef>,
    /// After the config's overrides.
    pub severity: Severity,
    /// Lower case, no full stop, code in backticks.
    pub message: String,
    /// The shortest text that is wrong; one line, unless the wrong text itself has more.
    pub span: Span,
    /// Everything else that explains it, in any file.
    pub related: Vec<Label>,
    /// The object it is about, if there is one.
    pub subject: Option<Subject>,
    /// A replacement that mends it.
    pub fix: Option<Fix>,
    /// Set when somebody suppressed it; it is kept, marked, and counts for nothing.
    pub suppressed: Option<Suppression>,
    /// 32 hex digits that stay the same when lines move: from the rule, the path, the subject and the text.
    pub fingerprint: String,
}

/// The object that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `Deployment`, `Service`, `stage` …
    pub kind: String,
    /// As written; `None` where the object has none.
    pub namespace: Option<String>,
    /// As written; empty where it cannot be known.
    pub name: String,
    /// Unique within the project as far as files show: `namespace/Kind/name`, without what is not written.
    pub address: String,
}

/// Who suppressed a finding, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// By what.
    pub kind: SuppressionKind,
    /// The comment or annotation; `None` for config.
    pub span: Option<Span>,
    /// The reason given; empty if none was.
    pub reason: String,
}

/// What suppressed a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// A comment.
    Comment,
    /// An annotation on the object.
    Annotation,
}

/// Everything a run has to report.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts that the spans point into.
    pub sources: Sources,
    /// Sorted by path, start, rule, message; suppressed ones included.
    pub findings: Vec<Finding>,
    /// Counts of files.
    pub totals: Totals,
    /// Whether some finding is as severe as its config's `fail-on`.
    pub fails: bool,
    /// Attributes of Terraform, and why some are not known, if that was asked for.
    pub attributes: Attributes,
}

/// What became of the files. `discovered` is always `analysed + skipped`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files of a format that plimsoll reads, and files named by hand.
    pub discovered: usize,
    /// Those that were read and analysed, at least in part.
    pub analysed: usize,
    /// Those that were not; each has a finding that says why.
    pub skipped: usize,
    /// Analysed files of which some part could not be read; each has a finding too.
    pub incomplete: usize,
}

impl Outcome {
    /// How many findings of this severity count, suppressed ones left out.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.suppressed.is_none() && finding.severity == severity)
            .count()
    }
}
