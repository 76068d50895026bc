//! What decides whether a rule runs. Of plimsoll's own pages the build puts it beside the text, so that a start does not
//! read pages whose rules do not run.

use std::borrow::Cow;

use crate::rule::Severity;
use crate::rule::meta::Preset;
use crate::rule::subject::Subject;

/// One of plimsoll's own pages, with the words of its front matter as they are written.
#[derive(Debug)]
pub struct BuiltIn {
    /// Below `rules/`.
    pub path: &'static str,
    /// The page.
    pub text: &'static str,
    /// `severity:`
    pub severity: &'static str,
    /// `preset:`
    pub preset: &'static str,
    /// `for:`
    pub subject: &'static str,
    /// `native:`
    pub native: bool,
    /// `kinds:`
    pub kinds: &'static [&'static str],
    /// `formats:`
    pub formats: &'static [&'static str],
    /// `equivalents:`
    pub equivalents: &'static [&'static str],
}

/// The part of a front matter that decides whether a rule runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Severity before the config's overrides.
    pub severity: Severity,
    /// Which set the rule belongs to.
    pub preset: Preset,
    /// What the rule looks at.
    pub subject: Subject,
    /// Whether the check is code of plimsoll's own.
    pub native: bool,
    /// Only objects of these kinds; empty for all.
    pub kinds: Words,
    /// Only these formats; empty for all that have the subject.
    pub formats: Words,
    /// The same check in other tools, `tool:ID`.
    pub equivalents: Words,
}

/// Words of a page.
pub type Words = Vec<Cow<'static, str>>;

impl BuiltIn {
    /// The head, as reading the page would give it.
    pub fn head(&self) -> Option<Head> {
        let words = |list: &'static [&'static str]| list.iter().map(|word| Cow::Borrowed(*word)).collect();
        Some(Head {
            severity: Severity::parse(self.severity)?,
            preset: Preset::parse(self.preset)?,
            subject: Subject::parse(self.subject)?,
            native: self.native,
            kinds: words(self.kinds),
            formats: words(self.formats),
            equivalents: words(self.equivalents),
        })
    }
}
