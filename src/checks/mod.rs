//! Native checks: what an expression cannot say. One file each, named after its rule's page.
//!
//! A check reads facts and reports matches; it does no I/O, keeps no state, and knows no other check.

mod annotations;
mod bashisms;
mod certificates;
mod cloudformation;
mod compose;
mod control_plane;
mod coupling;
mod dockerfile;
mod image;
mod mesh;
mod monitoring;
mod network;
mod pipeline;
mod pod_ports;
mod rbac;
mod scaling;
mod schema;
mod secrets;
mod selecting;
mod shell;
mod terraform;
mod wiring;
mod workload;

use std::cell::OnceCell;

use crate::config::KubernetesVersion;
use crate::model::graph::Graph;
use crate::model::wired::Wired;
use crate::model::{Facts, Project};
use crate::rule::Match;
use crate::schema::{Known, Violation};
use crate::syntax::dockerfile::Dockerfile;
use crate::syntax::hcl;
use crate::syntax::shell::Script;
use crate::syntax::tree::Tree;
use crate::text::Span;

/// What a check may know besides facts.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The version of the cluster that the files are meant for.
    pub kubernetes: KubernetesVersion,
}

/// One file as a check sees it.
pub struct File<'f> {
    /// Its text, which spans cut.
    pub text: &'f str,
    /// What the file says.
    pub facts: &'f Facts,
    /// The tree it was read from, if it is YAML or JSON; if it is Terraform, what its blocks come out as.
    pub tree: Option<&'f Tree>,
    /// The tree it was read from, if it is a Dockerfile.
    pub dockerfile: Option<&'f Dockerfile>,
    /// The tree it was read from, if it is HCL.
    pub hcl: Option<&'f hcl::File>,
    /// What holds for the whole run.
    pub context: Context,
    /// The schemas of kinds.
    pub schemas: Known<'f>,
    /// Whether Kustomize takes its objects from it, and may fill in namespaces and selectors.
    pub built: bool,
    /// What the schemas say, once a rule has asked.
    pub violations: OnceCell<Vec<Violation>>,
}

impl File<'_> {
    /// Everything that the schemas of its objects refuse, found by the first rule that asks.
    pub fn violations(&self) -> &[Violation] {
        self.violations.get_or_init(|| schema::violations(self))
    }
}

/// How a native rule finds its matches.
#[derive(Clone, Copy)]
pub enum Check {
    /// From one file.
    File(fn(&File<'_>, &mut Vec<Match>)),
    /// From one script.
    Script(fn(&Script, &mut Vec<Match>)),
    /// From all files together.
    Project(fn(&Project, &mut Vec<Match>)),
    /// From all files together, by what their labels and selectors bind.
    Wired(fn(&Wired<'_>, &mut Vec<Match>)),
    /// From who depends on whom.
    Graph(fn(&Graph, &mut Vec<Match>)),
    /// The engine itself reports it: syntax errors, stale suppressions.
    Engine,
}

/// Finds places from all files together.
pub type Places = fn(&Wired<'_>, &mut Vec<Span>);

/// What all files together show not to be wrong: places where a rule, which sees one file, says that something is
/// missing.
pub const REFUTED: &[(&str, Places)] = &[("may-run-as-root", image::ordinary_users)];

/// Every native rule with its check.
pub fn all() -> impl Iterator<Item = (&'static str, Check)> {
    let engine = ENGINE.iter().map(|name| (*name, Check::Engine));
    let domains = [
        annotations::CHECKS,
        certificates::CHECKS,
        cloudformation::CHECKS,
        compose::CHECKS,
        control_plane::CHECKS,
        coupling::CHECKS,
        dockerfile::CHECKS,
        image::CHECKS,
        mesh::CHECKS,
        monitoring::CHECKS,
        network::CHECKS,
        pipeline::CHECKS,
        rbac::CHECKS,
        scaling::CHECKS,
        schema::CHECKS,
        secrets::CHECKS,
        shell::CHECKS,
        terraform::CHECKS,
        wiring::CHECKS,
        workload::CHECKS,
    ];
    domains.into_iter().flatten().copied().chain(engine)
}

/// Rules that the engine reports without a check of their own.
const ENGINE: &[&str] = &[
    "syntax-error",
    "duplicate-key",
    "loose-indentation",
    "unreadable-input",
    "rule-failed",
    "invalid-rule-page",
    "unused-suppression",
    "unknown-suppression",
    "suppression-without-reason",
];
