//! Which ARG and ENV an instruction sees. Values are those of a build without `--build-arg`.

use std::collections::HashMap;

use crate::text::Span;

use super::expand::{Binding, Expanded, Value, expand};
use super::kind::Kind;
use super::stages::Origin;
use super::tree::{Dockerfile, Instruction, Pair, Word};

/// Set by BuildKit outside stages; inside one they need an ARG. Source:
/// <https://docs.docker.com/build/building/variables/#multi-platform-build-arguments>.
pub const PLATFORM: [&str; 11] = [
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
];

/// ARGs that a build may be given though no ARG declares them, in capitals.
const PROXY: [&str; 5] = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

/// Longer values count as unknown, and so do those of stages farther up than this.
const LONGEST_VALUE: usize = 4096;
const FARTHEST_STAGE: usize = 64;

/// A variable as one instruction sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// What it stands for.
    pub binding: Binding,
    /// Whether `--build-arg` can change it.
    pub overridable: bool,
    /// The name where it was last given a value, or declared; none for what comes from outside the file.
    pub origin: Option<Span>,
}

/// The assignments of one stage, or of the part before the first.
#[derive(Debug, Default)]
pub(super) struct Layer {
    /// By name: the numbers of instructions, ascending, and what holds after them.
    variables: HashMap<String, Vec<(usize, Variable)>>,
}

impl Layer {
    /// The ARGs before the first FROM.
    pub(super) fn globals(instructions: &[Instruction], escape: char) -> Layer {
        let mut layer = Layer::default();
        let is_global = |instruction: &&Instruction| instruction.kind != Kind::From;
        for (at, instruction) in instructions.iter().take_while(is_global).enumerate() {
            if instruction.kind != Kind::Arg {
                continue;
            }
            for pair in instruction.pairs() {
                let binding = pair.value.as_ref().map(|value| bounded(layer.expand(value.as_str(), escape)));
                let binding = binding.unwrap_or_else(|| layer.global(pair.key.as_str()).binding);
                layer.define(at, pair, binding, true);
            }
        }
        layer
    }

    /// Expands `raw` outside stages, as FROM does.
    pub(super) fn expand(&self, raw: &str, escape: char) -> Expanded {
        expand(raw, escape, &|name| self.global(name).binding)
    }

    fn global(&self, name: &str) -> Variable {
        let outside = if PLATFORM.contains(&name) { Binding::Unknown } else { Binding::Unset };
        let outside = || Variable { binding: outside, overridable: false, origin: None };
        self.before(usize::MAX, name).cloned().unwrap_or_else(outside)
    }

    fn before(&self, instruction: usize, name: &str) -> Option<&Variable> {
        let history = self.variables.get(name)?;
        let after = history.partition_point(|(at, _)| *at < instruction);
        Some(&history.get(after.checked_sub(1)?)?.1)
    }

    fn define(&mut self, at: usize, pair: &Pair, binding: Binding, overridable: bool) {
        let variable = Variable { binding, overridable, origin: Some(pair.key.span) };
        self.variables.entry(pair.key.as_str().to_owned()).or_default().push((at, variable));
    }
}

fn bounded(expanded: Expanded) -> Binding {
    match expanded.value {
        Value::Known(text) if text.len() <= LONGEST_VALUE => Binding::Known(text),
        _ => Binding::Unknown,
    }
}

/// The variables of a Dockerfile, at every instruction.
#[derive(Debug)]
pub struct Scopes<'a> {
    dockerfile: &'a Dockerfile,
    globals: Layer,
    stages: Vec<Layer>,
}

impl<'a> Scopes<'a> {
    /// Walks all stages once.
    pub fn new(dockerfile: &'a Dockerfile) -> Self {
        let globals = Layer::globals(&dockerfile.instructions, dockerfile.escape);
        let mut scopes = Scopes { dockerfile, globals, stages: Vec::new() };
        for stage in &dockerfile.stages {
            scopes.stages.push(Layer::default());
            for at in stage.instructions.clone() {
                match dockerfile.instructions[at].kind {
                    Kind::Arg => scopes.declare(at),
                    Kind::Env => scopes.assign(at),
                    _ => {}
                }
            }
        }
        scopes
    }

    /// What `name` stands for in the instruction with this number, before that instruction changes it.
    pub fn lookup(&self, instruction: usize, name: &str) -> Variable {
        let is_from =
            self.dockerfile.instructions.get(instruction).is_some_and(|found| found.kind == Kind::From);
        match self.dockerfile.stage_of(instruction) {
            Some(stage) if !is_from => self.in_stage(stage, instruction, name),
            _ => self.globals.global(name),
        }
    }

    /// Expands a word of the instruction with this number.
    pub fn expand(&self, instruction: usize, word: &Word) -> Expanded {
        expand(word.as_str(), self.dockerfile.escape, &|name| self.lookup(instruction, name).binding)
    }

    fn in_stage(&self, stage: usize, instruction: usize, name: &str) -> Variable {
        let chain = std::iter::once(stage).chain(self.dockerfile.ancestors(stage)).take(FARTHEST_STAGE);
        let mut last = stage;
        for stage in chain {
            if let Some(variable) = self.stages.get(stage).and_then(|layer| layer.before(instruction, name)) {
                return variable.clone();
            }
            last = stage;
        }
        // An image brings variables of its own, which this file does not tell.
        let scratch = self.dockerfile.stages.get(last).is_some_and(|stage| stage.base == Origin::Scratch);
        let binding = if scratch { Binding::Unset } else { Binding::Unknown };
        Variable { binding, overridable: false, origin: None }
    }

    /// An ENV: all its values see what was set before it.
    fn assign(&mut self, at: usize) {
        let pairs = self.dockerfile.instructions[at].pairs();
        let values: Vec<Binding> = pairs
            .iter()
            .map(|pair| pair.value.as_ref().map_or(Binding::Unset, |value| bounded(self.expand(at, value))))
            .collect();
        let Some(layer) = self.stages.last_mut() else { return };
        for (pair, binding) in pairs.iter().zip(values) {
            layer.define(at, pair, binding, false);
        }
    }

    /// An ARG: each name sees those before it on the same line.
    fn declare(&mut self, at: usize) {
        let Some(stage) = self.stages.len().checked_sub(1) else { return };
        for pair in self.dockerfile.instructions[at].pairs() {
            let name = pair.key.as_str();
            let binding = match &pair.value {
                Some(value) => {
                    let lookup = |name: &str| self.in_stage(stage, at + 1, name).binding;
                    bounded(expand(value.as_str(), self.dockerfile.escape, &lookup))
                }
                None => match self.inherited(at, name) {
                    Some(binding) => binding,
                    None => continue,
                },
            };
            if let Some(layer) = self.stages.last_mut() {
                layer.define(at, pair, binding, true);
            }
        }
    }

    /// What an ARG without a default stands for; none when it leaves an earlier value as it is.
    fn inherited(&self, at: usize, name: &str) -> Option<Binding> {
        let global = self.globals.global(name).binding;
        if global != Binding::Unset {
            return Some(global);
        }
        if PROXY.contains(&name.to_ascii_uppercase().as_str()) {
            return Some(Binding::Unknown);
        }
        self.lookup(at, name).origin.is_none().then_some(Binding::Unset)
    }
}
