//! A rule that is ready to run: its page, and on demand its expression and what reports say of it.
//!
//! Does not choose what it is run on.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::model::Value;

use super::Applicability;
use super::expression::{Expression, Verdict};
use super::meta::{RuleRef, page_url};
use super::page::{Front, Head, Page};

/// A rule, as its page has it. What a run may never need is read when it is first asked for.
#[derive(Debug)]
pub struct Rule {
    /// The page.
    pub page: Page,
    ours: bool,
    reference: OnceLock<Arc<RuleRef>>,
    expression: OnceLock<Result<Expression, String>>,
}

/// How a rule decides.
#[derive(Debug)]
pub enum Check<'r> {
    /// By the expression of its page; the error says why it does not compile.
    Expression(Result<&'r Expression, &'r str>),
    /// By code, or by the engine itself.
    Native,
}

/// One row of the list of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Its name.
    pub id: String,
    /// Its domain.
    pub domain: String,
    /// One line.
    pub summary: String,
    /// Before the config's overrides.
    pub severity: &'static str,
    /// `recommended` or `strict`.
    pub preset: &'static str,
    /// What it looks at.
    pub subjects: Vec<&'static str>,
    /// Where it looks.
    pub formats: Vec<String>,
    /// `none`, `safe` or `unsafe`.
    pub fix: &'static str,
    /// `tool:ID`.
    pub equivalents: Vec<String>,
    /// Where its page can be read; empty for users' own.
    pub url: String,
}

impl Rule {
    /// The rule of a page; `ours` says that it comes with plimsoll.
    pub(super) fn new(page: Page, ours: bool) -> Rule {
        Rule { page, ours, reference: OnceLock::new(), expression: OnceLock::new() }
    }

    /// Its name.
    pub fn id(&self) -> &str {
        &self.page.id
    }

    /// The folder its page is in.
    pub fn domain(&self) -> &str {
        &self.page.domain
    }

    /// What decides whether it runs.
    pub fn head(&self) -> &Head {
        &self.page.head
    }

    /// What else the page's front matter says.
    pub fn front(&self) -> &Front {
        self.page.front()
    }

    /// Whether the rule comes with plimsoll.
    pub fn is_built_in(&self) -> bool {
        self.ours
    }

    /// Whether the rule is for objects of this kind; its page may name the group as well, `core` for Kubernetes' own.
    pub fn takes(&self, group: &str, kind: &str) -> bool {
        let named = |known: &Cow<'static, str>| match known.split_once('/') {
            Some((of, known)) => known == kind && of == if group.is_empty() { "core" } else { group },
            None => known == kind,
        };
        self.head().kinds.is_empty() || self.head().kinds.iter().any(named)
    }

    /// Whether the rule is for this format.
    pub fn takes_format(&self, format: &str) -> bool {
        let formats = &self.head().formats;
        if formats.is_empty() {
            return self.head().subject.own_formats().contains(&format);
        }
        formats.iter().any(|known| known == format)
    }

    /// Whether the page names formats, and this is none of them.
    pub fn refuses_format(&self, format: &str) -> bool {
        !self.head().formats.is_empty() && !self.takes_format(format)
    }

    /// Whether the expression was compiled already.
    pub fn is_compiled(&self) -> bool {
        self.expression.get().is_some()
    }

    /// What a report needs to know.
    pub fn reference(&self) -> Arc<RuleRef> {
        let make = || {
            Arc::new(RuleRef {
                id: self.id().to_owned(),
                domain: self.domain().to_owned(),
                summary: self.front().summary.clone(),
                why: self.page.section("Why").to_owned(),
                help: self.front().help.clone(),
                severity: self.head().severity,
                url: self.url(),
            })
        };
        self.reference.get_or_init(make).clone()
    }

    fn url(&self) -> String {
        if self.ours { page_url(self.domain(), self.id()) } else { String::new() }
    }

    /// How it decides. An expression is compiled when this is first called.
    pub fn check(&self) -> Check<'_> {
        if self.head().native {
            return Check::Native;
        }
        let compile = || {
            let check = self.page.check().ok_or("the page has no `## Check`")?;
            Expression::compile(&check.text, self.front())
        };
        Check::Expression(self.expression.get_or_init(compile).as_ref().map_err(String::as_str))
    }

    /// Runs the expression on one subject, the first of `variables`, and reports what became of each of its checks; a
    /// native rule has none here.
    pub fn run<'a>(&'a self, variables: &[(&'static str, Value<'a>)], report: &mut dyn FnMut(Verdict)) {
        match self.check() {
            Check::Native => {}
            Check::Expression(Ok(expression)) => expression.run(variables, report),
            Check::Expression(Err(message)) => report(Verdict::Error(message.to_owned())),
        }
    }

    /// The row for the list of rules.
    pub fn listing(&self) -> Listing {
        let (head, front) = (self.head(), self.front());
        let formats = head.subject.formats().iter().filter(|format| self.takes_format(format));
        Listing {
            id: self.id().to_owned(),
            domain: self.domain().to_owned(),
            summary: front.summary.clone(),
            severity: head.severity.name(),
            preset: head.preset.name(),
            subjects: vec![head.subject.name()],
            formats: formats.map(|format| (*format).to_owned()).collect(),
            fix: match front.fix {
                None => "none",
                Some(Applicability::Safe) => "safe",
                Some(Applicability::Unsafe) => "unsafe",
            },
            equivalents: head.equivalents.iter().map(ToString::to_string).collect(),
            url: self.url(),
        }
    }
}
