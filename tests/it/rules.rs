//! Every rule page is its own test: bad examples report exactly their carets, good ones nothing.
#![expect(clippy::unwrap_used, reason = "without rules there is nothing to test")]

use plimsoll::checks::Check;
use plimsoll::config::{Config, Selection, Written};
use plimsoll::lint::{self, Linter, Profile};
use plimsoll::rule::{Registry, Rule, Subject};
use plimsoll::text::{FileId, Span};

/// Every rule on, nothing else said.
pub(crate) fn everything() -> (Linter, Profile) {
    let linter = Linter::new(Registry::built_in());
    let all = Written { value: "ALL".to_owned(), span: Span::at(FileId(0), 0) };
    let selection = Selection { select: Some(vec![all]), ..Selection::default() };
    let profile = linter.profile(&Config::default(), &selection).unwrap();
    (linter, profile)
}

#[test]
fn every_page_reports_what_its_carets_say() {
    let (linter, profile) = everything();
    let mut problems = Vec::new();
    for rule in linter.registry().rules() {
        let (_, found) = lint::check_examples(&linter, &profile, rule);
        let text = rule.page.text();
        problems.extend(
            found
                .into_iter()
                .map(|one| (rule.id().to_owned(), format!("{}: {}", line(text, one.span), one.message))),
        );
    }
    assert!(problems.is_empty(), "{}", listed(&problems));
}

fn line(text: &str, span: Span) -> String {
    let number = 1 + text[..span.start as usize].matches('\n').count();
    format!("line {number}")
}

fn listed(problems: &[(String, String)]) -> String {
    problems.iter().fold(String::new(), |text, (rule, message)| text + "\n" + rule + ": " + message)
}

#[test]
fn every_page_is_sound() {
    let linter = Linter::new(Registry::built_in());
    assert_eq!(linter.registry().rules().len(), Registry::pages().len(), "a page could not be read");
    let problems: Vec<(String, String)> = linter
        .registry()
        .rules()
        .iter()
        .flat_map(|rule| {
            rule.page.verify(true).into_iter().map(|error| (rule.id().to_owned(), error.message))
        })
        .collect();
    assert!(problems.is_empty(), "{}", listed(&problems));
}

#[test]
fn native_pages_and_checks_are_one_to_one() {
    let registry = Registry::built_in();
    let mut pages: Vec<&str> =
        registry.rules().iter().filter(|rule| rule.head().native).map(Rule::id).collect();
    let mut checks: Vec<&str> = plimsoll::checks::all().map(|(id, _)| id).collect();
    pages.sort_unstable();
    checks.sort_unstable();
    assert_eq!(pages, checks);
}

#[test]
fn native_project_pages_are_for_the_project() {
    let registry = Registry::built_in();
    for (id, check) in plimsoll::checks::all() {
        let subject = registry.get(id).unwrap().head().subject;
        let project = matches!(check, Check::Project(_) | Check::Wired(_) | Check::Graph(_));
        assert_eq!(project, subject == Subject::Project, "{id}");
    }
}
