//! What a run is set up with: the rules, the code of native ones, and the profiles that files are judged by.

use std::collections::HashMap;

use crate::checks::{self, Check, Context};
use crate::config::selection::{Candidate, FileScope, Plan};
use crate::config::{Config, ConfigError, FailOn, KubernetesVersion, Selection};
use crate::rule::{Registry, Rule, Subject};

/// The newest release whose facts are built in: what files are checked against unless somebody says otherwise.
pub const NEWEST_KUBERNETES: KubernetesVersion = KubernetesVersion { major: 1, minor: 37 };

/// The rules that subscribed to a subject, by number.
#[derive(Default)]
struct Subscribers {
    any: Vec<usize>,
    /// Those whose page names kinds, by kind without the group.
    of_kind: HashMap<String, Vec<usize>>,
}

impl Subscribers {
    fn add(&mut self, at: usize, rule: &Rule) {
        if rule.head().kinds.is_empty() {
            self.any.push(at);
        }
        for kind in &rule.head().kinds {
            let kind = kind.rsplit_once('/').map_or(kind.as_ref(), |(_, kind)| kind);
            let rules = self.of_kind.entry(kind.to_owned()).or_default();
            // The same kind may be named for several groups.
            if rules.last() != Some(&at) {
                rules.push(at);
            }
        }
    }
}

/// The rules of a run, by number.
pub struct Linter {
    registry: Registry,
    natives: Vec<Option<Check>>,
    subjects: [Subscribers; Subject::COUNT],
    by_id: HashMap<String, usize>,
}

impl Linter {
    /// Sets up the rules of `registry`.
    pub fn new(registry: Registry) -> Linter {
        let by_id: HashMap<String, usize> =
            registry.rules().iter().enumerate().map(|(at, rule)| (rule.id().to_owned(), at)).collect();
        let mut natives = vec![None; registry.rules().len()];
        for (id, check) in checks::all() {
            if let Some(&at) = by_id.get(id) {
                natives[at] = Some(check);
            }
        }
        let mut subjects: [Subscribers; Subject::COUNT] = Default::default();
        for (at, rule) in registry.rules().iter().enumerate() {
            subjects[rule.head().subject.index()].add(at, rule);
        }
        Linter { registry, natives, subjects, by_id }
    }

    /// Runs no rule on this subject, whatever is selected.
    pub fn leave_out(&mut self, subject: Subject) {
        self.subjects[subject.index()] = Subscribers::default();
    }

    /// The rules.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    pub(super) fn rule(&self, at: usize) -> &Rule {
        &self.registry.rules()[at]
    }

    /// The rules for a subject, whatever object it is in.
    pub(super) fn of(&self, subject: Subject) -> &[usize] {
        &self.subjects[subject.index()].any
    }

    /// The rules for a subject that are only for objects of this kind, of some group.
    pub(super) fn of_kind(&self, subject: Subject, kind: &str) -> &[usize] {
        self.subjects[subject.index()].of_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    pub(super) fn native(&self, at: usize) -> Option<Check> {
        self.natives[at]
    }

    /// The number of a rule that the engine itself reports.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// How files under `config` are judged; an unknown selector is an error at its place.
    pub fn profile(&self, config: &Config, command_line: &Selection) -> Result<Profile, Vec<ConfigError>> {
        let candidates: Vec<Candidate<'_>> = self
            .registry
            .rules()
            .iter()
            .map(|rule| Candidate {
                id: rule.id(),
                domain: rule.domain(),
                preset: rule.head().preset.name(),
                equivalents: &rule.head().equivalents,
                severity: rule.head().severity,
            })
            .collect();
        let plan = Plan::new(config, command_line, &candidates)?;
        let kubernetes =
            config.kubernetes_version.as_ref().map_or(NEWEST_KUBERNETES, |written| written.value);
        let fail_on = config.fail_on.as_ref().map_or_else(FailOn::default, |written| written.value);
        let everywhere = FileScope::default();
        let active = (0..candidates.len()).map(|at| plan.may_run(at, &everywhere)).collect();
        Ok(Profile { plan, context: Context { kubernetes }, fail_on, active })
    }
}

/// How some of the files are judged: by one config, and the command line over it.
pub struct Profile {
    pub(super) plan: Plan,
    /// What holds for every check.
    pub context: Context,
    /// What fails the run.
    pub fail_on: FailOn,
    /// Which rules may run on files that no override is for.
    active: Vec<bool>,
}

impl Profile {
    /// Which rules may run on a file, by number.
    pub(super) fn active(&self, scope: &FileScope) -> Vec<bool> {
        if scope.is_empty() {
            return self.active.clone();
        }
        (0..self.active.len()).map(|at| self.plan.may_run(at, scope)).collect()
    }
}
