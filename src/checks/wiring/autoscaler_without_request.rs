//! Autoscalers that go by a share of what containers request, of containers that request nothing.

use super::super::pod_ports::is_plain;
use super::targets;
use crate::model::matching::{Carrier, From};
use crate::model::scaling::{ResourceMetric, Scales};
use crate::model::wired::Wired;
use crate::model::workload::{Container, Role};
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let defaults = Defaults::new(wired);
    targets::each(wired, Scales::Out, &mut |from, scaler, _| {
        let Some((kind, name)) = scaler.kind.get().zip(scaler.name.get()) else { return };
        if from.resource.fragment || defaults.may_reach(from) {
            return;
        }
        let mut targets =
            wired.workloads_named(kind, name).iter().filter(|pods| wired.together(from, pods.from()));
        // Of several forms one may be laid over another.
        let (Some(pods), None) = (targets.next(), targets.next()) else { return };
        if !is_plain(pods) {
            return;
        }
        for metric in scaler.metrics.items.iter().filter(|metric| metric.relative) {
            let Some(container) = unasking(pods, metric) else { continue };
            let resource = &metric.resource;
            let name = container.name.get().map_or("", String::as_str);
            let message = format!(
                "container `{name}` requests no {resource}, so this is a share of nothing and never scales; request some"
            );
            out.push(
                Match::new(metric.span, message)
                    .related(from.resource.anchor, format!("the {}", from.resource.kind()))
                    .related(container.anchor, "the container"),
            );
        }
    });
}

/// A container in question that surely asks for none of the resource.
fn unasking<'p>(pods: &Carrier<'p>, metric: &ResourceMetric) -> Option<&'p Container> {
    let whole = &pods.workload().asks;
    if whole.open || !whole.items.is_empty() || metric.container.is_unknown() {
        return None;
    }
    let meant = |container: &Container| match metric.container.get() {
        Some(name) => container.name.get() == Some(name),
        None => container.role == Role::Main,
    };
    pods.containers().filter(|container| meant(container)).find(|container| {
        !container.fragment && !container.asks.open && !container.asks.items.contains(&metric.resource)
    })
}

/// Objects that give containers requests which they do not write themselves.
struct Defaults<'p>(Vec<From<'p>>);

impl<'p> Defaults<'p> {
    fn new(wired: &Wired<'p>) -> Self {
        let all = wired.project.resources().map(|(facts, resource)| From { facts, resource });
        Defaults(all.filter(|from| from.resource.kind() == "LimitRange").take(MOST).collect())
    }

    fn may_reach(&self, from: From<'_>) -> bool {
        self.0.len() == MOST || self.0.iter().any(|one| one.may_meet(from))
    }
}

/// `LimitRanges` that are looked at; with so many, one may be for any namespace.
const MOST: usize = 100;
