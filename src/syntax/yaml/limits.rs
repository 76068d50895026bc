//! Checks of finished collections and documents: duplicate keys, and what aliases would expand to.

use super::parser::Parser;
use crate::syntax::parsed::ErrorKind;
use crate::syntax::tree::NodeId;

/// How many nodes a document may have once its aliases are expanded.
const MAX_EXPANDED: u64 = 1_000_000;

/// How many bytes of a scalar weigh as much as one more node: facts copy a scalar for each of its aliases.
const BYTES_OF_A_NODE: u64 = 64;

/// How deep an alias's target may nest once its own aliases are expanded.
const MAX_TARGET_DEPTH: u32 = 128;

impl Parser<'_> {
    /// Reports keys that stand twice among the pending children from `from` on.
    pub(super) fn check_keys(&mut self, from: usize) {
        for ([earlier, before], [later, after]) in self.builder.repeated_keys(&self.pending[from..]) {
            if self.builder.is_merge(later) || self.builder.holed(later) {
                continue;
            }
            if self.actions.branches_between(self.builder.start(earlier), self.builder.start(later)) {
                // Which of the two it will be, only the values of the template tell.
                self.builder.doubt(before);
                self.builder.doubt(after);
            } else {
                self.duplicate(earlier, later);
            }
        }
    }

    fn duplicate(&mut self, earlier: NodeId, later: NodeId) {
        let (start, end) = (self.builder.start(later), self.builder.end(later));
        let first = (self.builder.start(earlier), self.builder.end(earlier));
        let name = self.builder.key_text(later).unwrap_or_default();
        let message = format!("the key `{name}` stands twice in this mapping; the last value counts");
        let related = Some((self.span(first.0, first.1), "first here".to_owned()));
        self.report(start, end, ErrorKind::DuplicateKey, message, related);
    }

    /// Bounds what the aliases of the document whose first node is `first` expand to: sizes add up from the leaves,
    /// and an alias with which all aliases together would stand for more than the bound stands for nothing.
    pub(super) fn check_aliases(&mut self, first: usize) {
        if !self.aliases {
            return;
        }
        let mut sizes: Vec<(u64, u32)> = Vec::with_capacity(self.builder.len() - first);
        let mut expanded = 0;
        let mut reported = false;
        for at in first..self.builder.len() {
            let id = NodeId(at as u32);
            let measure =
                |id: NodeId| sizes.get((id.0 as usize).wrapping_sub(first)).copied().unwrap_or((1, 1));
            let Some(target) = self.builder.target(id) else {
                let children = self.builder.children(id).iter().map(|&child| measure(child));
                let (size, depth) = children
                    .fold((1, 0), |total: (u64, u32), child| (total.0 + child.0, total.1.max(child.1)));
                sizes.push((size + self.weight(id), depth + 1));
                continue;
            };
            let (size, depth) = measure(target);
            let fits = depth <= MAX_TARGET_DEPTH && expanded + size <= MAX_EXPANDED;
            if fits {
                expanded += size;
            } else {
                self.too_large(id, &mut reported);
            }
            sizes.push(if fits { (size, depth) } else { (1, 1) });
        }
    }

    /// What the text of a scalar adds to its size.
    fn weight(&self, id: NodeId) -> u64 {
        let is_scalar = self.builder.children(id).is_empty();
        let bytes = self.builder.end(id) - self.builder.start(id);
        if is_scalar { bytes as u64 / BYTES_OF_A_NODE } else { 0 }
    }

    fn too_large(&mut self, alias: NodeId, reported: &mut bool) {
        let (start, end) = (self.builder.start(alias), self.builder.end(alias));
        self.builder.cut(alias);
        if !*reported {
            let message = format!(
                "aliases expand this document beyond {MAX_EXPANDED} values or {MAX_TARGET_DEPTH} levels; this one is not followed"
            );
            self.report(start, end, ErrorKind::Limit, message, None);
        }
        *reported = true;
        self.complete = false;
    }
}
