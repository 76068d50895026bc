//! What nobody is told of: a trail writes events into a log, filters make metrics of some, and alarms ring at metrics.
//!
//! One fact for the resources of a module, of family `aws/alarms`. It has a field for each kind of events that somebody
//! should be told of: the first event for which no alarm rings, or nothing.

mod events;
mod pattern;

use std::collections::HashSet;

use super::read::{at, each, scalars};
use crate::model::cloud::{CloudFact, Computed, Data, Held, Instance, Part, Slot};
use crate::text::Span;
use events::{WATCHES, Watch};
use pattern::{Event, Pattern};

/// A filter that makes a metric of events.
struct Filter {
    /// `None` where it cannot be known.
    pattern: Option<Pattern>,
    place: Span,
    /// Whether an alarm rings at its metric.
    rings: Rings,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rings {
    Yes,
    No,
    Perhaps,
}

/// The fact, if something here watches what a trail tells, or could.
pub(super) fn of(instances: &[Instance]) -> Option<CloudFact> {
    let of_kind = |kinds: [&'static str; 2]| {
        instances.iter().filter(move |instance| kinds.contains(&instance.kind.text.as_str()))
    };
    let names = Metrics::of(of_kind(["aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm"]));
    let mut filters = Vec::new();
    let mut first = None;
    for instance in of_kind(["aws_cloudwatch_log_metric_filter", "AWS::Logs::MetricFilter"]) {
        let filter = filter(instance, &names);
        if filter.pattern.as_ref().is_some_and(|pattern| pattern.asks(&is_of_trail)) {
            first = first.or(Some((instance, instance.name.span)));
        }
        filters.push(filter);
    }
    let groups: HashSet<&str> = of_kind(["aws_cloudwatch_log_group", "AWS::Logs::LogGroup"])
        .map(|instance| instance.id.as_str())
        .collect();
    let trail = of_kind(["aws_cloudtrail", "AWS::CloudTrail::Trail"]).find_map(|trail| {
        let keys = ["cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn"];
        let group = keys.into_iter().find_map(|key| at(&trail.properties, key))?;
        target(group).is_some_and(|name| groups.contains(name)).then_some((trail, group.span))
    });
    let (instance, anchor) = trail.or(first)?;
    let part = |watch: &'static Watch| Part {
        name: watch.field,
        key: watch.field,
        slot: slot(watch, &filters, anchor),
        origins: Vec::new(),
    };
    Some(CloudFact {
        provider: "aws",
        family: "alarms",
        kind: instance.kind.clone(),
        name: instance.name.clone(),
        whole: instance.span,
        anchor,
        document: None,
        shown: Vec::new(),
        parts: WATCHES.iter().map(part).collect(),
    })
}

/// An event that is of no kind that somebody should be told of.
const UNRELATED: &Event<'static> = &[("eventName", "ListEverything")];

/// Whether a field is one of the events that a trail tells.
fn is_of_trail(field: &str) -> bool {
    let first = field.split('.').next().unwrap_or_default();
    let fields =
        ["additionalEventData", "errorCode", "errorMessage", "eventName", "eventSource", "eventType"];
    fields.contains(&first) || first == "userIdentity"
}

/// What a value leads to; `"${aws_cloudwatch_log_group.trail.arn}:*"` leads to the log group.
fn target(value: &Computed) -> Option<&str> {
    let start =
        value.start.as_ref().filter(|start| start.text.is_empty()).and_then(|start| start.then.as_ref());
    match (&value.data, value.link.as_ref().or(start)) {
        (_, Some(link)) => Some(&link.name),
        (Data::Reference(target), None) => Some(&target.name),
        _ => None,
    }
}

/// The metrics at which alarms ring.
#[derive(Default)]
struct Metrics {
    /// Their names, and those of the filters that make them.
    names: HashSet<String>,
    /// Whether the metric of some alarm is not known.
    vague: bool,
}

impl Metrics {
    fn of<'i>(alarms: impl Iterator<Item = &'i Instance>) -> Metrics {
        let mut metrics = Metrics::default();
        for alarm in alarms {
            let mut take = |value: &Computed| match target(value) {
                Some(name) => drop(metrics.names.insert(name.to_owned())),
                None => match value.scalar() {
                    Some(name) => drop(metrics.names.insert(name)),
                    None => metrics.vague |= value.data == Data::Unknown,
                },
            };
            for path in [
                &["metric_name"][..],
                &["metric_query", "metric", "metric_name"],
                &["MetricName"],
                &["Metrics", "MetricStat", "Metric", "MetricName"],
            ] {
                each(&alarm.properties, path, &mut take);
            }
        }
        metrics
    }
}

fn filter(instance: &Instance, metrics: &Metrics) -> Filter {
    let pattern = ["pattern", "FilterPattern"].into_iter().find_map(|key| at(&instance.properties, key));
    let paths = [&["metric_transformation", "name"][..], &["MetricTransformations", "MetricName"], &["name"]];
    let mut names = vec![Some(instance.id.clone())];
    names.extend(paths.into_iter().flat_map(|path| scalars(&instance.properties, path)));
    let known = |name: &Option<String>| name.as_ref().is_some_and(|name| metrics.names.contains(name));
    let rings = if names.iter().any(known) {
        Rings::Yes
    } else if metrics.vague || names.contains(&None) {
        Rings::Perhaps
    } else {
        Rings::No
    };
    let text = pattern.and_then(Computed::scalar);
    Filter {
        // One that is not of JSON takes no event.
        pattern: text.map(|text| Pattern::read(&text).unwrap_or(Pattern::Any(Vec::new()))),
        place: pattern.filter(|pattern| pattern.short).map_or(instance.name.span, |pattern| pattern.span),
        rings,
    }
}

/// The first event that no alarm tells of, at the filter that takes others of its kind. A filter that takes an event of
/// which nobody wants to be told as well does not count: its alarm rings all the time.
fn slot(watch: &'static Watch, filters: &[Filter], anchor: Span) -> Slot {
    let event = |value: &&'static str| -> Vec<(&str, &str)> {
        watch.common.iter().copied().chain([(watch.apart, *value)]).collect()
    };
    let events: Vec<Vec<(&str, &str)>> = watch.values.iter().map(event).collect();
    // What it says itself comes before what it has in common.
    let other = [watch.other, watch.common].concat();
    // A pattern that is not known may take anything.
    let takes = |filter: &Filter, event: &Event<'_>| {
        filter.pattern.as_ref().is_none_or(|pattern| pattern.takes(event))
    };
    let tells = |filter: &Filter, event: &Event<'_>| {
        let too_much = || takes(filter, &other) || takes(filter, UNRELATED);
        takes(filter, event) && (filter.pattern.is_none() || !too_much())
    };
    let surely = |filter: &&Filter| filter.pattern.is_some() && filter.rings == Rings::Yes;
    let is_told =
        |event: &Vec<(&str, &str)>| filters.iter().filter(surely).any(|filter| tells(filter, event));
    let may_be_told = |event: &Vec<(&str, &str)>| {
        filters.iter().any(|filter| filter.rings != Rings::No && tells(filter, event))
    };
    let near = filters
        .iter()
        .find(|filter| filter.pattern.is_some() && events.iter().any(|event| takes(filter, event)));
    let place = near.map_or(anchor, |filter| filter.place);
    let Some(missed) = events.iter().position(|event| !is_told(event)) else {
        return Slot::Set(Held::Text(String::new()), place);
    };
    let held = Held::Text(watch.values[missed].to_owned());
    match near {
        _ if events.iter().all(may_be_told) => Slot::Unknown(anchor),
        Some(_) => Slot::Set(held, place),
        None => Slot::Unset(held, anchor),
    }
}
