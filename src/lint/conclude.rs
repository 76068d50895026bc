//! All files together: project checks, then the findings of the run, sorted.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::analyse::Analysed;
use super::declared::declarations;
use super::finding::{Finding, Outcome, Totals};
use super::fingerprint::fingerprint;
use super::judge::Judge;
use super::lent;
use super::linter::{Linter, Profile};
use super::raw::{Raw, report};
use super::sensitive::Secrets;
use super::terraform;
use crate::checks::{Check, REFUTED};
use crate::config::selection::FileScope;
use crate::formats::terraform::Attributes;
use crate::model::graph::{Declared, Graph};
use crate::model::wired::Wired;
use crate::model::{Facts, Layout, Project};
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

/// Makes the outcome of a run from what its files gave. `analysed` is in the order of the files, `declared` in that of the
/// profiles.
pub fn conclude(
    linter: &Linter,
    profiles: &[Profile],
    analysed: Vec<Analysed>,
    remarks: Vec<Remark>,
    sources: Sources,
    layout: Layout,
    declared: Vec<Declared>,
) -> Outcome {
    whole((linter, profiles), analysed, remarks, sources, layout, declared, |_| ()).0
}

/// The same, and the graph of who depends on whom; no graph if making it crashed, which is a defect of plimsoll.
pub fn conclude_with_graph(
    linter: &Linter,
    profiles: &[Profile],
    analysed: Vec<Analysed>,
    remarks: Vec<Remark>,
    sources: Sources,
    layout: Layout,
    declared: Vec<Declared>,
) -> (Outcome, Option<Graph>) {
    let graph = |wired: Wired<'_>| catch_unwind(AssertUnwindSafe(|| wired.into_graph())).ok();
    whole((linter, profiles), analysed, remarks, sources, layout, declared, graph)
}

/// The outcome, and what `more` makes of the project.
fn whole<T>(
    (linter, profiles): (&Linter, &[Profile]),
    mut analysed: Vec<Analysed>,
    remarks: Vec<Remark>,
    sources: Sources,
    layout: Layout,
    declared: Vec<Declared>,
    more: impl FnOnce(Wired<'_>) -> T,
) -> (Outcome, T) {
    let secrets = Secrets::of(&analysed, &sources);
    lent::hand_over(linter, &mut analysed, &sources);
    let skipped = remarks.iter().filter(|remark| remark.skipped).count();
    let totals = Totals {
        discovered: analysed.len() + skipped,
        analysed: analysed.len(),
        skipped,
        incomplete: analysed.iter().filter(|file| file.incomplete).count(),
    };
    let files = analysed.iter_mut().map(|file| std::mem::take(&mut file.facts)).collect();
    let mut project = Project::new(files, layout);
    project.declared = declarations(declared, &analysed);
    let wired = Wired::new(&project);
    cross_file(linter, &wired, &mut analysed);
    let more = more(wired);
    let mut findings = Vec::new();
    for (file, facts) in analysed.iter_mut().zip(&project.files) {
        let judge = Judge { linter, profile: &profiles[file.profile], sources: &sources };
        terraform::speak(linter, facts, &sources.get(file.file).text, &mut file.raw);
        secrets.hide(facts, &mut file.raw);
        findings.extend(judge.file(file, facts));
    }
    for remark in remarks {
        let judge = Judge { linter, profile: &profiles[remark.profile], sources: &sources };
        let raw = linter.number(remark.rule).map(|rule| Raw { rule, found: remark.found });
        findings.extend(raw.and_then(|raw| judge.finding(raw, &FileScope::default(), &Facts::default())));
    }
    finish(&mut findings, &sources);
    let fails = fails(profiles, &analysed, &findings);
    (Outcome { sources, findings, totals, fails, attributes: Attributes::default() }, more)
}

/// Runs the project rules that are active somewhere, and hands each match to the file it is in.
fn cross_file(linter: &Linter, wired: &Wired<'_>, analysed: &mut [Analysed]) {
    let by_file: HashMap<FileId, usize> =
        analysed.iter().enumerate().map(|(at, file)| (file.file, at)).collect();
    for &rule in linter.of(Subject::Project) {
        let run = |found: &mut Vec<Match>| match linter.native(rule) {
            Some(Check::Project(check)) => check(wired.project, found),
            Some(Check::Wired(check)) => check(wired, found),
            Some(Check::Graph(check)) => check(wired.graph(), found),
            _ => {}
        };
        if !analysed.iter().any(|file| file.active[rule]) {
            continue;
        }
        let mut found = Vec::new();
        if catch_unwind(AssertUnwindSafe(|| run(&mut found))).is_err()
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
    refute(linter, wired, analysed, &by_file);
}

/// Takes back what a file alone seemed to lack.
fn refute(linter: &Linter, wired: &Wired<'_>, analysed: &mut [Analysed], by_file: &HashMap<FileId, usize>) {
    for (name, check) in REFUTED {
        let Some(rule) = linter.number(name) else { continue };
        let mut places = Vec::new();
        if analysed.iter().any(|file| file.active[rule])
            && catch_unwind(AssertUnwindSafe(|| check(wired, &mut places))).is_err()
        {
            places.clear();
        }
        let places: HashSet<Span> = places.into_iter().collect();
        let files: HashSet<usize> =
            places.iter().filter_map(|place| by_file.get(&place.file)).copied().collect();
        for at in files {
            let refuted =
                |raw: &Raw| raw.rule == rule && raw.found.missing && places.contains(&raw.found.span);
            analysed[at].raw.retain(|raw| !refuted(raw));
        }
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
