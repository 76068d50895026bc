//! Schedules of `CronJob`s: what the controller cannot read, and what never comes.

use super::super::File;
use super::cron::{self, Fault};
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};

pub(super) fn invalid(file: &File<'_>, out: &mut Vec<Match>) {
    each(
        file,
        |schedule, text, out| {
            if let Err(Fault { from, to, what }) = cron::parse(text) {
                let message = format!("{what}; the API server refuses this schedule");
                out.push(Match::new(schedule.sub_span(from, to), message));
            }
        },
        out,
    );
}

pub(in super::super) fn never_due(file: &File<'_>, out: &mut Vec<Match>) {
    each(
        file,
        |schedule, text, out| {
            if cron::parse(text).is_ok_and(|schedule| schedule.is_some_and(|days| days.never())) {
                let message = format!("`{text}` is a day that no month of these has; this job never runs");
                out.push(Match::new(schedule.sub_span(0, text.len()), message));
            }
        },
        out,
    );
}

fn each(file: &File<'_>, mut look: impl FnMut(Node<'_>, &str, &mut Vec<Match>), out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let jobs = file.facts.resources.iter();
    for job in jobs.filter(|resource| resource.kind() == "CronJob" && resource.group() == "batch") {
        let Some(schedule) = tree.node(job.node).at(&["spec", "schedule"]) else { continue };
        let text = schedule.text();
        let filled_in = text.contains(['$', '{', '<', '%']);
        if schedule.kind() == Kind::String && !filled_in {
            look(schedule, text, out);
        }
    }
}
