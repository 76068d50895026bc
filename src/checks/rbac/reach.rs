//! What service accounts, and the workloads that run as them, can do to others: roles judged only where they are
//! bound, with the whole way from the right to the pod.

use super::powers::{ENTER, ESCALATE, IMPERSONATE, Power, RUN, SECRETS, STATUS, TOKENS, is_everything};
use crate::model::Project;
use crate::model::rbac::Grant;
use crate::model::reach::At;
use crate::model::reach::{Holder, Role};
use crate::model::workload::Word;
use crate::rule::Match;
use crate::text::Span;

/// What an account should not be able to do: the rights that let it, in words, and what to do about it.
struct Danger {
    powers: &'static [&'static [Power]],
    may: &'static str,
    mend: &'static str,
    /// Only what is granted in the whole cluster to accounts that a workload runs as.
    running_everywhere: bool,
}

const NAMES: &str = "name the objects in `resourceNames`, or grant it where it is needed only";

pub(super) fn escalates(project: &Project, out: &mut Vec<Match>) {
    let mend = "leave the verb out, or name the roles in `resourceNames`";
    let danger = Danger {
        powers: &[ESCALATE],
        may: "may give itself rights that it does not have",
        mend,
        running_everywhere: false,
    };
    check(project, &danger, out);
}

pub(super) fn enters_pods(project: &Project, out: &mut Vec<Match>) {
    let may = "may run commands in pods that are not its own";
    check(project, &Danger { powers: &[ENTER], may, mend: NAMES, running_everywhere: false }, out);
}

pub(super) fn impersonates(project: &Project, out: &mut Vec<Match>) {
    let may = "may act as somebody else";
    let mend = "name whom in `resourceNames`";
    check(project, &Danger { powers: &[IMPERSONATE], may, mend, running_everywhere: false }, out);
}

pub(super) fn sets_service_status(project: &Project, out: &mut Vec<Match>) {
    let may = "may take over any address, by giving it to a Service";
    check(project, &Danger { powers: &[STATUS], may, mend: NAMES, running_everywhere: false }, out);
}

pub(super) fn reads_secrets(project: &Project, out: &mut Vec<Match>) {
    let may = "may read every secret";
    check(project, &Danger { powers: &[SECRETS], may, mend: NAMES, running_everywhere: false }, out);
}

pub(super) fn runs_workloads(project: &Project, out: &mut Vec<Match>) {
    let may = "may run any image as any service account";
    let mend = "leave that to what deploys, or grant it where it is needed only";
    check(project, &Danger { powers: &[RUN], may, mend, running_everywhere: false }, out);
}

pub(super) fn takes_over_cluster(project: &Project, out: &mut Vec<Match>) {
    let danger = Danger {
        powers: &[ESCALATE, IMPERSONATE, TOKENS, ENTER, RUN, SECRETS],
        may: "can become administrator of the cluster through this",
        mend: "grant it in the namespaces where it is needed, with a RoleBinding",
        running_everywhere: true,
    };
    check(project, &danger, out);
}

/// Every rule of a role that grants one of the powers to somebody.
fn check(project: &Project, danger: &Danger, out: &mut Vec<Match>) {
    for (file, facts) in project.files.iter().enumerate() {
        // Rules of one role stand together, and the same hold all of them.
        let mut last: Option<(usize, Option<Match>)> = None;
        for grant in facts.grants.iter().filter(|grant| !is_everything(grant)) {
            let mut powers = danger.powers.iter().copied().flatten();
            let Some(span) = powers.find_map(|power| power.granted_by(grant)) else { continue };
            if last.as_ref().is_none_or(|(role, _)| *role != grant.resource) {
                last = Some((grant.resource, found(project, danger, role_of(file, grant), span)));
            }
            let found = last.as_ref().and_then(|(_, found)| found.clone());
            out.extend(found.map(|found| Match { span, ..found }));
        }
    }
}

fn role_of(file: usize, grant: &Grant) -> Role {
    Role::Written(At { file, id: grant.resource })
}

/// Holders that a finding shows; the rest are counted.
const MOST_SHOWN: usize = 2;

fn found(project: &Project, danger: &Danger, of: Role, span: Span) -> Option<Match> {
    let reach = project.reach();
    let roles = reach.within(of);
    let (mut wide, mut narrow) = (reach.holders(&roles, true), reach.holders(&roles, false));
    let (shown, who) = if danger.running_everywhere {
        let first = wide.find(|holder| !holder.workloads.is_empty())?;
        (vec![first], workload_name(project, first)?)
    } else {
        let everywhere = wide.next();
        let scope = if everywhere.is_some() { "in every namespace" } else { "in its namespace" };
        let first = everywhere.or_else(|| narrow.next())?;
        let shown: Vec<&Holder> = std::iter::once(first).chain(wide).chain(narrow).take(MOST_SHOWN).collect();
        let others = match reach.count(&roles) - 1 {
            0 => String::new(),
            1 => " and another".to_owned(),
            more => format!(" and {more} others"),
        };
        let who = format!("{}{others}, {scope},", subject_name(project, first));
        (shown, who)
    };
    let found = Match::new(span, format!("{who} {}; {}", danger.may, danger.mend));
    Some(shown.into_iter().fold(found, |found, holder| labelled(project, found, holder)))
}

/// The workload that runs as a holder, as a message calls it.
fn workload_name(project: &Project, holder: &Holder) -> Option<String> {
    let at = holder.workloads.first()?;
    let facts = &project.files[at.file];
    let resource = facts.resource_of(&facts.workloads[at.id]);
    Some(format!("{} `{}`", resource.kind(), short(resource.name())))
}

fn subject_name(project: &Project, holder: &Holder) -> String {
    let subject = &project.files[holder.binding.file].bindings[holder.binding.id].subjects[holder.subject];
    subject.name.get().map_or("a service account".to_owned(), |name| format!("`{}`", short(name)))
}

/// A name for a message; Kubernetes takes 253 bytes.
fn short(name: &str) -> &str {
    &name[..name.floor_char_boundary(253)]
}

/// The way from the role to who has it.
fn labelled(project: &Project, found: Match, holder: &Holder) -> Match {
    let facts = &project.files[holder.binding.file];
    let binding = &facts.bindings[holder.binding.id];
    let subject = &binding.subjects[holder.subject];
    let runs = holder.workloads.first().map(|at| {
        let facts = &project.files[at.file];
        (facts.workloads[at.id].anchor, "which this runs as")
    });
    let bound = (facts.resource(binding.resource).anchor, "bound here");
    // Two subjects of one binding have part of the way in common.
    [bound, (subject.anchor, "to this subject")].into_iter().chain(runs).fold(
        found,
        |found, (span, message)| {
            if found.related.iter().any(|known| known.span == span) {
                found
            } else {
                found.related(span, message)
            }
        },
    )
}

/// Workloads that may do everything: by `cluster-admin`, or by a role that is as much.
pub(super) fn administrator(project: &Project, out: &mut Vec<Match>) {
    let reach = project.reach();
    for (file, facts) in project.files.iter().enumerate() {
        let mut last = None;
        for grant in facts.grants.iter().filter(|grant| is_everything(grant)) {
            // One such rule is all that a role can say.
            if last.replace(grant.resource) != Some(grant.resource) {
                let roles = reach.within(role_of(file, grant));
                let holders = reach.holders(&roles, true).chain(reach.holders(&roles, false));
                let span = Word::find(&grant.verbs, "*").unwrap_or(grant.anchor);
                out.extend(runs_with(project, holders, span));
            }
        }
        for (id, binding) in facts.bindings.iter().enumerate() {
            let at = At { file, id };
            if let (Some(CLUSTER_ADMIN), Some(span)) = (reach.role_of(at), binding.role_name.span()) {
                out.extend(runs_with(project, reach.of_binding(at), span));
            }
        }
    }
}

const CLUSTER_ADMIN: Role = Role::BuiltIn(0);

fn runs_with<'p>(
    project: &Project,
    mut holders: impl Iterator<Item = &'p Holder>,
    span: Span,
) -> Option<Match> {
    let holder = holders.find(|holder| !holder.workloads.is_empty())?;
    let who = workload_name(project, holder)?;
    let message = format!("{who} runs with every right there is; a break-in there is one into the cluster");
    Some(labelled(project, Match::new(span, message), holder))
}
