//! Tokens of service accounts that pods are given unasked.

use std::collections::HashSet;

use crate::model::rbac::{Account, RunsAs};
use crate::model::resource::Resource;
use crate::model::{Project, Setting};
use crate::rule::Match;

/// Pods that get a token, where neither they nor their account say otherwise.
pub(super) fn token_mounted(project: &Project, out: &mut Vec<Match>) {
    let switched_off = SwitchedOff::new(project);
    for facts in &project.files {
        for runs in &facts.runs_as {
            let workload = &facts.workloads[runs.workload];
            let resource = facts.resource_of(workload);
            match runs.automount {
                Setting::Set(true, span) => {
                    let message =
                        "mounts a token of the API server; leave it out unless the program talks to it";
                    out.push(Match::new(span, message));
                }
                Setting::Unset
                    if resource.runs_pods_as_written()
                        && !resource.fragment
                        && !switched_off.may_be(resource, runs) =>
                {
                    let message = "gets a token of the API server unasked; set `automountServiceAccountToken: false` in the pod's spec, or `true` if it talks to it";
                    out.push(Match { missing: true, ..Match::new(workload.anchor, message) });
                }
                Setting::Unset | Setting::Set(false, _) | Setting::Unknown(_) => {}
            }
        }
    }
}

/// Accounts that switch the token off, or may: by namespace and name, and by name alone.
#[derive(Default)]
struct SwitchedOff<'p> {
    named: HashSet<(Option<&'p str>, &'p str)>,
    anywhere: HashSet<&'p str>,
}

impl<'p> SwitchedOff<'p> {
    fn new(project: &'p Project) -> Self {
        let mut found = SwitchedOff::default();
        for facts in &project.files {
            let off =
                |account: &&Account| !matches!(account.automount, Setting::Unset | Setting::Set(true, _));
            for account in facts.accounts.iter().filter(off) {
                let resource = facts.resource(account.resource);
                let Some(name) = resource.name.get() else { continue };
                found.named.insert((namespace(resource), name));
                found.anywhere.insert(name);
            }
        }
        found
    }

    /// Whether what runs as this account may do so without a token. An account of no known name may be any.
    fn may_be(&self, resource: &Resource, runs: &RunsAs) -> bool {
        let Some(name) = runs.account_name() else { return true };
        match namespace(resource) {
            None => self.anywhere.contains(name),
            space => self.named.contains(&(space, name)) || self.named.contains(&(None, name)),
        }
    }
}

fn namespace(resource: &Resource) -> Option<&str> {
    resource.namespace.get().map(String::as_str)
}
