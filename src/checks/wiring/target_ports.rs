//! Ports of Services that lead to no port of the pods they select.
//!
//! A name is for the pods to declare, and a pod without it gets nothing. A number works whether it is declared or not.

use super::super::pod_ports::{Declared, any_declares, declared, declares, is_plain, names};
use crate::model::matching::{Found, From, Reach};
use crate::model::ports::{PortRef, ServicePort};
use crate::model::wired::Wired;
use crate::model::wiring::Service;
use crate::rule::Match;
use crate::text::Span;

/// One port of a Service, with where it leads.
struct Lead<'a, 'p> {
    wired: &'a Wired<'p>,
    from: From<'p>,
    service: &'p Service,
    port: &'p ServicePort,
    target: PortRef,
    span: Span,
    found: &'a Found<'p>,
}

impl Lead<'_, '_> {
    fn found(&self, message: String) -> Match {
        let found = Match::new(self.span, message).related(self.service.anchor, "the Service");
        let pods = self.wired.meant(self.from, self.found);
        pods.into_iter().fold(found, |found, pods| found.related(pods.resource.anchor, "the pods"))
    }

    fn declared(&self) -> Declared {
        any_declares(self.wired, self.from, self.found, &self.target, self.port.protocol())
    }

    fn protocol(&self) -> &str {
        self.port.protocol().unwrap_or_default()
    }
}

/// Calls `visit` for every port of every Service that surely selects pods.
fn each<'p>(wired: &Wired<'p>, visit: &mut impl FnMut(&Lead<'_, 'p>)) {
    for facts in &wired.project.files {
        for service in &facts.services {
            let from = From { facts, resource: facts.resource(service.resource) };
            let Some(selector) = service.selector.as_ref().filter(|selector| !selector.is_empty()) else {
                continue;
            };
            if from.resource.fragment || service.kind.get().is_some_and(|kind| kind == "ExternalName") {
                continue;
            }
            let found = wired.pods().find(from, selector, Reach::Namespace);
            for port in &service.ports.items {
                let Some((target, span)) = port.leads_to() else { continue };
                visit(&Lead { wired, from, service, port, target, span, found: &found });
            }
        }
    }
}

/// A name that no selected pod declares.
pub(super) fn unknown_name(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |lead| {
        let PortRef::Name(name) = &lead.target else { return };
        let message = match lead.declared() {
            Declared::No => format!(
                "the selected pods declare no port `{name}`, so nothing is reached through it; {}",
                names(lead.found)
            ),
            Declared::OtherProtocol => format!(
                "the selected pods do not declare `{name}` for {}, so nothing is reached through it",
                lead.protocol()
            ),
            Declared::Yes | Declared::Unknown => return,
        };
        out.push(lead.found(message));
    });
}

/// A number that no selected pod declares, although they declare others.
pub(super) fn undeclared_number(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |lead| {
        let PortRef::Number(number) = &lead.target else { return };
        let silent = lead.found.sure.iter().any(|pods| declared(pods).next().is_none());
        let message = match lead.declared() {
            Declared::No if !silent => {
                format!(
                    "the selected pods declare other ports than `{number}`; does one of them listen there?"
                )
            }
            Declared::OtherProtocol => {
                format!("the selected pods do not declare `{number}` for {}", lead.protocol())
            }
            _ => return,
        };
        out.push(lead.found(message));
    });
}

/// A name that some of the selected pods declare, and others do not.
pub(super) fn partial_name(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |lead| {
        let PortRef::Name(name) = &lead.target else { return };
        let mut with = None;
        let mut without = None;
        for pods in
            lead.found.sure.iter().filter(|pods| is_plain(pods) && wired.together(lead.from, pods.from()))
        {
            match declares(pods, &lead.target, lead.port.protocol()) {
                Declared::Yes => with = with.or(Some(pods)),
                Declared::No => without = without.or(Some(pods)),
                Declared::OtherProtocol | Declared::Unknown => {}
            }
        }
        let (Some(with), Some(without)) = (with, without) else { return };
        let (kind, other) = (without.resource.kind(), without.resource.name());
        let message = format!(
            "{kind} `{other}` is selected too, and declares no port `{name}`; requests never reach its pods"
        );
        out.push(
            Match::new(lead.span, message)
                .related(without.resource.anchor, "selected, without the port")
                .related(with.resource.anchor, "selected, with it"),
        );
    });
}
