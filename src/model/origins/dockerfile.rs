//! A Dockerfile as a whole: its stages, and what an image that is built from it starts with.

use std::collections::{HashMap, HashSet};

use crate::model::image::{HIDDEN, Image};
use crate::model::instruction::Instruction;
use crate::model::official::{has_no_entrypoint, has_no_health, official, starts_as_root};
use crate::model::stage::{Base, Stage};
use crate::model::{Facts, Setting};
use crate::syntax::dockerfile::Kind;
use crate::text::Span;

/// A stage that builds upon more others than this is not looked into.
const DEEPEST: usize = 64;

/// An image of more instructions than this is not looked into: many may run it, and each looks at all.
const MOST_INSTRUCTIONS: usize = 1000;

/// A Dockerfile, with what is asked of it at hand.
pub struct Dockerfile<'p> {
    /// Its facts.
    pub facts: &'p Facts,
    /// Names of arguments; `None` where one is not known.
    pub arguments: Option<HashSet<&'p str>>,
    /// Numbers of stages by their name, in lower case; the last of a name counts.
    names: HashMap<String, usize>,
    /// The instructions of each stage.
    instructions: HashMap<usize, Vec<&'p Instruction>>,
    /// The base images, by stage.
    images: HashMap<usize, &'p Image>,
}

/// A stage that is built, with those that it builds upon: what the image is in the end.
pub struct Built<'o, 'p> {
    /// The Dockerfile.
    pub file: &'o Dockerfile<'p>,
    /// The stages, the one that is built first.
    pub stages: Vec<&'p Stage>,
}

/// Who the processes of an image are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User<'p> {
    /// A number other than that of root.
    Number,
    /// A name.
    Name(&'p str),
    /// Root, by number or because nothing else is said.
    Root,
}

impl<'p> Dockerfile<'p> {
    pub(super) fn of(facts: &'p Facts) -> Self {
        let stages = &facts.stages;
        let named = |stage: &Stage| Some((stage.name.get()?.to_ascii_lowercase(), stage.index));
        let mut instructions: HashMap<usize, Vec<&Instruction>> = HashMap::new();
        for one in facts.instructions.iter().filter(|one| !one.onbuild) {
            if let Some(stage) = one.stage {
                instructions.entry(stage).or_default().push(one);
            }
        }
        let mut images = HashMap::new();
        for image in &facts.images {
            let after = stages.partition_point(|stage| stage.whole.start <= image.span.start);
            images.entry(after.saturating_sub(1)).or_insert(image);
        }
        let arguments =
            facts.instructions.iter().filter(|one| one.kind == Kind::Arg).flat_map(|one| &one.args);
        let arguments: HashSet<&str> =
            arguments.map(|argument| argument.text.split('=').next().unwrap_or_default()).collect();
        let known = !arguments.iter().any(|name| name.contains(HIDDEN));
        Dockerfile {
            facts,
            arguments: known.then_some(arguments),
            names: stages.iter().filter_map(named).collect(),
            instructions,
            images,
        }
    }

    /// Its stages.
    pub fn stages(&self) -> &'p [Stage] {
        &self.facts.stages
    }

    /// The stage of this name or number.
    pub fn stage(&self, name: &str) -> Option<&'p Stage> {
        let named = self.names.get(&name.to_ascii_lowercase()).copied();
        self.facts.stages.get(named.or_else(|| name.parse().ok())?)
    }

    /// What is built where this target is asked for; `None` where that is not known.
    pub fn built(&self, target: &Setting<String>) -> Option<Built<'_, 'p>> {
        let mut at = match target {
            target if target.is_unknown() => return None,
            target => match target.get().filter(|name| !name.is_empty()) {
                Some(name) => self.stage(name)?,
                None => self.facts.stages.last()?,
            },
        };
        let mut stages = vec![at];
        while let Base::Stage(below) = at.base {
            at = self.facts.stages.get(below).filter(|_| stages.len() < DEEPEST)?;
            stages.push(at);
        }
        let built = Built { file: self, stages };
        (built.instructions().count() <= MOST_INSTRUCTIONS).then_some(built)
    }
}

impl<'p> Built<'_, 'p> {
    /// The shortest text that stands for it: the name of the stage.
    pub fn anchor(&self) -> Span {
        self.stages[0].anchor
    }

    /// Its instructions, those of the stage that is built first.
    pub fn instructions(&self) -> impl Iterator<Item = &'p Instruction> {
        self.stages.iter().flat_map(|stage| self.of_stage(stage)).copied()
    }

    /// Its instructions, those of the lowest stage first.
    pub fn in_order(&self) -> impl Iterator<Item = &'p Instruction> {
        self.stages.iter().rev().flat_map(|stage| self.of_stage(stage)).copied()
    }

    fn of_stage(&self, stage: &Stage) -> &[&'p Instruction] {
        self.file.instructions.get(&stage.index).map_or(&[], Vec::as_slice)
    }

    /// Instructions of this kind, those of the stage that is built first.
    pub fn all(&self, kind: Kind) -> Vec<&'p Instruction> {
        self.instructions().filter(|one| one.kind == kind).collect()
    }

    /// The instruction of this kind that counts: the last one of the nearest stage that has one.
    pub fn last(&self, kind: Kind) -> Option<&'p Instruction> {
        self.stages
            .iter()
            .find_map(|stage| self.of_stage(stage).iter().rev().find(|one| one.kind == kind))
            .copied()
    }

    /// The official image below all stages.
    pub fn official(&self) -> Option<&'static str> {
        let lowest = self.stages.last().filter(|stage| stage.base == Base::Image)?;
        self.file.images.get(&lowest.index).copied().and_then(official)
    }

    /// Whether there is nothing below its stages.
    pub fn is_from_scratch(&self) -> bool {
        self.stages.last().is_some_and(|stage| stage.base == Base::Scratch)
    }

    /// Who its processes are, and where that shows.
    pub fn user(&self) -> Option<(User<'p>, Span)> {
        let stage = self.stages[0];
        match &stage.user {
            Setting::Unknown(_) => None,
            Setting::Set(user, span) => {
                let name = user.split(':').next().unwrap_or_default();
                let user = match name.parse::<u32>() {
                    Ok(0) => User::Root,
                    Ok(_) => User::Number,
                    Err(_) if name.is_empty() => return None,
                    Err(_) if name == "root" => User::Root,
                    Err(_) => User::Name(name),
                };
                Some((user, *span))
            }
            Setting::Unset => {
                let root = self.is_from_scratch() || self.official().is_some_and(starts_as_root);
                root.then_some((User::Root, stage.anchor))
            }
        }
    }

    /// Where it shows that nothing takes the arguments that a container is given: there is no `ENTRYPOINT`.
    pub fn without_entrypoint(&self) -> Option<Span> {
        let none = match self.last(Kind::Entrypoint) {
            Some(entrypoint) => entrypoint.args.is_empty(),
            None => self.is_from_scratch() || self.official().is_some_and(has_no_entrypoint),
        };
        none.then(|| self.last(Kind::Cmd).map_or(self.anchor(), |command| command.whole))
    }

    /// Where it shows that it has no health check: `HEALTHCHECK NONE`, or the stage itself.
    pub fn without_health(&self) -> Option<Span> {
        if let Some(check) = self.last(Kind::Healthcheck) {
            let none = check.args.first().is_some_and(|word| word.text.trim().eq_ignore_ascii_case("none"));
            return none.then_some(check.whole);
        }
        let bare = self.is_from_scratch() || self.official().is_some_and(has_no_health);
        bare.then(|| self.anchor())
    }
}
