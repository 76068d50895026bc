//! Which trails log what is done with the objects of a bucket.
//!
//! One fact for each bucket, of family `aws/object-log`: `reads` and `writes`, whether a trail of the same module logs them.
//! Sources: "Logging data events" in the user guide of `CloudTrail`.

use std::collections::HashMap;

use super::read::{at, each, scalars};
use crate::model::cloud::{CloudFact, Computed, Data, Held, Instance, Part, Slot};

/// What is logged.
#[derive(Clone, Copy, Default)]
struct Logged {
    reads: bool,
    writes: bool,
}

impl Logged {
    const ALL: Logged = Logged { reads: true, writes: true };

    fn and(self, other: Logged) -> Logged {
        Logged { reads: self.reads || other.reads, writes: self.writes || other.writes }
    }
}

/// What the trails of a module log of objects.
#[derive(Default)]
struct Logs {
    of_all: Logged,
    /// Of the buckets with these names or ids.
    of_some: HashMap<String, Logged>,
}

pub(super) fn of(instances: &[Instance]) -> Vec<CloudFact> {
    let is = |kinds: [&'static str; 2]| move |one: &&Instance| kinds.contains(&one.kind.text.as_str());
    let mut logs = Logs::default();
    for trail in instances.iter().filter(is(["aws_cloudtrail", "AWS::CloudTrail::Trail"])) {
        logs.read(&trail.properties);
    }
    let buckets = instances.iter().filter(is(["aws_s3_bucket", "AWS::S3::Bucket"]));
    buckets.map(|bucket| logs.fact(bucket)).collect()
}

impl Logs {
    fn read(&mut self, trail: &Computed) {
        for key in ["event_selector", "EventSelectors"] {
            each(trail, &[key], &mut |selector| self.plain(selector));
        }
        for key in ["advanced_event_selector", "AdvancedEventSelectors"] {
            each(trail, &[key], &mut |selector| self.of_all = self.of_all.and(advanced(selector)));
        }
    }

    fn plain(&mut self, selector: &Computed) {
        if selector.map().is_none() {
            self.of_all = Logged::ALL;
        }
        let kind = ["read_write_type", "ReadWriteType"].into_iter().find_map(|key| at(selector, key));
        let kind = kind.and_then(Computed::scalar);
        let kind = kind.as_deref();
        let logged = Logged { reads: kind != Some("WriteOnly"), writes: kind != Some("ReadOnly") };
        for key in ["data_resource", "DataResources"] {
            each(selector, &[key], &mut |data| {
                let of = ["type", "Type"].into_iter().find_map(|key| at(data, key));
                if of.and_then(Computed::scalar).is_none_or(|of| of == "AWS::S3::Object") {
                    self.values(data, logged);
                }
            });
        }
    }

    /// The buckets whose objects are named: `arn:aws:s3` is all, `arn:aws:s3:::NAME/` one. What cannot be known may be any.
    fn values(&mut self, data: &Computed, logged: Logged) {
        for key in ["values", "Values"] {
            each(data, &[key], &mut |value| match bucket(value) {
                Named::All => self.of_all = self.of_all.and(logged),
                Named::One(name) => {
                    let known = self.of_some.entry(name).or_default();
                    *known = known.and(logged);
                }
                Named::None => {}
            });
        }
    }

    fn fact(&self, bucket: &Instance) -> CloudFact {
        let own = ["bucket", "BucketName"].into_iter().find_map(|key| at(&bucket.properties, key));
        let names = [Some(bucket.id.clone()), own.and_then(Computed::scalar)];
        let of_some = names.iter().flatten().filter_map(|name| self.of_some.get(name));
        let logged = of_some.fold(self.of_all, |logged, more| logged.and(*more));
        let part = |name: &'static str, holds: bool| Part {
            name,
            key: name,
            slot: Slot::Unset(Held::Bool(holds), bucket.name.span),
            origins: Vec::new(),
        };
        CloudFact {
            provider: "aws",
            family: "object-log",
            kind: bucket.kind.clone(),
            name: bucket.name.clone(),
            whole: bucket.span,
            anchor: bucket.name.span,
            document: None,
            shown: Vec::new(),
            parts: vec![part("reads", logged.reads), part("writes", logged.writes)],
        }
    }
}

/// Which buckets a value names.
enum Named {
    All,
    One(String),
    None,
}

fn bucket(value: &Computed) -> Named {
    let then = value.start.as_ref().and_then(|start| start.then.as_ref());
    match (value.scalar(), then) {
        (Some(text), _) => match text.split_once(":::").map(|(_, rest)| rest.split_once('/')) {
            Some(Some((name, _))) => Named::One(name.to_owned()),
            Some(None) if !text.ends_with(":::") => Named::None,
            _ => Named::All,
        },
        (None, Some(then)) => Named::One(then.name.clone()),
        _ if matches!(value.data, Data::Unknown | Data::Reference(_)) => Named::All,
        _ => Named::None,
    }
}

fn advanced(selector: &Computed) -> Logged {
    let (mut objects, mut logged) = (selector.map().is_none(), Logged::ALL);
    for key in ["field_selector", "FieldSelectors"] {
        each(selector, &[key], &mut |field| {
            let name =
                ["field", "Field"].into_iter().find_map(|key| at(field, key)).and_then(Computed::scalar);
            let mut equals = scalars(field, &["equals"]);
            equals.extend(scalars(field, &["Equals"]));
            let says = |word: &str| equals.iter().flatten().any(|value| value == word);
            match name.as_deref() {
                Some("resources.type") => objects |= says("AWS::S3::Object") || equals.contains(&None),
                Some("readOnly") => logged = Logged { reads: !says("false"), writes: !says("true") },
                _ => {}
            }
        });
    }
    if objects { logged } else { Logged::default() }
}
