//! Keys that stand twice in one mapping.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Builder, NodeId};

/// Up to this many keys, comparing each with each is the fastest.
const FEW_KEYS: usize = 12;

impl Builder {
    /// The keys among `children` (key, value, key, value) that stand there before: each with the first of its text.
    pub(crate) fn repeated_keys(&self, children: &[NodeId]) -> Vec<(NodeId, NodeId)> {
        if children.len() / 2 <= FEW_KEYS {
            self.repeated_few(children)
        } else {
            self.repeated_many(children)
        }
    }

    fn repeated_few(&self, children: &[NodeId]) -> Vec<(NodeId, NodeId)> {
        let mut repeated = Vec::new();
        for (at, pair) in children.chunks_exact(2).enumerate().skip(1) {
            let Some(text) = self.key_text(pair[0]) else { continue };
            let mut before = children.chunks_exact(2).take(at).map(|pair| pair[0]);
            if let Some(first) = before.find(|&key| self.key_text(key) == Some(text)) {
                repeated.push((first, pair[0]));
            }
        }
        repeated
    }

    fn repeated_many(&self, children: &[NodeId]) -> Vec<(NodeId, NodeId)> {
        let mut repeated = Vec::new();
        let mut seen: HashMap<&str, NodeId> = HashMap::with_capacity(children.len() / 2);
        for pair in children.chunks_exact(2) {
            let Some(text) = self.key_text(pair[0]) else { continue };
            match seen.entry(text) {
                Entry::Occupied(first) => repeated.push((*first.get(), pair[0])),
                Entry::Vacant(place) => {
                    place.insert(pair[0]);
                }
            }
        }
        repeated
    }
}
