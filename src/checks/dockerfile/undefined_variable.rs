//! Variables that an instruction uses and nothing has set.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::super::File;
use super::near;
use crate::rule::Match;
use crate::syntax::dockerfile::{Binding, Dockerfile, Instruction, Kind, Origin, Scopes, Use, Word, expand};
use crate::text::Span;

/// Official images that bring `PATH` and no other variable. Source: their Dockerfiles.
const ONLY_PATH: &[&str] =
    &["alpine", "debian", "ubuntu", "busybox", "centos", "almalinux", "rockylinux", "amazonlinux"];

/// Variables that BuildKit gives every stage that asks with ARG, and those that a build may always be given.
const OFTEN_SET: &[&str] = &["PATH", "HOME", "HOSTNAME", "TERM"];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    let names = Names::of(dockerfile);
    let scopes = Scopes::new(dockerfile);
    let only_path = only_path(dockerfile);
    for (at, instruction) in dockerfile.instructions.iter().enumerate() {
        let Some(stage) = dockerfile.stage_of(at).filter(|_| instruction.kind != Kind::From) else {
            continue;
        };
        for (key, word) in words(instruction) {
            let lookup = |name: &str| scopes.lookup(at, name).binding;
            let uses = expand(word.as_str(), dockerfile.escape, &lookup).uses;
            let names_of = |used: &Use| word.as_str().get(used.name.clone()).unwrap_or_default();
            let guarded: BTreeSet<&str> =
                uses.iter().filter(|used| is_guarded(word.as_str(), &used.name)).map(names_of).collect();
            for used in &uses {
                let name = names_of(used);
                let variable = scopes.lookup(at, name);
                let set = variable.origin.is_some() || OFTEN_SET.contains(&name);
                if set || guarded.contains(name) || !is_name(name) {
                    continue;
                }
                let sure =
                    variable.binding == Binding::Unset || only_path.get(stage).is_some_and(|only| *only);
                let span = word.text.span(used.name.start, used.name.end);
                let own = key == Some(name);
                // `ENV X=$X` does nothing, whatever X is.
                let idle = own && ["$", "${"].iter().any(|start| is_only(word.as_str(), start, name));
                out.extend(names.explain(&Place { at, stage, own, sure: sure || idle, span }, name));
            }
        }
    }
}

/// Whether the word is nothing but the variable.
fn is_only(word: &str, start: &str, name: &str) -> bool {
    let bare = word.trim_matches('"');
    bare.strip_prefix(start)
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.is_empty() || rest == "}")
}

/// An ENV that uses a variable that it sets itself.
pub(super) fn of_same_env(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    let scopes = Scopes::new(dockerfile);
    for (at, instruction) in dockerfile.instructions.iter().enumerate() {
        if instruction.kind != Kind::Env || instruction.pairs().len() < 2 {
            continue;
        }
        let set: HashMap<&str, Span> =
            instruction.pairs().iter().map(|pair| (pair.key.as_str(), pair.key.span)).collect();
        for pair in instruction.pairs() {
            let Some(value) = &pair.value else { continue };
            for used in scopes.expand(at, value).uses {
                let name = value.as_str().get(used.name.clone()).unwrap_or_default();
                let Some(own) = set.get(name).filter(|_| name != pair.key.as_str()) else { continue };
                if scopes.lookup(at, name).origin.is_none() {
                    let message =
                        format!("`{name}` gets its value when this `ENV` is over; set it in an `ENV` before");
                    let span = value.text.span(used.name.start, used.name.end);
                    out.push(Match::new(span, message).related(*own, "set here"));
                }
            }
        }
    }
}

/// The words in which BuildKit puts in variables, and the name that each is the value of.
fn words(outer: &Instruction) -> Vec<(Option<&str>, &Word)> {
    match outer.kind {
        Kind::Add | Kind::Copy => {
            let heredoc = |word: &&Word| !word.as_str().starts_with("<<");
            let flags = outer.flags.iter().filter(|flag| ["chown", "chmod"].contains(&flag.name.as_str()));
            let flags = flags.filter_map(|flag| flag.value.as_ref());
            outer.words().iter().filter(heredoc).chain(flags).map(|word| (None, word)).collect()
        }
        Kind::Expose | Kind::User | Kind::Volume | Kind::Workdir | Kind::Stopsignal => {
            outer.words().iter().map(|word| (None, word)).collect()
        }
        Kind::Env | Kind::Label | Kind::Arg => outer
            .pairs()
            .iter()
            .filter_map(|pair| Some((Some(pair.key.as_str()), pair.value.as_ref()?)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether `:-`, `-`, `+` or `?` behind the name says what holds without a value.
fn is_guarded(word: &str, name: &Range<usize>) -> bool {
    let after = word.get(name.end..).is_some_and(|rest| rest.starts_with([':', '-', '+', '?']));
    after && word.get(..name.start).is_some_and(|before| before.ends_with("${"))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Of each stage, whether the image below it is known to set no variable but `PATH`.
fn only_path(dockerfile: &Dockerfile) -> Vec<bool> {
    let mut known: Vec<bool> = Vec::new();
    for stage in &dockerfile.stages {
        let only = match &stage.base {
            Origin::Image(image) => {
                let name = image.split([':', '@']).next().unwrap_or_default();
                ONLY_PATH.contains(&name.strip_prefix("library/").unwrap_or(name))
            }
            Origin::Stage(parent) => known.get(*parent).copied().unwrap_or_default(),
            _ => false,
        };
        known.push(only);
    }
    known
}

/// Where a variable is used.
struct Place {
    /// The number of the instruction.
    at: usize,
    stage: usize,
    /// Whether it is in the value of the variable itself.
    own: bool,
    /// Whether the image below the stage certainly does not set it.
    sure: bool,
    span: Span,
}

/// Where a name is declared in a stage.
struct Declared {
    stage: usize,
    at: usize,
    /// By ARG: then no image is meant to bring it.
    argument: bool,
    span: Span,
}

/// Where names are declared.
struct Names<'d> {
    /// Before the first FROM.
    global: HashMap<&'d str, Span>,
    /// In stages, in order.
    stages: HashMap<&'d str, Vec<Declared>>,
    all: BTreeSet<&'d str>,
}

impl<'d> Names<'d> {
    fn of(dockerfile: &'d Dockerfile) -> Names<'d> {
        let mut names = Names { global: HashMap::new(), stages: HashMap::new(), all: BTreeSet::new() };
        for (at, instruction) in dockerfile.instructions.iter().enumerate() {
            if !matches!(instruction.kind, Kind::Arg | Kind::Env) {
                continue;
            }
            for pair in instruction.pairs() {
                let (name, span) = (pair.key.as_str(), pair.key.span);
                names.all.insert(name);
                match dockerfile.stage_of(at) {
                    Some(stage) => {
                        let argument = instruction.kind == Kind::Arg;
                        names.stages.entry(name).or_default().push(Declared { stage, at, argument, span });
                    }
                    None => {
                        names.global.insert(name, span);
                    }
                }
            }
        }
        names
    }

    /// What is wrong with a name that nothing before it has set; none where the image below may have.
    fn explain(&self, place: &Place, name: &str) -> Option<Match> {
        let Place { at, stage, own, sure, span } = *place;
        if let Some(declared) = self.global.get(name) {
            let message =
                format!("an `ARG` before `FROM` is not seen in a stage; repeat `ARG {name}` above this");
            return Some(Match::new(span, message).related(*declared, "declared here"));
        }
        let places = self.stages.get(name).map_or(&[] as &[_], Vec::as_slice);
        let after = places.partition_point(|declared| declared.at < at);
        let later = places.get(after).filter(|declared| declared.stage == stage);
        if later.is_some_and(|later| later.at == at) {
            // Another variable of the same ENV is the matter of `env-uses-itself`.
            let message =
                format!("nothing has set `{name}` before, so it is empty here; drop it, or declare it above");
            return (own && sure).then(|| Match::new(span, message));
        }
        if let Some(later) = later.filter(|later| later.argument || sure) {
            let message = format!("`{name}` is set only below this; move that up");
            return Some(Match::new(span, message).related(later.span, "set here"));
        }
        if let Some(other) = places.first().filter(|other| other.argument || sure) {
            let message =
                format!("`{name}` is set in another stage, and is empty here; declare it in this one");
            return Some(Match::new(span, message).related(other.span, "set here"));
        }
        let closest = near(name, self.all.iter().copied().chain(["PATH"]));
        match closest {
            Some(other) if other.len() > 3 => {
                Some(Match::new(span, format!("nothing sets `{name}`; did you mean `{other}`?")))
            }
            _ => sure.then(|| {
                Match::new(span, format!("nothing sets `{name}`, so it is empty; declare it with `ARG`"))
            }),
        }
    }
}
