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
        for (earlier, later) in self.builder.repeated_keys(&self.pending[from..]) {
            self.duplicate(earlier, later);
        }
    }

    fn duplicate(&mut self, earlier: NodeId, later: NodeId) {
        let (start, end) = (self.builder.start(later), self.builder.end(later));
        let first = (self.builder.start(earlier), self.builder.end(earlier));
        if self.builder.is_merge(later)
            || self.builder.holed(later)
            || self.actions.branches_between(first.0, start)
        {
            return;
        }
        let name = self.builder.key_text(later).unwrap_or_default();
        let message = format!("the key `{name}` stands twice in this mapping; the last value counts");
        let related = Some((self.span(first.0, first.1), "first here".to_owned()));
        self.report(start, end, ErrorKind::DuplicateKey, message, related);
    }

    /// Bounds what the aliases of the document whose first node is `first` expand to: sizes add up from the leaves,
    /// and an alias that carries its collection over the bound stands for nothing.
    pub(super) fn check_aliases(&mut self, first: usize) {
        if !self.aliases {
            return;
        }
        let mut sizes: Vec<(u64, u32)> = Vec::with_capacity(self.builder.len() - first);
        let mut reported = false;
        for at in first..self.builder.len() {
            let id = NodeId(at as u32);
            let measure =
                |id: NodeId| sizes.get((id.0 as usize).wrapping_sub(first)).copied().unwrap_or((1, 1));
            if let Some(target) = self.builder.target(id) {
                let (size, depth) = measure(target);
                let fits = depth <= MAX_TARGET_DEPTH && size <= MAX_EXPANDED;
                if !fits {
                    self.too_large(id, &mut reported);
                }
                sizes.push(if fits { (size, depth) } else { (1, 1) });
                continue;
            }
            let mut total = (1, 0);
            let mut cut = Vec::new();
            let children = self.builder.children(id);
            if children.is_empty() {
                total.0 += (self.builder.end(id) - self.builder.start(id)) as u64 / BYTES_OF_A_NODE;
            }
            for &child in children {
                let (size, depth) = measure(child);
                if size + total.0 > MAX_EXPANDED && self.builder.is_alias(child) {
                    cut.push(child);
                    total.0 += 1;
                } else {
                    total = (size.saturating_add(total.0), depth.max(total.1));
                }
            }
            sizes.push((total.0, total.1 + 1));
            for child in cut {
                self.too_large(child, &mut reported);
            }
        }
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
