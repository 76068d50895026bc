//! Finding a key in a mapping of many: by halves instead of one by one, so that rules which ask the same large mapping
//! again and again stay linear.

use std::collections::HashMap;

use super::read::{Entry, Node};
use super::{Data, NodeId, Tree};

/// Entries from which on a mapping is indexed; below, looking at each is as fast.
pub(super) const MANY: u32 = 64;

/// For each large mapping, by its node: its entries in the order of their keys, then of the text.
pub(super) type Index = HashMap<u32, Vec<u32>>;

impl Tree {
    /// The entry with this key of a large mapping as written; the last of duplicates.
    pub(super) fn indexed(&self, mapping: NodeId, key: &str) -> Option<Entry<'_>> {
        let order = self.index.get_or_init(|| self.build_index()).get(&mapping.0)?;
        let Data::Mapping { first, .. } = self.nodes.get(mapping.0 as usize)?.data else { return None };
        let child = |at: u32| self.children.get(at as usize).map(|&id| self.node(id));
        // Walking to the entry instead would take as long as the mapping is.
        let entry = |at: u32| {
            let at = first + 2 * at;
            Some(Entry { key: child(at)?, value: child(at + 1)? })
        };
        let is_after = |at: u32| entry(at).is_none_or(|entry| entry.key.text() > key);
        let after = order.partition_point(|&at| !is_after(at));
        entry(order[after.checked_sub(1)?]).filter(|entry| entry.key.text() == key)
    }

    fn build_index(&self) -> Index {
        let is_large = |node: &Node<'_>| {
            let data = self.nodes.get(node.id().0 as usize).map(|stored| stored.data);
            matches!(data, Some(Data::Mapping { entries, .. }) if entries >= MANY)
        };
        self.nodes().filter(is_large).map(|node| (node.id().0, in_order(node))).collect()
    }
}

fn in_order(mapping: Node<'_>) -> Vec<u32> {
    let mut keys: Vec<(&str, u32)> =
        mapping.own_entries().zip(0..).map(|(entry, at)| (entry.key.text(), at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    #[test]
    fn the_last_of_many_is_found() {
        let keys: Vec<String> = (0..200).map(|at| format!("  k{}: {at}\n", at % 150)).collect();
        let text = format!("a: &a\n  b: c\nd:\n  <<: *a\n{}", keys.concat());
        let tree = yaml::parse(FileId(0), text.into(), Schema::Kubernetes).tree;
        let root = tree.roots().next().unwrap();
        let get = |key: &str| root.at(&["d", key]).map(|node| node.text().to_owned());
        assert_eq!(get("k7").as_deref(), Some("157"));
        assert_eq!(get("k149").as_deref(), Some("149"));
        assert_eq!(get("b").as_deref(), Some("c"), "merged keys come after own ones");
        assert_eq!(get("k"), None);
        assert_eq!(get("zz"), None);
    }
}
