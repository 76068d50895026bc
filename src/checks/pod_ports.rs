//! What several checks ask of pods' ports: whether some pod declares one.

use crate::model::matching::{Carrier, Found, From};
use crate::model::ports::{ContainerPort, PortRef};
use crate::model::wired::Wired;
use crate::model::workload::{Container, Role};

/// Whether pods declare a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// One does, for this protocol.
    Yes,
    /// None does, and all that they declare can be read.
    No,
    /// One does, for another protocol only.
    OtherProtocol,
    /// It cannot be known.
    Unknown,
}

/// Whether the pods run as the file says, apart from what other files lay over it.
pub(super) fn is_plain(pods: &Carrier<'_>) -> bool {
    !pods.resource.fragment && pods.resource.runs_pods_as_written()
}

/// Containers whose ports can be reached by name: those that run as long as the pod.
fn lasting<'p>(pods: &Carrier<'p>) -> impl Iterator<Item = &'p Container> + use<'p> {
    pods.containers().filter(|container| matches!(container.role, Role::Main | Role::Sidecar))
}

/// All ports that the pods declare.
pub(super) fn declared<'p>(pods: &Carrier<'p>) -> impl Iterator<Item = &'p ContainerPort> + use<'p> {
    lasting(pods).flat_map(|container| &container.ports.items)
}

/// Whether these pods declare `wanted` for `protocol`.
pub(super) fn declares(pods: &Carrier<'_>, wanted: &PortRef, protocol: Option<&str>) -> Declared {
    let open = |container: &Container| container.fragment || container.ports.open;
    if !is_plain(pods) || lasting(pods).any(open) {
        return Declared::Unknown;
    }
    let mut verdict = Declared::No;
    for port in declared(pods) {
        match (port.is(wanted), port.protocol(), protocol) {
            (Some(false), ..) => {}
            (None, ..) | (_, None, _) | (.., None) => return Declared::Unknown,
            (Some(true), Some(one), Some(two)) if one == two => return Declared::Yes,
            (Some(true), ..) => verdict = Declared::OtherProtocol,
        }
    }
    verdict
}

/// Whether some of the pods that were found declare it. It is known only where one of them stands with `from`: what
/// else has these labels may not be what is meant.
pub(super) fn any_declares<'p>(
    wired: &Wired<'p>,
    from: From<'p>,
    found: &Found<'p>,
    wanted: &PortRef,
    protocol: Option<&str>,
) -> Declared {
    if found.more || wired.meant(from, found).is_none() {
        return Declared::Unknown;
    }
    let mut verdict = Declared::No;
    for pods in found.sure.iter().chain(&found.maybe) {
        match declares(pods, wanted, protocol) {
            Declared::No => {}
            Declared::OtherProtocol => verdict = Declared::OtherProtocol,
            certain => return certain,
        }
    }
    verdict
}

/// The names of the ports that were found, for a message; the first few.
pub(super) fn names(found: &Found<'_>) -> String {
    let mut names: Vec<&str> =
        found.sure.iter().flat_map(declared).filter_map(|port| port.name.get().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_NAMES);
    if names.is_empty() { "they name none".to_owned() } else { format!("they have `{}`", names.join("`, `")) }
}

/// Names that a message can hold.
const MOST_NAMES: usize = 5;
