//! The declarative check of a page: an expression that must hold, and what to say and underline when it does not.
//!
//! Does not decide which facts it is run on.

use std::sync::OnceLock;

use crate::model::Value;
use crate::text::Span;

use super::Match;
use super::cel::{Outcome, Program, STEPS};
use super::each;
use super::locate::{Path, Place, whole};
use super::page::front::{EACH, Front};
use super::template::Template;

/// What became of one check of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fine.
    Holds,
    /// Depends on something that the file does not say: nothing may be reported.
    Unknown,
    /// Wrong.
    Fails(Match),
    /// The expression could not be evaluated, and why: the page is at fault, not the input.
    Error(String),
}

/// A compiled check.
#[derive(Debug)]
pub struct Expression {
    /// What gives the entries to check one by one.
    each: Option<Program>,
    program: Program,
    report: Vec<Path>,
    message: Words,
    missing: Option<Words>,
}

/// A message that is compiled when it is first needed: most rules never find anything.
#[derive(Debug)]
struct Words {
    source: String,
    template: OnceLock<Result<Template, String>>,
}

impl Words {
    fn new(source: &str) -> Words {
        Words { source: source.to_owned(), template: OnceLock::new() }
    }

    /// The message; its source where it does not compile, which `verify` reports when the page is loaded.
    fn fill(&self, variables: &[(&'static str, Value<'_>)]) -> String {
        let compiled =
            self.template.get_or_init(|| Template::compile(&self.source).map_err(|error| error.message));
        compiled.as_ref().map_or_else(|_| self.source.clone(), |template| template.fill(variables))
    }
}

impl Expression {
    /// Compiles `check` for the page with this front matter; the error is for people.
    pub fn compile(check: &str, front: &Front) -> Result<Expression, String> {
        let compile = |text: &str| Program::compile(text).map_err(|error| error.message);
        let words = |spanned: &super::page::Spanned| Words::new(&spanned.text);
        Ok(Expression {
            each: front.each.as_ref().map(|each| compile(&each.text)).transpose()?,
            program: compile(check)?,
            report: front.report.clone(),
            message: front.message.as_ref().map_or_else(|| Words::new(&front.summary), words),
            missing: front.missing.as_ref().map(words),
        })
    }

    /// Checks one subject, or each of its entries. The first of `variables` is the subject itself, the others are what
    /// belongs to it.
    pub fn run<'a>(&'a self, variables: &[(&'static str, Value<'a>)], report: &mut dyn FnMut(Verdict)) {
        let Some(near) = variables.first().and_then(|(_, subject)| home(subject)) else {
            return report(Verdict::Error("the subject has no place in a file".to_owned()));
        };
        let Some(each) = &self.each else { return report(self.check(variables, near)) };
        match each::entries(each, variables, near) {
            Outcome::Value(entries) => {
                let mut variables = variables.to_vec();
                let last = variables.len();
                for (entry, place) in entries {
                    variables.truncate(last);
                    variables.push((EACH, entry));
                    report(self.check(&variables, place));
                }
            }
            Outcome::Unknown(_) => report(Verdict::Unknown),
            Outcome::Error(message) => report(Verdict::Error(message)),
        }
    }

    /// Checks what stands at `near`.
    fn check(&self, variables: &[(&'static str, Value<'_>)], near: Span) -> Verdict {
        match self.program.eval_bool(variables, STEPS) {
            Outcome::Value(true) => Verdict::Holds,
            Outcome::Value(false) => self.fail(variables, near),
            Outcome::Unknown(_) => Verdict::Unknown,
            Outcome::Error(message) => Verdict::Error(message),
        }
    }

    fn fail(&self, variables: &[(&'static str, Value<'_>)], near: Span) -> Verdict {
        let places: Vec<Place> = self.report.iter().map(|path| path.locate(variables, near)).collect();
        let mut written = places.iter().filter(|place| place.written).map(|place| place.span);
        let Some(first) = written.next() else {
            let span = places.first().map_or(near, |place| place.span);
            let words = self.missing.as_ref().filter(|_| !places.is_empty()).unwrap_or(&self.message);
            let missing = !places.is_empty();
            return Verdict::Fails(Match { missing, ..Match::new(span, words.fill(variables)) });
        };
        let found = Match::new(first, self.message.fill(variables));
        Verdict::Fails(written.fold(found, |found, span| found.related(span, "and here")))
    }
}

/// The text that stands for a subject.
fn home(subject: &Value<'_>) -> Option<Span> {
    match subject {
        Value::Record(record) => Some(record.span()),
        Value::Made(record) => Some(record.span),
        Value::Node(node) => Some(whole(subject, node.span())),
        Value::Unknown(span) => Some(*span),
        _ => None,
    }
}

/// The value of `program`; `None` where it cannot be known or computed.
pub(super) fn evaluate<'a>(
    program: &'a Program,
    variables: &[(&'static str, Value<'a>)],
) -> Option<Value<'a>> {
    match program.eval(variables, STEPS) {
        Outcome::Value(value) => Some(value),
        Outcome::Unknown(_) | Outcome::Error(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::model::Setting;
    use crate::model::image::Image;
    use crate::model::rbac::Grant;
    use crate::model::workload::Word;
    use crate::rule::{Page, Rule};
    use crate::text::FileId;

    const GRANT: &str =
        "for: grant\nreport: ['grant.verbs[\"*\"]', 'grant.resources[\"*\"]']\nmessage: no `*`";
    const IMAGE: &str = "for: image\nreport: image.tag\nmessage: '`{image.tag}` moves'\nmissing: 'no tag: {image.repository}'";

    fn span(from: usize, to: usize) -> Span {
        Span::new(FileId(0), from, to)
    }

    fn rule(front: &str, check: &str) -> Rule {
        let text = format!(
            "---\nsummary: x\nseverity: error\npreset: strict\n{front}\n---\n# a\nlead\n## Why\nso\n## Check\n\
             ```cel\n{check}\n```\n"
        );
        let mut errors = Vec::new();
        let page = Page::read(FileId(9), "a.md", Cow::Owned(text), &mut errors).unwrap();
        assert_eq!(page.verify(false), []);
        Rule::new(page, false)
    }

    fn image(front: &str, check: &str, reference: &str) -> Verdict {
        let image = Image::parse(reference, |from, to| span(10 + from, 10 + to));
        verdict(&rule(front, check), &[("image", Value::Record(&image))])
    }

    fn verdict(rule: &Rule, variables: &[(&'static str, Value<'_>)]) -> Verdict {
        let mut verdicts = Vec::new();
        rule.run(variables, &mut |verdict| verdicts.push(verdict));
        assert_eq!(verdicts.len(), 1);
        verdicts.remove(0)
    }

    #[test]
    fn what_must_hold_holds_or_fails_or_cannot_be_known() {
        let check = "!(image.tag in ['', 'latest'])";
        assert_eq!(image(IMAGE, check, "nginx:1"), Verdict::Holds);
        assert_eq!(image(IMAGE, check, "nginx:\u{1}\u{1}"), Verdict::Unknown);
        let latest = Match::new(span(16, 22), "`latest` moves");
        assert_eq!(image(IMAGE, check, "nginx:latest"), Verdict::Fails(latest));
        let none = Match { missing: true, ..Match::new(span(10, 15), "no tag: nginx") };
        assert_eq!(image(IMAGE, check, "nginx"), Verdict::Fails(none));
    }

    #[test]
    fn without_a_field_to_report_it_is_the_subject() {
        let found = image("for: image\nmessage: m", "has(image.digest)", "nginx:1");
        assert_eq!(found, Verdict::Fails(Match::new(span(10, 17), "m")));
    }

    #[test]
    fn a_check_that_makes_no_sense_is_an_error() {
        assert!(matches!(image(IMAGE, "image.tga == ''", "nginx:1"), Verdict::Error(_)));
        assert!(matches!(image(IMAGE, "image.tag", "nginx:1"), Verdict::Error(_)));
    }

    #[test]
    fn the_first_written_field_is_reported_and_the_others_are_related() {
        let word = |text: &str, at| Word { text: text.to_owned(), span: span(at, at + 1) };
        let words = |all: Vec<Word>| Setting::Set(all, span(0, 1));
        let grant = Grant {
            resource: 0,
            verbs: words(vec![word("get", 10), word("*", 20)]),
            resources: words(vec![word("*", 30)]),
            api_groups: Setting::Unset,
            resource_names: Setting::Unset,
            anchor: span(5, 6),
        };
        let found = verdict(&rule(GRANT, "!('*' in grant.verbs)"), &[("grant", Value::Record(&grant))]);
        assert_eq!(
            found,
            Verdict::Fails(Match::new(span(20, 21), "no `*`").related(span(30, 31), "and here"))
        );
    }
}
