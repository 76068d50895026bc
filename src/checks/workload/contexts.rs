//! The security context of a pod, where what matters is what is written there, whichever container it reaches.

use super::super::File;
use crate::config::KubernetesVersion;
use crate::model::Setting;
use crate::model::security::Security;
use crate::model::workload::{Container, Workload};
use crate::rule::Match;
use crate::syntax::tree::{Node, Tree};
use crate::text::Span;

/// The version from which Pod Security admission lets root be in pods that have a user namespace.
const USER_NAMESPACES: u16 = 35;

/// The version in which the types for containers grew by [`ENGINE`].
const ENGINE_TYPE: u16 = 31;

const ENGINE: &str = "container_engine_t";

/// Types of `SELinux` that are made for containers.
const TYPES: &[&str] = &["", "container_t", "container_init_t", "container_kvm_t"];

const SAFE_PROFILES: &[&str] = &["", "RuntimeDefault", "Localhost"];

/// Group 0 in a pod's context, or in one of its containers'.
pub(super) fn root_group(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let mut report =
        |span| out.push(Match::new(span, "group 0 is root's; choose a group of the program's own"));
    for workload in &file.facts.workloads {
        let Some(context) = context(tree, workload) else { continue };
        for key in ["runAsGroup", "fsGroup"] {
            root(&Setting::int(context, key)).into_iter().for_each(&mut report);
        }
        let groups = context.get("supplementalGroups").into_iter().flat_map(Node::items);
        let zeros = groups.filter(|group| group.as_i64() == Some(0)).filter_map(Node::short_span);
        zeros.for_each(&mut report);
    }
    for container in &file.facts.containers {
        root(&container.security.run_as_group).into_iter().for_each(&mut report);
    }
}

fn root(id: &Setting<i64>) -> Option<Span> {
    id.span().filter(|_| id.get() == Some(&0))
}

/// Unsafe settings of a pod that no container takes over, as each has its own.
pub(super) fn unsafe_default(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let mut containers = file.facts.containers.iter().peekable();
    for (number, workload) in file.facts.workloads.iter().enumerate() {
        let mut own = Vec::new();
        while let Some(container) = containers.next_if(|container| container.workload == number) {
            own.push(container);
        }
        let Some(context) = context(tree, workload) else { continue };
        let pod = tree.node(workload.pod);
        for span in unsafe_settings(context, pod, file.context.kubernetes) {
            if !own.iter().any(|container| inherits(container, span)) {
                let message = "every container overrides this, the next one may not; remove it, as Pod Security \
                               admission refuses it all the same";
                out.push(Match::new(span, message));
            }
        }
    }
}

fn context<'t>(tree: &'t Tree, workload: &Workload) -> Option<Node<'t>> {
    tree.node(workload.pod).get("securityContext")
}

/// Where a pod's context says something that no container should get.
fn unsafe_settings(context: Node<'_>, pod: Node<'_>, version: KubernetesVersion) -> Vec<Span> {
    let mut found = Vec::new();
    let own_users = Setting::bool(pod, "hostUsers").get() == Some(&false);
    if version.minor < USER_NAMESPACES || !own_users {
        found.extend(root(&Setting::int(context, "runAsUser")));
        found.extend(is(&Setting::bool(context, "runAsNonRoot"), |value| !value));
    }
    for key in ["seccompProfile", "appArmorProfile"] {
        let profile = context.get(key).map(|node| Setting::text(node, "type")).unwrap_or_default();
        found.extend(is(&profile, |profile| !SAFE_PROFILES.contains(&profile.as_str())));
    }
    if let Some(options) = context.get("windowsOptions") {
        found.extend(is(&Setting::bool(options, "hostProcess"), |value| *value));
    }
    if let Some(options) = context.get("seLinuxOptions") {
        let made_for_them =
            |name: &String| TYPES.contains(&name.as_str()) || name == ENGINE && version.minor >= ENGINE_TYPE;
        found.extend(is(&Setting::text(options, "type"), |name| !made_for_them(name)));
        for key in ["user", "role"] {
            found.extend(is(&Setting::text(options, key), |name| !name.is_empty()));
        }
    }
    found
}

/// Where a setting is written, if its value is known and wrong.
fn is<T>(setting: &Setting<T>, wrong: impl Fn(&T) -> bool) -> Option<Span> {
    setting.span().filter(|_| setting.get().is_some_and(wrong))
}

/// Whether one of the container's settings is the one that is written at `span`, or may be.
fn inherits(container: &Container, span: Span) -> bool {
    fn may<T>(setting: &Setting<T>, span: Span) -> bool {
        setting.is_unknown() || setting.span() == Some(span)
    }
    let Security { run_as_user, run_as_non_root, host_process, .. } = &container.security;
    let Security { seccomp, app_armor, se_linux, .. } = &container.security;
    may(run_as_user, span)
        || may(run_as_non_root, span)
        || may(host_process, span)
        || [seccomp, app_armor, &se_linux.kind, &se_linux.user, &se_linux.role]
            .into_iter()
            .any(|setting| may(setting, span))
}
