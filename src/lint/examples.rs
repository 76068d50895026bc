//! A rule held against the examples on its own page.

use super::{Finding, Linter, Profile, check_texts};
use crate::rule::compare::{Problem, Reported, compare};
use crate::rule::example::{self, Example, ExampleKind};
use crate::rule::{PageError, Rule};

/// Runs every example of the rule's page: how many there are, and every difference from what their carets ask for.
pub fn check_examples(linter: &Linter, profile: &Profile, rule: &Rule) -> (usize, Vec<Problem>) {
    let (examples, errors) = example::read(&rule.page);
    let mut problems: Vec<Problem> =
        errors.into_iter().map(|PageError { span, message }| Problem { span, message }).collect();
    for example in &examples {
        problems.extend(check(linter, profile, rule, example));
    }
    (examples.len(), problems)
}

fn check(linter: &Linter, profile: &Profile, rule: &Rule, example: &Example) -> Vec<Problem> {
    let files: Vec<(&str, &str)> =
        example.files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let outcome = check_texts(linter, profile, &files);
    let own = outcome.findings.iter().filter(|finding| finding.rule.id == rule.id());
    let reported: Vec<Reported<'_>> = own
        .flat_map(|finding| labels(finding, &files))
        .filter(|one| example.kind == ExampleKind::Bad || !one.related)
        .collect();
    let mut problems = compare(&rule.page, example, &reported);
    let failed = outcome.findings.iter().filter(|finding| finding.rule.id == "rule-failed");
    let own_fault = failed.filter(|finding| finding.message.starts_with(&format!("`{}`", rule.id())));
    problems
        .extend(own_fault.map(|finding| Problem { span: example.span, message: finding.message.clone() }));
    problems
}

/// The primary label of a finding, then the related ones.
fn labels<'f>(finding: &'f Finding, files: &'f [(&str, &str)]) -> impl Iterator<Item = Reported<'f>> {
    let primary = (finding.span, &finding.message, false);
    let related = finding.related.iter().map(|label| (label.span, &label.message, true));
    std::iter::once(primary).chain(related).filter_map(|(span, message, related)| {
        let (file, _) = files.get(span.file.0 as usize)?;
        Some(Reported { file, range: span.range(), message, related })
    })
}
