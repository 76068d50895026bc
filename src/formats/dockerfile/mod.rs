//! Dockerfiles → facts: stages, instructions, images, variables.
//!
//! Values are those of a build without `--build-arg`.

mod known;
mod scripts;
#[cfg(test)]
mod tests;

use crate::formats::coupling::{Listener, told};
use crate::formats::proxy::taken;
use crate::model::coupling::Holder;
use crate::model::env::EnvVar;
use crate::model::facts::FolderId;
use crate::model::graph::Signal;
use crate::model::image::{HIDDEN, Image};
use crate::model::instruction::{Flag, Flags, Form, Instruction};
use crate::model::stage::{Base, Stage};
use crate::model::workload::Word as Text;
use crate::model::{Facts, Setting};
use crate::syntax::dockerfile::{self as syntax, Args, Dockerfile, Kind, Origin, Scopes, Word};
use crate::syntax::shell::Flavour;
use crate::text::Span;

use known::Known;
use scripts::Shell;

/// Labels that the stages of a file have at most, each with those below it; those of others are not known.
const MOST_LABELS: usize = 10_000;
/// Labels of one stage at most.
const MOST_OF_STAGE: usize = 100;

/// The facts of a Dockerfile.
pub fn lower(tree: &Dockerfile, text: &str, folder: FolderId) -> Facts {
    let facts = Facts { folder, ..Facts::default() };
    let mut lowerer = Lowerer {
        tree,
        text,
        scopes: Scopes::new(tree),
        shells: Vec::new(),
        flavours: Vec::new(),
        flavour: Flavour::Unknown,
        labels: 0,
        facts,
    };
    for (at, _) in tree.instructions.iter().enumerate().take_while(|(at, _)| tree.stage_of(*at).is_none()) {
        lowerer.instruction(at, None, Some(Shell::DEFAULT));
    }
    for number in 0..tree.stages.len() {
        lowerer.stage(number);
    }
    lowerer.references();
    lowerer.copied();
    lowerer.facts
}

struct Lowerer<'t> {
    tree: &'t Dockerfile,
    text: &'t str,
    scopes: Scopes<'t>,
    /// The POSIX shell that runs commands at the end of each stage so far.
    shells: Vec<Option<Shell>>,
    /// What `sh` is at the end of each stage so far, and where the lowerer is.
    flavours: Vec<Flavour>,
    flavour: Flavour,
    /// How many labels the stages so far have.
    labels: usize,
    facts: Facts,
}

impl<'t> Lowerer<'t> {
    fn known(&self, instruction: usize, word: &'t Word) -> Known<'t> {
        Known::new(&self.scopes, self.tree.escape, instruction, word)
    }

    fn stage(&mut self, number: usize) {
        let stage = &self.tree.stages[number];
        let from = &self.tree.instructions[stage.from];
        let base = from.words().first();
        let image = self.base_image(number);
        let mut user = self.inherited_user(number, image.as_ref());
        let mut shell = self.first_shell(number);
        self.flavour = self.first_flavour(number, image.as_ref());
        for at in stage.instructions.clone() {
            let instruction = &self.tree.instructions[at];
            shell = Lowerer::shell_after(instruction, shell);
            if let (Kind::User, Args::Text(word)) = (instruction.kind, &instruction.args) {
                user = self.known(at, word).setting();
            }
            self.instruction(at, Some(number), shell);
            self.replaced_shell();
        }
        self.shells.push(shell);
        self.flavours.push(self.flavour);
        let keywords = self.keywords(number);
        let labels = self.labels(number);
        let anchor = stage.name.as_ref().or(base).map_or(from.keyword, |word| word.span);
        let last = self.tree.instructions.get(stage.instructions.end.saturating_sub(1)).unwrap_or(from);
        let name = stage.name.as_ref();
        self.facts.images.extend(image);
        self.facts.stages.push(Stage {
            name: name.map_or(Setting::Unset, |name| Setting::Set(name.as_str().to_owned(), name.span)),
            index: number,
            ships: number + 1 == self.tree.stages.len(),
            base: match stage.base {
                Origin::Stage(parent) => Base::Stage(parent),
                Origin::Scratch => Base::Scratch,
                Origin::Image(_) => Base::Image,
                Origin::Unknown => Base::Unknown,
            },
            user,
            keywords,
            labels,
            anchor,
            whole: from.span.to(last.span),
        });
    }

    /// The image that a stage builds upon, known or not; none when that is a stage or nothing.
    fn base_image(&self, number: usize) -> Option<Image> {
        let stage = &self.tree.stages[number];
        if matches!(stage.base, Origin::Stage(_) | Origin::Scratch) {
            return None;
        }
        let word = self.tree.instructions[stage.from].words().first()?;
        let known = self.known(stage.from, word);
        (!known.text.is_empty()).then(|| Image::parse(&known.text, |from, to| known.span(from, to)))
    }

    /// Who processes are before the stage says anything itself.
    fn inherited_user(&self, number: usize, image: Option<&Image>) -> Setting<String> {
        if let Some(parent) = self.tree.parent(number) {
            return self.facts.stages.get(parent).map_or(Setting::Unset, |parent| parent.user.clone());
        }
        let parts = image.map(|image| [Some(&image.repository), image.tag.as_ref()]);
        let says_so = |text: &str| {
            ["nonroot", "non-root", "rootless", "unprivileged"].iter().any(|word| text.contains(word))
        };
        let named = parts.into_iter().flatten().flatten().find(|part| says_so(&part.text));
        named.map_or(Setting::Unset, |part| Setting::Unknown(part.span))
    }

    /// The instructions of a stage and of those that it builds upon, each once.
    fn keywords(&self, number: usize) -> Vec<&'static str> {
        let parent = self.tree.parent(number).and_then(|parent| self.facts.stages.get(parent));
        let mut keywords = parent.map_or_else(Vec::new, |parent| parent.keywords.clone());
        for instruction in &self.tree.instructions[self.tree.stages[number].instructions.clone()] {
            if !keywords.contains(&instruction.kind.name()) {
                keywords.push(instruction.kind.name());
            }
        }
        keywords
    }

    /// The labels of a stage and of those that it builds upon.
    fn labels(&mut self, number: usize) -> Setting<Vec<String>> {
        let stage = &self.tree.stages[number];
        let from = self.tree.instructions[stage.from].keyword;
        let mut labels = match self.tree.parent(number).and_then(|parent| self.facts.stages.get(parent)) {
            Some(parent) if parent.labels.is_unknown() => return Setting::Unknown(from),
            parent => parent.and_then(|parent| parent.labels.get()).cloned().unwrap_or_default(),
        };
        let instructions = self.tree.instructions[stage.instructions.clone()].iter();
        for pair in instructions.filter(|one| one.kind == Kind::Label).flat_map(syntax::Instruction::pairs) {
            let name = pair.key.unquoted(self.tree.escape);
            if name.as_str().contains('$') || labels.len() == MOST_OF_STAGE {
                return Setting::Unknown(from);
            }
            if !labels.iter().any(|label| label == name.as_str()) {
                labels.push(name.as_str().to_owned());
            }
        }
        self.labels += labels.len();
        match labels {
            _ if self.labels > MOST_LABELS => Setting::Unknown(from),
            labels if labels.is_empty() => Setting::Unset,
            labels => Setting::Set(labels, from),
        }
    }

    /// Adds the instruction with this number, or the one inside it where it is an ONBUILD.
    fn instruction(&mut self, at: usize, stage: Option<usize>, shell: Option<Shell>) {
        let outer = &self.tree.instructions[at];
        let onbuild = outer.kind == Kind::Onbuild;
        let written = if onbuild { outer.inner().unwrap_or(outer) } else { outer };
        // A health check holds its command as a CMD.
        let told =
            if written.kind == Kind::Healthcheck { written.inner().unwrap_or(written) } else { written };
        let flags = written.flags.iter().map(|flag| self.flag(at, flag)).collect();
        let script = self.script(told, &outer.heredocs, shell).filter(|_| written.kind.runs());
        // What an ONBUILD runs, another file gives its variables.
        let script = script.map(|script| if onbuild { script } else { self.in_place(at, script) });
        let instruction = Instruction {
            kind: written.kind,
            stage,
            onbuild,
            flags: Flags { list: flags, near: written.keyword },
            form: match told.args {
                Args::Shell(_) => Form::Shell,
                Args::Exec(_) => Form::Exec,
                _ => Form::Plain,
            },
            args: self.args(at, told),
            script,
            anchor: written.keyword,
            whole: outer.span,
        };
        self.facts.instructions.push(instruction);
        if !onbuild {
            self.variables(at, written);
        }
    }

    fn flag(&self, at: usize, flag: &'t syntax::Flag) -> Flag {
        let value = flag.value.as_ref().map(|value| self.known(at, value).into_text());
        let span = value.as_ref().map_or(flag.span, |value| value.span);
        let value = value.map_or(String::new(), |value| value.text);
        Flag { name: flag.name.as_str().to_owned(), value, span }
    }

    fn args(&self, at: usize, instruction: &'t syntax::Instruction) -> Vec<Text> {
        let raw = |text: &str, span: Span| Text { text: text.to_owned(), span };
        match &instruction.args {
            Args::None | Args::Instruction(_) => Vec::new(),
            Args::Shell(text) => vec![raw(text.as_str(), text.whole())],
            // Nobody expands what is run; BuildKit does expand what is copied.
            Args::Exec(words) if instruction.kind.runs() => {
                words.iter().map(|word| raw(word.as_str(), word.text.whole())).collect()
            }
            Args::Words(words) | Args::Exec(words) => {
                words.iter().map(|word| self.known(at, word).into_text()).collect()
            }
            Args::Text(word) if instruction.kind == Kind::Maintainer => vec![raw(word.as_str(), word.span)],
            Args::Text(word) => vec![self.known(at, word).into_text()],
            Args::Pairs(pairs) => pairs
                .iter()
                .map(|pair| match &pair.value {
                    None => raw(pair.key.as_str(), pair.key.span),
                    Some(value) => raw(
                        &format!("{}={}", pair.key.as_str(), value.as_str()),
                        pair.key.span.to(value.span),
                    ),
                })
                .collect(),
        }
    }

    /// The variables that an ENV or ARG gives a value to.
    fn variables(&mut self, at: usize, instruction: &'t syntax::Instruction) {
        if !matches!(instruction.kind, Kind::Env | Kind::Arg) {
            return;
        }
        for pair in instruction.pairs() {
            let name = Setting::Set(pair.key.as_str().to_owned(), pair.key.span);
            let value = pair.value.as_ref().map_or(Setting::Unset, |value| self.known(at, value).setting());
            if let (Kind::Env, Setting::Set(text, span)) = (instruction.kind, &value) {
                let listener = Listener { holder: Holder::Image, signal: Signal::ImageEnv };
                let exact = span.len() == text.len();
                let place = |from: usize, to: usize| if exact { span.slice(from, to) } else { *span };
                told(&mut self.facts.coupling, listener, pair.key.as_str(), text, &place);
            }
            self.facts.env.push(EnvVar { name, value, anchor: pair.key.span });
        }
    }

    /// The images that COPY and mounts take files from.
    fn references(&mut self) {
        for reference in &self.tree.references {
            let name = &reference.name;
            let hidden;
            let text = match &reference.origin {
                Origin::Image(image) => image.as_str(),
                Origin::Unknown if name.as_str().contains('$') => {
                    hidden = HIDDEN.to_string().repeat(name.as_str().len());
                    &hidden
                }
                _ => continue,
            };
            self.facts.images.push(Image::parse(text, |from, to| name.text.span(from, to)));
        }
    }

    /// Files of settings that are copied from the folder of the build.
    fn copied(&mut self) {
        let copies = self.facts.instructions.iter().filter(|one| matches!(one.kind, Kind::Copy | Kind::Add));
        for copy in copies.filter(|copy| copy.flags.get("from").is_none()) {
            let Some((target, sources)) = copy.args.split_last() else { continue };
            let known = sources.iter().filter(|source| !source.text.contains(HIDDEN));
            let imports = known.filter_map(|source| taken(Holder::Image, source.clone(), &target.text, true));
            self.facts.coupling.imports.extend(imports);
        }
    }
}
