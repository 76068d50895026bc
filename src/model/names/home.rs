//! What stands beside a reference: the evidence for whether its target should be here.

use std::collections::{HashMap, HashSet};

use super::words::Word;
use crate::model::reference::{Purpose, Target};
use crate::text::Span;

/// Objects of one kind that are kept for comparing names.
const MOST_BESIDE: usize = 1_000;

/// One folder, or one chart.
#[derive(Debug, Default)]
pub struct Home {
    /// Purposes for which some reference from here leads somewhere.
    pub(super) resolving: HashSet<Purpose>,
    /// Objects by kind and group.
    pub(super) defined: HashMap<(Word, Word), Vec<Beside>>,
    /// Kinds with an object whose name cannot be known: any reference may mean it.
    pub(super) vague: HashSet<(Word, Word)>,
    /// Names of objects for which controllers make others.
    pub(super) makers: HashSet<Word>,
    /// Whether objects come into being here that are not in the files.
    pub(super) installs: bool,
    /// Kinds, in plural, that a role here lets programs handle.
    pub(super) readable: HashSet<String>,
}

/// An object that a name may have been meant for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    pub(super) name: Word,
    pub(super) namespace: Word,
    pub(super) anchor: Span,
}

impl Home {
    /// Whether another reference for this purpose leads somewhere.
    pub fn resolves(&self, purpose: Purpose) -> bool {
        self.resolving.contains(&purpose)
    }

    /// Whether a role here lets programs handle objects of this kind, in plural, themselves.
    pub fn lets_read(&self, kinds: &str) -> bool {
        self.readable.contains(kinds) || self.readable.contains("*")
    }

    /// Whether custom resources stand here.
    pub fn has_makers(&self) -> bool {
        !self.makers.is_empty()
    }

    /// Whether objects come into being here that are not in the files: charts, bases from elsewhere.
    pub fn installs(&self) -> bool {
        self.installs
    }
}

/// Keeps an object for comparing names.
pub(super) fn note(defined: &mut HashMap<(Word, Word), Vec<Beside>>, target: (Word, Word), beside: Beside) {
    let defined = defined.entry(target).or_default();
    if defined.len() < MOST_BESIDE {
        defined.push(beside);
    }
}

/// Whether a controller may make other objects for one of this kind: any that is not Kubernetes' own, as operators do.
pub(super) fn makes_others(target: &Target) -> bool {
    target.group.contains('.') && !target.group.ends_with(".k8s.io")
}
