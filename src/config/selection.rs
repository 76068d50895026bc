//! Which rules run, and how severe their findings are: selectors looked up among the rules there are.
//!
//! For every rule one vote decides: the most specific (rule before domain before preset before `ALL`), among
//! equals that of the weightiest layer (default, config, overrides, command line), and within one layer `ignore`.
//! Of all the `select` lists only that of the weightiest layer votes; everything else adds up. To ignore `ALL` makes
//! void what the same layer and lighter ones select.

use std::borrow::Cow;

use super::{Config, ConfigError, Level, Override, Selection, Written};
use crate::rule::Severity;
use crate::rule::nearest::nearest;

/// A rule, as far as selection knows it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its name.
    pub id: &'a str,
    /// Its domain.
    pub domain: &'a str,
    /// Its preset: `recommended`, or `strict`, which holds the recommended ones as well.
    pub preset: &'a str,
    /// Ids of the same check in other tools, such as `hadolint:DL3008`.
    pub equivalents: &'a [Cow<'static, str>],
    /// Severity unless config says otherwise.
    pub severity: Severity,
}

/// The preset that holds every other.
const STRICT: &str = "strict";
/// The selector for every rule.
const ALL: &str = "ALL";
/// What runs when nobody says.
const DEFAULT: &str = "recommended";

/// How exactly a selector names a rule, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Specificity {
    All,
    Preset,
    Domain,
    Rule,
}

/// What one layer says about one rule.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    /// By `select`.
    select: Option<Specificity>,
    /// By `extend-select`, `ignore` and severity `off`.
    adjust: Option<(Specificity, bool)>,
    /// By `severity`.
    severity: Option<(Specificity, Severity)>,
}

/// A selection with every selector looked up.
#[derive(Debug)]
struct Layer {
    selects: bool,
    /// Whether it ignores `ALL`: what it and lighter layers select is void.
    clears: bool,
    votes: Vec<Votes>,
}

/// Selectors of a config and the command line, looked up; rules go by their place in the list of candidates.
#[derive(Debug)]
pub struct Plan {
    severities: Vec<Severity>,
    /// Default, then the config's selections.
    base: Vec<Layer>,
    overrides: Vec<(Override, Layer)>,
    command_line: Layer,
}

/// An object, as far as overrides ask.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    /// `Deployment`, `stage` …
    pub kind: &'a str,
    /// As written.
    pub namespace: Option<&'a str>,
    /// As written; empty when unknown.
    pub name: &'a str,
}

/// The overrides that are for one file, found once per file.
#[derive(Clone, Debug, Default)]
pub struct FileScope(Vec<usize>);

impl FileScope {
    /// Whether no override is for the file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Plan {
    /// Looks up every selector of `config` and of the command line; an unknown one is an error at its place.
    pub fn new(
        config: &Config,
        command_line: &Selection,
        rules: &[Candidate<'_>],
    ) -> Result<Plan, Vec<ConfigError>> {
        let mut errors = Vec::new();
        let mut layer = |selection: &Selection| Layer::new(selection, rules, &mut errors);
        let plan = Plan {
            severities: rules.iter().map(|rule| rule.severity).collect(),
            base: std::iter::once(Layer::default_for(rules))
                .chain(config.selections.iter().map(&mut layer))
                .collect(),
            overrides: config.overrides.iter().map(|one| (one.clone(), layer(&one.selection))).collect(),
            command_line: layer(command_line),
        };
        if errors.is_empty() { Ok(plan) } else { Err(errors) }
    }

    /// The overrides for the file at this absolute path.
    pub fn scope(&self, path: &std::path::Path) -> FileScope {
        let covers = |(at, (one, _)): (usize, &(Override, Layer))| one.covers_path(path).then_some(at);
        FileScope(self.overrides.iter().enumerate().filter_map(covers).collect())
    }

    /// Whether some object of the file may be checked by this rule; `false` means that it need not run at all.
    pub fn may_run(&self, rule: usize, scope: &FileScope) -> bool {
        self.verdict(rule, scope, None).is_some()
            || self.in_scope(scope).any(|(one, layer)| one.asks_for_object() && layer.may_enable(rule))
    }

    /// The severity to report a finding of this rule with; `None` when the rule is off there.
    pub fn verdict(&self, rule: usize, scope: &FileScope, object: Option<Object<'_>>) -> Option<Severity> {
        self.verdict_on(rule, scope, object, None)
    }

    /// The same of a finding that is as severe as `own` unless somebody has chosen a severity for the rule.
    pub fn verdict_on(
        &self,
        rule: usize,
        scope: &FileScope,
        object: Option<Object<'_>>,
        own: Option<Severity>,
    ) -> Option<Severity> {
        let overrides = self.in_scope(scope).filter(|(one, _)| applies(one, object)).map(|(_, layer)| layer);
        let layers: Vec<&Layer> =
            self.base.iter().chain(overrides).chain(std::iter::once(&self.command_line)).collect();
        enabled(&layers, rule).then(|| self.severity(&layers, rule, own))
    }

    /// The reasons of the overrides that are for this file and object.
    pub fn reasons<'p>(
        &'p self,
        scope: &'p FileScope,
        object: Option<Object<'p>>,
    ) -> impl Iterator<Item = &'p str> {
        let applying = self.in_scope(scope).filter(move |(one, _)| applies(one, object));
        applying.map(|(one, _)| one.reason.as_str()).filter(|reason| !reason.is_empty())
    }

    fn in_scope<'p>(&'p self, scope: &'p FileScope) -> impl Iterator<Item = &'p (Override, Layer)> {
        scope.0.iter().filter_map(|at| self.overrides.get(*at))
    }

    fn severity(&self, layers: &[&Layer], rule: usize, own: Option<Severity>) -> Severity {
        let own = own.or(self.severities.get(rule).copied()).unwrap_or(Severity::Warning);
        let said = layers.iter().enumerate().filter_map(|(weight, layer)| {
            let (specificity, severity) = layer.of(rule).severity?;
            Some(((specificity, weight), severity))
        });
        said.max_by_key(|(order, _)| *order).map_or(own, |(_, severity)| severity)
    }
}

fn applies(one: &Override, object: Option<Object<'_>>) -> bool {
    match object {
        _ if !one.asks_for_object() => true,
        Some(object) => one.covers_object(object.kind, object.namespace, object.name),
        None => false,
    }
}

/// The vote described at the top of this file.
fn enabled(layers: &[&Layer], rule: usize) -> bool {
    let cleared = layers.iter().rposition(|layer| layer.clears);
    let base = layers.iter().rposition(|layer| layer.selects);
    let selected = base.filter(|weight| cleared.is_none_or(|at| at < *weight)).and_then(|weight| {
        let specificity = layers.get(weight)?.of(rule).select?;
        Some(((specificity, weight, false), true))
    });
    let adjusted = layers.iter().enumerate().skip(cleared.unwrap_or(0)).filter_map(|(weight, layer)| {
        let (specificity, on) = layer.of(rule).adjust?;
        Some(((specificity, weight, !on), on))
    });
    selected.into_iter().chain(adjusted).max_by_key(|(order, _)| *order).is_some_and(|(_, on)| on)
}

impl Layer {
    fn new(selection: &Selection, rules: &[Candidate<'_>], errors: &mut Vec<ConfigError>) -> Layer {
        let clears = selection.ignore.iter().any(|word| word.value == ALL);
        let mut layer =
            Layer { selects: selection.select.is_some(), clears, votes: vec![Votes::default(); rules.len()] };
        for word in selection.select.iter().flatten() {
            layer.each(word, rules, errors, true, |votes, at| votes.select = votes.select.max(Some(at)));
        }
        for word in &selection.extend_select {
            layer.each(word, rules, errors, true, |votes, at| votes.adjust(at, true));
        }
        for word in &selection.ignore {
            if word.value != ALL {
                layer.each(word, rules, errors, false, |votes, at| votes.adjust(at, false));
            }
        }
        for (word, level) in &selection.severity {
            layer.each(word, rules, errors, false, |votes, at| match level {
                Level::Off => votes.adjust(at, false),
                Level::At(severity) if votes.severity.is_none_or(|(before, _)| before <= at) => {
                    votes.severity = Some((at, *severity));
                }
                Level::At(_) => {}
            });
        }
        layer
    }

    fn default_for(rules: &[Candidate<'_>]) -> Layer {
        let select = |rule: &Candidate<'_>| (rule.preset == DEFAULT).then_some(Specificity::Preset);
        let votes = rules.iter().map(|rule| Votes { select: select(rule), ..Votes::default() }).collect();
        Layer { selects: true, clears: false, votes }
    }

    fn of(&self, rule: usize) -> Votes {
        self.votes.get(rule).copied().unwrap_or_default()
    }

    fn may_enable(&self, rule: usize) -> bool {
        let votes = self.of(rule);
        self.selects || votes.adjust.is_some_and(|(_, on)| on)
    }

    fn each(
        &mut self,
        word: &Written<String>,
        rules: &[Candidate<'_>],
        errors: &mut Vec<ConfigError>,
        selects: bool,
        mut vote: impl FnMut(&mut Votes, Specificity),
    ) {
        let mut known = false;
        for (rule, votes) in rules.iter().zip(&mut self.votes) {
            if let Some(specificity) = matches(&word.value, rule, selects) {
                known = true;
                vote(votes, specificity);
            }
        }
        if !known && !is_group(&word.value) {
            errors.push(unknown(word, rules));
        }
    }
}

impl Votes {
    /// Within one layer the more specific counts, and among equals `ignore`.
    fn adjust(&mut self, specificity: Specificity, on: bool) {
        let order = |(specificity, on): (Specificity, bool)| (specificity, !on);
        if self.adjust.is_none_or(|before| order(before) < order((specificity, on))) {
            self.adjust = Some((specificity, on));
        }
    }
}

/// Names that always exist, even when no rule is in them.
fn is_group(word: &str) -> bool {
    [ALL, STRICT, DEFAULT].contains(&word)
}

fn matches(word: &str, rule: &Candidate<'_>, selects: bool) -> Option<Specificity> {
    if word == rule.id || rule.equivalents.iter().any(|id| id.eq_ignore_ascii_case(word)) {
        Some(Specificity::Rule)
    } else if word == rule.domain {
        Some(Specificity::Domain)
    } else if word == rule.preset || (selects && word == STRICT) {
        // To ignore `strict` is to leave the recommended rules alone.
        Some(Specificity::Preset)
    } else {
        (word == ALL).then_some(Specificity::All)
    }
}

fn unknown(word: &Written<String>, rules: &[Candidate<'_>]) -> ConfigError {
    let names = rules.iter().flat_map(|rule| {
        [rule.id, rule.domain, rule.preset].into_iter().chain(rule.equivalents.iter().map(AsRef::as_ref))
    });
    let help = match nearest(&word.value, names.chain([ALL, DEFAULT, STRICT])) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`plimsoll rules` lists them".to_string(),
    };
    let message = format!("no rule, domain or preset is called `{}`", word.value);
    ConfigError::new(word.span, message).help(help)
}

#[cfg(test)]
#[path = "selection_tests.rs"]
mod tests;
