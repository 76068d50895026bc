//! Workloads with a fixed number of replicas that an autoscaler sets.

use super::targets;
use crate::model::scaling::Scales;
use crate::model::wired::Wired;
use crate::rule::Match;

/// Forms of one target that are looked at most.
const MOST: usize = 50;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    targets::each(wired, Scales::Out, &mut |from, scaler, _| {
        let Some((kind, name)) = scaler.kind.get().zip(scaler.name.get()) else { return };
        for pods in wired
            .workloads_named(kind, name)
            .iter()
            .filter(|pods| wired.together(from, pods.from()))
            .take(MOST)
        {
            let replicas = &pods.workload().replicas;
            let (Some(count), Some(span)) = (replicas.get(), replicas.span()) else { continue };
            // None is how a workload is switched off, which autoscalers heed.
            if *count == 0 {
                continue;
            }
            let message = format!(
                "{} `{}` sets the replicas; whoever applies this puts them back to {count}; leave `replicas` out",
                from.resource.kind(),
                from.resource.name()
            );
            out.push(Match::new(span, message).related(from.resource.anchor, "the autoscaler"));
        }
    });
}
