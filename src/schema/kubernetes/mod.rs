//! The kinds of Kubernetes itself, release by release, from `schemas/kubernetes/kubernetes.txt`.
//!
//! The text is embedded as it is, and `generate.py` beside it says what its lines mean. Nothing is read before a kind
//! is asked for; then only the lines of the types that a manifest reaches.

mod line;

use std::sync::OnceLock;

use super::types::{Schema, Type, TypeId, Types};

static TEXT: &str = include_str!("../../../schemas/kubernetes/kubernetes.txt");

/// Where the lines of the text start, and what its head says.
struct Index {
    releases: Vec<OnceLock<Release>>,
    oldest: u16,
    metadata: TypeId,
    kinds: Vec<&'static str>,
    types: Vec<&'static str>,
}

/// The types of one minor release.
#[derive(Debug)]
pub struct Release {
    minor: u16,
    /// The type of an object's metadata.
    pub metadata: TypeId,
    /// Boxed, so that those nobody asks for are small.
    types: Vec<OnceLock<Box<Type>>>,
    lines: &'static [&'static str],
}

impl Release {
    /// The type of this number.
    pub fn get(&self, id: TypeId) -> &Type {
        let at = id.0 as usize;
        match (self.types.get(at), self.lines.get(at)) {
            (Some(slot), Some(line)) => slot.get_or_init(|| Box::new(line::read(line, self.minor))),
            _ => &super::types::ANY,
        }
    }
}

/// The release of this minor version, or the nearest that is known.
pub fn release(minor: u16) -> &'static Release {
    let index = index();
    let newest = index.oldest + index.releases.len().saturating_sub(1) as u16;
    let minor = minor.clamp(index.oldest, newest);
    index.releases[usize::from(minor - index.oldest)].get_or_init(|| Release {
        minor,
        metadata: index.metadata,
        types: index.types.iter().map(|_| OnceLock::new()).collect(),
        lines: &index.types,
    })
}

/// The schema of a kind in this minor release; where it has none, in the nearest release that has.
pub fn schema(api_version: &str, kind: &str, minor: u16) -> Option<Schema<'static>> {
    let index = index();
    let key = |line: &&'static str| {
        let mut words = line.split(' ');
        (words.next().unwrap_or_default(), words.next().unwrap_or_default())
    };
    let wanted = (api_version, kind);
    let from = index.kinds.partition_point(|line| key(line) < wanted);
    let named = index.kinds[from..].iter().take_while(|line| key(line) == wanted);
    let (minor, root) = named
        .filter_map(|line| line::kind(line.rsplit(' ').next()?))
        .map(|(root, span)| (minor.clamp(span.first.max(index.oldest), span.last), root))
        .min_by_key(|(nearest, _)| nearest.abs_diff(minor))?;
    Some(Schema { types: Types::Release(release(minor)), root, conditions: false })
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index {
            releases: Vec::new(),
            oldest: 0,
            metadata: TypeId(0),
            kinds: Vec::new(),
            types: Vec::new(),
        };
        let mut lines = TEXT.lines();
        for line in lines.by_ref().take_while(|line| *line != "types") {
            match line.split_once(' ') {
                Some(("kind", rest)) => index.kinds.push(rest),
                Some(("metadata", number)) => index.metadata = TypeId(number.parse().unwrap_or_default()),
                Some(("releases", rest)) => {
                    let mut ends = rest.split(' ').filter_map(|end| end.parse::<u16>().ok());
                    index.oldest = ends.next().unwrap_or_default();
                    let newest = ends.next().unwrap_or(index.oldest);
                    index.releases = (index.oldest..=newest).map(|_| OnceLock::new()).collect();
                }
                _ => {}
            }
        }
        index.types = lines.collect();
        index
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::types::{Rest, Takes};

    fn fields(api_version: &str, kind: &str, minor: u16) -> Vec<String> {
        let schema = schema(api_version, kind, minor).unwrap();
        schema.types.get(schema.root).fields.iter().map(|field| field.name.to_string()).collect()
    }

    #[test]
    fn every_line_is_read_in_every_release() {
        let index = index();
        for minor in index.oldest..index.oldest + index.releases.len() as u16 {
            let release = release(minor);
            for (at, line) in index.types.iter().enumerate() {
                let read = release.get(TypeId(at as u32));
                assert_ne!(read.takes, Takes::NONE, "{line}");
                assert!(read.fields.is_sorted_by(|a, b| a.name < b.name), "{line}");
                let known = |id: TypeId| (id.0 as usize) < index.types.len();
                assert!(read.fields.iter().all(|field| known(field.of)), "{line}");
                assert!(read.items.is_none_or(known), "{line}");
                assert!(!matches!(read.rest, Rest::Each(id) if !known(id)), "{line}");
            }
        }
    }

    #[test]
    fn fields_come_and_go_with_releases() {
        let pod = |minor| {
            let schema = schema("v1", "Pod", minor).unwrap();
            let root = schema.types.get(schema.root);
            schema.types.get(root.field("spec").unwrap().of)
        };
        assert!(pod(30).field("resources").is_none());
        assert!(pod(32).field("resources").is_some());
        assert!(pod(99).field("resources").is_some(), "newer than known is the newest");
        assert_eq!(pod(7).required, ["containers"]);
    }

    #[test]
    fn a_kind_that_is_gone_has_the_schema_it_had_last() {
        assert!(
            fields("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", 37).contains(&"spec".to_owned())
        );
        assert!(schema("v1", "Nothing", 30).is_none());
        assert!(schema("example.com/v1", "Pod", 30).is_none());
    }
}
