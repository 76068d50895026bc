//! Schemas by kind: those that were read, and Kubernetes' own.

use std::collections::HashMap;

use super::kubernetes;
use super::read::Defined;
use super::types::{Schema, TypeId, Types};
use super::validate::{self, Violation};
use crate::syntax::tree::Node;
use crate::text::Span;

/// Schemas for one kind that are tried at most; the same definition often stands in several places.
const MAX_TRIED: usize = 4;

/// Schemas that were read, by kind.
#[derive(Debug, Default)]
pub struct Catalog {
    /// The key is `group/version kind`, the kind in small letters, as file names of other tools have it.
    kinds: HashMap<String, Vec<Defined>>,
}

impl Extend<Defined> for Catalog {
    fn extend<I: IntoIterator<Item = Defined>>(&mut self, all: I) {
        for defined in all {
            self.kinds.entry(key(&defined.api_version, &defined.kind)).or_default().push(defined);
        }
    }
}

impl Catalog {
    fn get(&self, api_version: &str, kind: &str) -> &[Defined] {
        if self.kinds.is_empty() {
            return &[];
        }
        let full = self.kinds.get(&key(api_version, kind));
        // Names of files have only the first part of the group.
        let short = || {
            let (group, version) = api_version.split_once('/')?;
            let (group, _) = group.split_once('.')?;
            self.kinds.get(&key(&format!("{group}/{version}"), kind))
        };
        full.or_else(short).map_or(&[], Vec::as_slice)
    }
}

fn key(api_version: &str, kind: &str) -> String {
    format!("{api_version} {}", kind.to_ascii_lowercase())
}

/// All schemas that hold for a file.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The minor release of Kubernetes.
    pub minor: u16,
    /// Definitions beside the file that are for tests, those in the whole input, those from folders that the config
    /// names.
    pub catalogs: [&'k Catalog; 3],
}

impl<'k> Known<'k> {
    /// Whether there is a schema for this kind.
    pub fn has(&self, api_version: &str, kind: &str) -> bool {
        kubernetes::schema(api_version, kind, self.minor).is_some()
            || !self.read(api_version, kind).is_empty()
    }

    fn read(&self, api_version: &str, kind: &str) -> &'k [Defined] {
        let mut found = self.catalogs.iter().map(|catalog| catalog.get(api_version, kind));
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Everything wrong with an object of this kind; nothing if there is no schema for it.
    pub fn validate(
        &self,
        (api_version, kind): (&str, &str),
        node: Node<'_>,
        anchor: Span,
        fragment: bool,
    ) -> Vec<Violation> {
        let release = kubernetes::release(self.minor);
        let run = |schema| validate::validate(schema, release, node, anchor, fragment);
        if let Some(schema) = kubernetes::schema(api_version, kind, self.minor) {
            return run(schema);
        }
        // Where several define the kind, nobody knows which one the cluster has: the one that says least.
        let mut least: Option<Vec<Violation>> = None;
        for defined in self.read(api_version, kind).iter().take(MAX_TRIED) {
            let found = run(Schema {
                types: Types::Own(&defined.types),
                root: TypeId(0),
                conditions: defined.conditions,
            });
            if found.is_empty() {
                return found;
            }
            if least.as_ref().is_none_or(|least| found.len() < least.len()) {
                least = Some(found);
            }
        }
        least.unwrap_or_default()
    }
}
