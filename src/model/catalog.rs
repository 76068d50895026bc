//! What a catalogue of software says of services: Backstage's `catalog-info.yaml`, Datadog's `entity.datadog.yaml`.

use super::workload::Word;

/// One service, database or other part in a catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: Word,
    /// Who answers for it.
    pub owner: Option<Word>,
    /// The names of what it depends on.
    pub depends: Vec<Word>,
}
