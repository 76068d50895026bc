//! Flags and admission plugins that a component of this version does not know any more.
//!
//! Versions: the changelogs of Kubernetes, where a flag is said to be removed. Flags that are only without effect are
//! not listed.

use super::super::File;
use crate::model::Setting;
use crate::model::component::Component;
use crate::rule::Match;

/// A component, a flag, and the first minor version without it.
const FLAGS: &[(&str, &str, i64)] = &[
    ("kube-apiserver", "address", 24),
    ("kube-apiserver", "basic-auth-file", 19),
    ("kube-apiserver", "insecure-bind-address", 24),
    ("kube-apiserver", "insecure-port", 24),
    ("kube-apiserver", "kubelet-https", 22),
    ("kube-apiserver", "port", 24),
    ("kube-controller-manager", "address", 24),
    ("kube-controller-manager", "enable-taint-manager", 27),
    ("kube-controller-manager", "pod-eviction-timeout", 27),
    ("kube-controller-manager", "port", 24),
    ("kube-scheduler", "address", 24),
    ("kube-scheduler", "policy-config-file", 23),
    ("kube-scheduler", "policy-configmap", 23),
    ("kube-scheduler", "port", 24),
    ("kubelet", "cni-bin-dir", 24),
    ("kubelet", "cni-conf-dir", 24),
    ("kubelet", "container-runtime", 27),
    ("kubelet", "network-plugin", 24),
];

/// An admission plugin, and the first minor version without it.
const PLUGINS: &[(&str, i64)] = &[
    ("DenyEscalatingExec", 21),
    ("DenyExecOnPrivileged", 21),
    ("PodSecurityPolicy", 25),
    ("SecurityContextDeny", 30),
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for component in &file.facts.components {
        let minor = match component.minor {
            Setting::Set(minor, _) => minor,
            Setting::Unset => file.context.kubernetes.minor.into(),
            Setting::Unknown(_) => continue,
        };
        flags(component, minor, out);
        if component.name == "kube-apiserver" {
            plugins(component, minor, out);
        }
    }
}

fn flags(component: &Component, minor: i64, out: &mut Vec<Match>) {
    let name = component.name;
    let gone = FLAGS.iter().filter(|(of, _, since)| *of == name && minor >= *since);
    for (_, flag, since) in gone {
        let Some(span) = component.flags.get(flag).and_then(|flag| flag.value.span()) else { continue };
        let message =
            format!("`--{flag}` is gone since 1.{since}, and `{name}` does not start with it; remove it");
        out.push(Match::new(span, message));
    }
}

fn plugins(component: &Component, minor: i64, out: &mut Vec<Match>) {
    let lists = ["enable-admission-plugins", "disable-admission-plugins"];
    for item in lists.iter().filter_map(|list| component.flags.get(list)).flat_map(|flag| &flag.items) {
        let gone = PLUGINS.iter().find(|(name, since)| *name == item.text && minor >= *since);
        if let Some((plugin, since)) = gone {
            let message = format!(
                "the admission plugin `{plugin}` is gone since 1.{since}, and `kube-apiserver` does not start with it; \
                 remove it"
            );
            out.push(Match::new(item.span, message));
        }
    }
}
