//! All files together: project checks, then findings with their severity, subject, suppression and fingerprint.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::analyse::{Analysed, Raw, report};
use super::finding::{Finding, Outcome, Subject as About, Totals};
use super::fingerprint::fingerprint;
use super::linter::{Linter, Profile};
use super::suppress::Suppressor;
use crate::checks::Check;
use crate::config::selection::{FileScope, Object};
use crate::model::resource::Resource;
use crate::model::stage::Stage;
use crate::model::{Facts, Project};
use crate::rule::{Match, Subject};
use crate::text::{FileId, Sources, Span};

/// Something to report that no analysis of a file gave.
pub struct Remark {
    rule: &'static str,
    found: Match,
    /// The profile it is judged by.
    profile: usize,
    skipped: bool,
}

impl Remark {
    /// A file that was not analysed, and why; `profile` is the one it would have been judged by.
    pub fn skipped(file: FileId, message: String, profile: usize) -> Remark {
        Remark {
            rule: "unreadable-input",
            found: Match::new(Span::at(file, 0), message),
            profile,
            skipped: true,
        }
    }

    /// A rule page that cannot be used.
    pub fn broken_page(span: Span, message: String) -> Remark {
        Remark { rule: "invalid-rule-page", found: Match::new(span, message), profile: 0, skipped: false }
    }
}

/// Makes the outcome of a run from what its files gave. `analysed` is in the order of the files.
pub fn conclude(
    linter: &Linter,
    profiles: &[Profile],
    mut analysed: Vec<Analysed>,
    remarks: Vec<Remark>,
    sources: Sources,
) -> Outcome {
    let skipped = remarks.iter().filter(|remark| remark.skipped).count();
    let totals = Totals {
        discovered: analysed.len() + skipped,
        analysed: analysed.len(),
        skipped,
        incomplete: analysed.iter().filter(|file| file.incomplete).count(),
    };
    let files = analysed.iter_mut().map(|file| std::mem::take(&mut file.facts)).collect();
    let project = Project { files };
    cross_file(linter, &project, &mut analysed);
    let mut findings = Vec::new();
    for (file, facts) in analysed.iter_mut().zip(&project.files) {
        let judge = Judge { linter, profile: &profiles[file.profile], sources: &sources };
        findings.extend(judge.file(file, facts));
    }
    for remark in remarks {
        let judge = Judge { linter, profile: &profiles[remark.profile], sources: &sources };
        findings.extend(judge.remark(remark));
    }
    finish(&mut findings, &sources);
    let fails = fails(profiles, &analysed, &findings);
    Outcome { sources, findings, totals, fails }
}

/// Runs the project rules that are active somewhere, and hands each match to the file it is in.
fn cross_file(linter: &Linter, project: &Project, analysed: &mut [Analysed]) {
    let by_file: HashMap<FileId, usize> =
        analysed.iter().enumerate().map(|(at, file)| (file.file, at)).collect();
    for &rule in linter.of(Subject::Project) {
        let Some(Check::Project(check)) = linter.native(rule) else { continue };
        if !analysed.iter().any(|file| file.active[rule]) {
            continue;
        }
        let mut found = Vec::new();
        if catch_unwind(AssertUnwindSafe(|| check(project, &mut found))).is_err()
            && let Some(first) = analysed.first_mut()
        {
            let message = format!("`{}` crashed; please report it", linter.rule(rule).id());
            report(linter, &mut first.raw, "rule-failed", Match::new(Span::at(first.file, 0), message));
        }
        for found in found {
            if let Some(&at) = by_file.get(&found.span.file)
                && analysed[at].active[rule]
            {
                analysed[at].raw.push(Raw { rule, found });
            }
        }
    }
}

/// Turns matches into findings.
struct Judge<'r> {
    linter: &'r Linter,
    profile: &'r Profile,
    sources: &'r Sources,
}

impl Judge<'_> {
    fn file(&self, file: &mut Analysed, facts: &Facts) -> Vec<Finding> {
        let mut findings = Vec::new();
        for raw in std::mem::take(&mut file.raw) {
            let rule = raw.rule;
            let Some(mut finding) = self.finding(raw, &file.scope, facts) else { continue };
            let names = |name: &str| {
                self.linter
                    .registry()
                    .find(name)
                    .iter()
                    .any(|found| found.id() == self.linter.rule(rule).id())
            };
            let mut marks =
                file.suppressors.iter_mut().filter_map(|one| one.suppress(finding.span, names).cloned());
            // Every suppressor that covers it counts as used; the first one marks it.
            finding.suppressed = marks.next();
            marks.for_each(drop);
            findings.push(finding);
        }
        let mut raw = Vec::new();
        for suppressor in file.suppressors.iter().filter(|one| !one.foreign) {
            self.stale(suppressor, &file.active, &mut raw);
        }
        findings.extend(raw.into_iter().filter_map(|raw| self.finding(raw, &file.scope, facts)));
        findings
    }

    /// What is wrong with a suppression itself.
    fn stale(&self, suppressor: &Suppressor, active: &[bool], raw: &mut Vec<Raw>) {
        let registry = self.linter.registry();
        for (name, used) in &suppressor.names {
            let rules = registry.find(&name.text);
            if rules.is_empty() {
                let near = registry
                    .suggest(&name.text)
                    .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                let message = format!("there is no rule `{}`{near}", name.text);
                report(self.linter, raw, "unknown-suppression", Match::new(name.span, message));
            } else if !used && rules.iter().all(|rule| self.could_fire(rule, active)) {
                let message = format!("`{}` reports nothing here; remove the suppression", name.text);
                report(self.linter, raw, "unused-suppression", Match::new(name.span, message));
            }
        }
        if let (true, Some(span)) = (suppressor.mark.reason.is_empty(), suppressor.mark.span) {
            let message = "say why this is allowed, after the list of rules";
            report(self.linter, raw, "suppression-without-reason", Match::new(span, message));
        }
    }

    /// Whether silence of this rule means something: it ran, and on everything it needs to see.
    fn could_fire(&self, rule: &crate::rule::Rule, active: &[bool]) -> bool {
        let ran = self.linter.number(rule.id()).is_some_and(|at| active[at]);
        ran && rule.front().subject != Subject::Project
    }

    fn finding(&self, raw: Raw, scope: &FileScope, facts: &Facts) -> Option<Finding> {
        let subject = about(facts, raw.found.span);
        let object = subject.as_ref().map(|subject| Object {
            kind: &subject.kind,
            namespace: subject.namespace.as_deref(),
            name: &subject.name,
        });
        let severity = self.profile.plan.verdict(raw.rule, scope, object)?;
        let rule = self.linter.rule(raw.rule).reference();
        let address = subject.as_ref().map_or("", |subject| subject.address.as_str());
        let source = self.sources.get(raw.found.span.file);
        let text = self.sources.text(raw.found.span);
        let fingerprint = fingerprint(&[&rule.id, &source.path, address, text]);
        let Match { span, message, related, fix, .. } = raw.found;
        Some(Finding { rule, severity, message, span, related, subject, fix, suppressed: None, fingerprint })
    }

    fn remark(&self, remark: Remark) -> Option<Finding> {
        let raw = Raw { rule: self.linter.number(remark.rule)?, found: remark.found };
        self.finding(raw, &FileScope::default(), &Facts::default())
    }
}

/// Whether some finding is as severe as the `fail-on` of its file's profile; what has none, by that of no config.
fn fails(profiles: &[Profile], analysed: &[Analysed], findings: &[Finding]) -> bool {
    let of_file: HashMap<FileId, usize> = analysed.iter().map(|file| (file.file, file.profile)).collect();
    findings.iter().filter(|finding| finding.suppressed.is_none()).any(|finding| {
        let profile = of_file.get(&finding.span.file).copied().unwrap_or_default();
        profiles[profile].fail_on.fails(finding.severity)
    })
}

/// What a span lies in: a resource, or a stage of a Dockerfile.
fn about(facts: &Facts, span: Span) -> Option<About> {
    let resource = last_around(&facts.resources, span, |resource| resource.span).map(of_resource);
    resource.or_else(|| last_around(&facts.stages, span, |stage| stage.whole).map(of_stage))
}

/// The one of `facts`, which are in the order of the text, that `span` lies in.
fn last_around<T>(facts: &[T], span: Span, whole: impl Fn(&T) -> Span) -> Option<&T> {
    let after = facts.partition_point(|fact| whole(fact).start <= span.start);
    let fact = facts.get(after.checked_sub(1)?)?;
    whole(fact).contains(span).then_some(fact)
}

fn of_resource(resource: &Resource) -> About {
    About {
        kind: resource.kind().to_owned(),
        namespace: resource.namespace.get().cloned(),
        name: resource.name().to_owned(),
        address: resource.address(),
    }
}

fn of_stage(stage: &Stage) -> About {
    let name = stage.label();
    About { kind: "stage".to_owned(), namespace: None, address: format!("stage/{name}"), name }
}

/// Sorts, drops repetitions (one node may be reached through several aliases), and tells equal fingerprints apart.
fn finish(findings: &mut Vec<Finding>, sources: &Sources) {
    let path = |finding: &Finding| &sources.get(finding.span.file).path;
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| (finding.span.start, finding.span.end);
        let by_place = path(a).cmp(path(b)).then(place(a).0.cmp(&place(b).0));
        by_place
            .then_with(|| a.rule.id.cmp(&b.rule.id))
            .then(place(a).cmp(&place(b)))
            .then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup_by(|a, b| a.span == b.span && a.rule.id == b.rule.id && a.message == b.message);
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        if *count > 0 {
            finding.fingerprint = fingerprint(&[&finding.fingerprint, &count.to_string()]);
        }
        *count += 1;
    }
}
