//! What configs say of services, in the words of the graph.

use std::collections::HashMap;

use super::analyse::Analysed;
use crate::config::{DependencyKind, Services, Written};
use crate::model::graph::declared::{DeclaredEdge, LayerOf};
use crate::model::graph::{Declarations, Declared, EdgeKind};
use crate::model::workload::Word;
use crate::text::{FileId, Span};

/// What one config says. `first` is the number that the first text of the configs has among all texts of the run.
pub fn declared(services: &Services, first: u32) -> Declared {
    let word = |written: &Written<String>| {
        let Span { file, start, end } = written.span;
        Word { text: written.value.clone(), span: Span { file: FileId(file.0 + first), start, end } }
    };
    let texts = |written: &[Written<String>]| written.iter().map(|one| one.value.clone()).collect();
    let place =
        |name: &Written<String>| services.layers.iter().position(|layer| layer.name.value == name.value);
    let count = services.layers.len();
    let layer = |(at, layer): (usize, &crate::config::ServiceLayer)| LayerOf {
        name: word(&layer.name),
        services: texts(&layer.services),
        may_call: match &layer.may_call {
            Some(names) => names.iter().filter_map(place).collect(),
            None => (at + 1..count).collect(),
        },
    };
    let kind = |kind: DependencyKind| match kind {
        DependencyKind::Sync => EdgeKind::Sync,
        DependencyKind::Async => EdgeKind::Async,
        DependencyKind::Datastore => EdgeKind::Datastore,
        DependencyKind::Order => EdgeKind::Order,
    };
    let edges = services.edges.iter();
    Declared {
        owners: services.owners.iter().map(|(of, owner)| (of.value.clone(), word(owner))).collect(),
        layers: services.layers.iter().enumerate().map(layer).collect(),
        edges: edges
            .map(|edge| DeclaredEdge {
                from: word(&edge.from),
                to: word(&edge.to),
                kind: edge.kind.map(kind),
            })
            .collect(),
        left_out: texts(&services.leave_out),
    }
}

/// What all configs say, by profile, and which files each is for.
pub(super) fn declarations(all: Vec<Declared>, analysed: &[Analysed]) -> Declarations {
    let of_file: HashMap<FileId, usize> = analysed.iter().map(|file| (file.file, file.profile)).collect();
    Declarations { all, of_file }
}
