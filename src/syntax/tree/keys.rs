//! Keys that stand twice in one mapping.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Builder, NodeId};

/// Up to this many keys, comparing each with each is the fastest.
const FEW_KEYS: usize = 12;

/// A key and its value.
pub(crate) type Pair = [NodeId; 2];

impl Builder {
    /// The entries among `children` (key, value, key, value) whose key stands there before: each with the first of
    /// its text.
    pub(crate) fn repeated_keys(&self, children: &[NodeId]) -> Vec<(Pair, Pair)> {
        let (pairs, _) = children.as_chunks::<2>();
        if pairs.len() <= FEW_KEYS { self.repeated_few(pairs) } else { self.repeated_many(pairs) }
    }

    fn repeated_few(&self, pairs: &[Pair]) -> Vec<(Pair, Pair)> {
        let mut repeated = Vec::new();
        for (at, pair) in pairs.iter().enumerate().skip(1) {
            let Some(text) = self.key_text(pair[0]) else { continue };
            if let Some(first) = pairs[..at].iter().find(|before| self.key_text(before[0]) == Some(text)) {
                repeated.push((*first, *pair));
            }
        }
        repeated
    }

    fn repeated_many(&self, pairs: &[Pair]) -> Vec<(Pair, Pair)> {
        let mut repeated = Vec::new();
        let mut seen: HashMap<&str, Pair> = HashMap::with_capacity(pairs.len());
        for pair in pairs {
            let Some(text) = self.key_text(pair[0]) else { continue };
            match seen.entry(text) {
                Entry::Occupied(first) => repeated.push((*first.get(), *pair)),
                Entry::Vacant(place) => {
                    place.insert(*pair);
                }
            }
        }
        repeated
    }
}
