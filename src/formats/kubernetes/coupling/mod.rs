//! What objects say about who depends on whom.

mod delivery;
mod mesh;
mod objects;
mod pods;
mod queues;

use crate::model::facts::Facts;
use crate::model::resource::ResourceId;
use crate::syntax::tree::Node;

/// Adds what an object and its pods say; `workloads` are its own, by number in the facts.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>, workloads: std::ops::Range<usize>) {
    objects::lower(facts, id, root);
    mesh::lower(facts, id, root);
    queues::lower(facts, id, root);
    delivery::lower(facts, id, root);
    for workload in workloads {
        pods::lower(facts, workload, root.tree());
    }
}
