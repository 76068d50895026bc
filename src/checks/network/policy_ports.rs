//! Ports of network policies that the pods in question do not have.
//!
//! Of what comes in, these are the pods that the policy applies to; of what goes out, its peers.

use super::super::pod_ports::{Declared, any_declares, declared, names};
use crate::model::labels::Selector;
use crate::model::matching::{Found, From, Reach};
use crate::model::ports::{PortRef, ServicePort};
use crate::model::wired::Wired;
use crate::model::wiring::{Direction, NetworkPolicy, PolicyRule, Service};
use crate::rule::Match;
use crate::text::Span;

/// One port of a policy that the pods in question do not declare.
struct Undeclared<'a, 'p> {
    wired: &'a Wired<'p>,
    from: From<'p>,
    port: &'a PortRef,
    span: Span,
    protocol: &'a str,
    /// Whether it is declared for another protocol.
    other_protocol: bool,
    found: &'a Found<'p>,
}

impl Undeclared<'_, '_> {
    fn found(&self, message: String) -> Match {
        let found = Match::new(self.span, message).related(self.from.resource.anchor, "the NetworkPolicy");
        let pods = self.wired.meant(self.from, self.found);
        pods.into_iter().fold(found, |found, pods| found.related(pods.resource.anchor, "the pods"))
    }
}

/// Calls `visit` for every port that surely no pod in question declares.
fn each<'p>(wired: &Wired<'p>, visit: &mut impl FnMut(&Undeclared<'_, 'p>)) {
    for facts in &wired.project.files {
        for policy in &facts.policies {
            let from = From { facts, resource: facts.resource(policy.resource) };
            for rule in policy.rules.items.iter().filter(|rule| !rule.ports.items.is_empty()) {
                let Some(found) = pods(wired, from, policy, rule) else { continue };
                for port in rule.ports.items.iter().filter(|port| !port.range) {
                    let (Some(wanted), Some(span)) = (port.port.get(), port.port.span()) else { continue };
                    let verdict = any_declares(wired, from, &found, wanted, port.protocol());
                    if let Declared::No | Declared::OtherProtocol = verdict {
                        let protocol = port.protocol().unwrap_or_default();
                        let other_protocol = verdict == Declared::OtherProtocol;
                        visit(&Undeclared {
                            wired,
                            from,
                            port: wanted,
                            span,
                            protocol,
                            other_protocol,
                            found: &found,
                        });
                    }
                }
            }
        }
    }
}

/// The pods whose ports a rule is about, if they can be told.
fn pods<'p>(
    wired: &Wired<'p>,
    from: From<'p>,
    policy: &NetworkPolicy,
    rule: &PolicyRule,
) -> Option<Found<'p>> {
    let narrow = |selector: &&Selector| !selector.is_empty();
    if rule.direction == Direction::Ingress {
        return policy
            .pods
            .as_ref()
            .filter(narrow)
            .map(|selector| wired.pods().find(from, selector, Reach::Namespace));
    }
    if rule.peers.open {
        return None;
    }
    let mut all = Found::default();
    for peer in &rule.peers.items {
        let selector = peer.pods.as_ref().filter(narrow).filter(|_| peer.namespaces.is_none())?;
        let found = wired.pods().find(from, selector, Reach::Namespace);
        all.sure.extend(found.sure);
        all.maybe.extend(found.maybe);
        all.more |= found.more;
    }
    (!rule.peers.items.is_empty()).then_some(all)
}

/// Names that mean nothing here, and numbers that are those of a Service before the pods.
pub(super) fn unknown(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |port| match port.port {
        PortRef::Name(name) if port.other_protocol => out.push(port.found(format!(
            "the pods do not declare `{name}` for {}; nothing is let through",
            port.protocol
        ))),
        PortRef::Name(name) => out.push(port.found(format!(
            "the pods declare no port `{name}`; nothing is let through: {}",
            names(port.found)
        ))),
        PortRef::Number(number) => {
            let Some((service, resource, target)) = service_port(wired, port, *number) else { return };
            let name = resource.resource.name();
            let message = format!(
                "`{number}` is the port of Service `{name}`; a policy sees that of the pods, `{}`",
                shown(&target)
            );
            out.push(port.found(message).related(service.anchor, "the Service"));
        }
    });
}

/// Numbers that no pod declares, although they declare others.
pub(super) fn undeclared(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |port| {
        let PortRef::Number(number) = port.port else { return };
        let silent = port.found.sure.iter().any(|pods| declared(pods).next().is_none());
        if silent || service_port(wired, port, *number).is_some() {
            return;
        }
        let message = if port.other_protocol {
            format!("the pods do not declare `{number}` for {}", port.protocol)
        } else {
            format!("the pods declare other ports than `{number}`; does one of them listen there?")
        };
        out.push(port.found(message));
    });
}

fn shown(port: &PortRef) -> String {
    match port {
        PortRef::Number(number) => number.to_string(),
        PortRef::Name(name) => name.clone(),
    }
}

/// A Service before the pods that has this port and leads to another of theirs.
fn service_port<'p>(
    wired: &Wired<'p>,
    port: &Undeclared<'_, 'p>,
    number: i64,
) -> Option<(&'p Service, From<'p>, PortRef)> {
    let pods = port.found.sure.iter().filter(|pods| wired.together(port.from, pods.from()));
    for chooser in
        pods.flat_map(|pods| wired.selecting_services().of(*pods)).filter(|one| one.1 == Some(true))
    {
        let from = chooser.0.from;
        let service = &from.facts.services[chooser.0.number];
        let leads = service.ports.items.iter().filter(|one| one.port.get() == Some(&number));
        for (target, _) in leads.filter_map(ServicePort::leads_to) {
            if target != PortRef::Number(number) && wired.together(from, port.from) {
                return Some((service, from, target));
            }
        }
    }
    None
}
