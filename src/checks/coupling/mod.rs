//! Hints that services hang together more than their number suggests: what the graph of dependencies shows.

use super::Check;

/// The native rules of `rules/coupling`.
pub(super) const CHECKS: &[(&str, Check)] = &[];
