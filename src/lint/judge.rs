//! From a match to a finding: severity, subject, suppression, fingerprint.

use std::collections::HashMap;

use super::analyse::Analysed;
use super::finding::{Finding, Subject as About};
use super::fingerprint::fingerprint;
use super::linter::{Linter, Profile};
use super::raw::{Raw, report};
use super::suppress::Suppressor;
use crate::config::selection::{FileScope, Object};
use crate::model::Facts;
use crate::model::block::Block;
use crate::model::cloudformation::Entry;
use crate::model::compose::Service;
use crate::model::resource::Resource;
use crate::model::stage::Stage;
use crate::rule::{Match, Rule, Subject};
use crate::text::{Sources, Span};

/// Turns matches into findings.
pub(super) struct Judge<'r> {
    pub(super) linter: &'r Linter,
    pub(super) profile: &'r Profile,
    pub(super) sources: &'r Sources,
}

impl Judge<'_> {
    /// The findings of a file, and what is wrong with its suppressions.
    pub(super) fn file(&self, file: &mut Analysed, facts: &Facts) -> Vec<Finding> {
        let mut findings = Vec::new();
        let allowed = self.allowed(&file.suppressors);
        for raw in std::mem::take(&mut file.raw) {
            let rule = raw.rule;
            let Some(mut finding) = self.finding(raw, &file.scope, facts) else { continue };
            // Every suppressor that reaches it counts as used; the first one marks it.
            for &(suppressor, name) in allowed.get(&rule).into_iter().flatten() {
                let suppressor = &mut file.suppressors[suppressor];
                if suppressor.reaches(finding.span) {
                    suppressor.names[name].1 = true;
                    finding.suppressed.get_or_insert_with(|| suppressor.mark.clone());
                }
            }
            findings.push(finding);
        }
        let mut raw = Vec::new();
        for suppressor in file.suppressors.iter().filter(|one| !one.foreign) {
            self.stale(suppressor, &file.active, &mut raw);
        }
        findings.extend(raw.into_iter().filter_map(|raw| self.finding(raw, &file.scope, facts)));
        findings
    }

    /// By rule: which name of which suppressor allows it.
    fn allowed(&self, suppressors: &[Suppressor]) -> HashMap<usize, Vec<(usize, usize)>> {
        let mut allowed: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for (at, suppressor) in suppressors.iter().enumerate() {
            for (name, (written, _)) in suppressor.names.iter().enumerate() {
                let rules = self.linter.registry().find(&written.text);
                for rule in rules.iter().filter_map(|rule| self.linter.number(rule.id())) {
                    allowed.entry(rule).or_default().push((at, name));
                }
            }
        }
        allowed
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
    fn could_fire(&self, rule: &Rule, active: &[bool]) -> bool {
        let ran = self.linter.number(rule.id()).is_some_and(|at| active[at]);
        ran && rule.head().subject != Subject::Project
    }

    /// The finding of a match; `None` where the config switches its rule off.
    pub(super) fn finding(&self, raw: Raw, scope: &FileScope, facts: &Facts) -> Option<Finding> {
        let subject = about(facts, raw.found.span);
        let object = subject.as_ref().map(|subject| Object {
            kind: &subject.kind,
            namespace: subject.namespace.as_deref(),
            name: &subject.name,
        });
        let severity = self.profile.plan.verdict_on(raw.rule, scope, object, raw.found.severity)?;
        let rule = self.linter.rule(raw.rule).reference();
        let address = subject.as_ref().map_or("", |subject| subject.address.as_str());
        let source = self.sources.get(raw.found.span.file);
        let text = start_of(self.sources.text(raw.found.span), LONGEST_TEXT);
        let fingerprint = fingerprint(&[&rule.id, &source.path, address, text]);
        let Match { span, message, related, fix, .. } = raw.found;
        Some(Finding { rule, severity, message, span, related, subject, fix, suppressed: None, fingerprint })
    }
}

/// What a span lies in: a resource, a block of Terraform, a stage of a Dockerfile, a service of a Compose file, a
/// resource of a template.
fn about(facts: &Facts, span: Span) -> Option<About> {
    let resource = last_around(&facts.resources, span, |resource| resource.span).map(of_resource);
    let block = || last_around(&facts.blocks, span, |block| block.whole).map(of_block);
    resource
        .or_else(block)
        .or_else(|| last_around(&facts.stages, span, |stage| stage.whole).map(of_stage))
        .or_else(|| {
            last_around(&facts.compose.as_ref()?.services, span, |service| service.span).map(of_service)
        })
        .or_else(|| {
            last_around(&facts.cloudformation.as_ref()?.resources, span, |entry| entry.span).map(of_entry)
        })
}

/// The one of `facts`, which are in the order of the text, that `span` lies in.
fn last_around<T>(facts: &[T], span: Span, whole: impl Fn(&T) -> Span) -> Option<&T> {
    let after = facts.partition_point(|fact| whole(fact).start <= span.start);
    let fact = facts.get(after.checked_sub(1)?)?;
    whole(fact).contains(span).then_some(fact)
}

/// Bytes of a name that findings repeat at most; Kubernetes takes 253.
const LONGEST_NAME: usize = 256;
/// Bytes of the text at fault that a fingerprint looks at.
const LONGEST_TEXT: usize = 4_096;

fn of_resource(resource: &Resource) -> About {
    let kind = start_of(resource.kind(), LONGEST_NAME);
    let name = start_of(resource.name(), LONGEST_NAME);
    let namespace = resource.namespace.get().map(|namespace| start_of(namespace, LONGEST_NAME));
    let address: Vec<&str> = namespace.into_iter().chain([kind, name]).collect();
    let address = address.join("/");
    About { kind: kind.to_owned(), namespace: namespace.map(str::to_owned), name: name.to_owned(), address }
}

/// As much of a text as `longest` bytes hold: what every finding repeats must not grow with the file.
fn start_of(text: &str, longest: usize) -> &str {
    &text[..text.floor_char_boundary(longest)]
}

fn of_stage(stage: &Stage) -> About {
    let name = start_of(&stage.label(), LONGEST_NAME).to_owned();
    About { kind: "stage".to_owned(), namespace: None, address: format!("stage/{name}"), name }
}

fn of_entry(entry: &Entry) -> About {
    let kind = start_of(entry.kind.get().map_or("resource", String::as_str), LONGEST_NAME).to_owned();
    let name = start_of(&entry.name.text, LONGEST_NAME).to_owned();
    About { address: format!("{kind}/{name}"), kind, namespace: None, name }
}

/// A block by what it is called where it stands: which instances and calls there are changes, and one finding may be
/// about many.
fn of_block(block: &Block) -> About {
    let kind = start_of(block.kind(), LONGEST_NAME).to_owned();
    let name = start_of(block.name(), LONGEST_NAME).to_owned();
    let address = start_of(&block.declared, LONGEST_NAME).to_owned();
    About { kind, namespace: None, name, address }
}

fn of_service(service: &Service) -> About {
    let name = start_of(&service.name.text, LONGEST_NAME).to_owned();
    About { kind: "service".to_owned(), namespace: None, address: format!("service/{name}"), name }
}
