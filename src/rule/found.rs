//! What a check says when something is wrong, before the engine makes a finding of it.

use super::Severity;
use crate::text::{Edit, Span};

/// One thing wrong, on the shortest text that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The shortest text that is wrong.
    pub span: Span,
    /// Lower case, no full stop, code in backticks: what is wrong, and what to do.
    pub message: String,
    /// Everything else that explains it, in any file.
    pub related: Vec<Label>,
    /// A replacement that mends it.
    pub fix: Option<Fix>,
    /// Whether what is wrong is that something is missing: not said of fragments, which other text completes.
    pub missing: bool,
    /// How severe it is here, where that is not what the rule's page says; a config that names a severity wins.
    pub severity: Option<Severity>,
}

impl Match {
    /// A match with nothing but its place and message.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Match {
            span,
            message: message.into(),
            related: Vec::new(),
            fix: None,
            missing: false,
            severity: None,
        }
    }

    /// The same match, as severe as this.
    #[must_use]
    pub fn at(self, severity: Severity) -> Self {
        Match { severity: Some(severity), ..self }
    }

    /// The same match with one more related label.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }
}

/// A place with something to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
}

/// Edits that mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// Keeps what runs as it is, apart from the defect.
    Safe,
    /// May change what runs; a person should look.
    Unsafe,
}
