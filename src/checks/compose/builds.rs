//! A service and the Dockerfile that it is built from: both ends of what they have to agree on.

use std::collections::{HashMap, HashSet};

use super::official::is_official;
use crate::model::compose::{Build, Service};
use crate::model::image::{HIDDEN, Image};
use crate::model::instruction::Instruction;
use crate::model::stage::{Base, Stage};
use crate::model::{Facts, Project};
use crate::rule::Match;
use crate::rule::nearest::nearest;
use crate::syntax::dockerfile::Kind;
use crate::text::{FileId, Span};

/// A stage that builds upon more others than this is not looked into.
const DEEPEST: usize = 64;

/// Dockerfiles that services may be built from, by their file.
pub(super) struct Dockerfiles<'p>(HashMap<FileId, Dockerfile<'p>>);

/// A Dockerfile, with what is asked of it at hand.
pub(super) struct Dockerfile<'p> {
    stages: &'p [Stage],
    /// Numbers of stages by their name, in lower case; the last of a name counts.
    names: HashMap<String, usize>,
    /// EXPOSE and HEALTHCHECK, by stage.
    instructions: HashMap<usize, Vec<&'p Instruction>>,
    /// The base images, by stage.
    images: HashMap<usize, &'p Image>,
    /// Names of arguments; `None` where one is not known.
    arguments: Option<HashSet<&'p str>>,
}

impl<'p> Dockerfiles<'p> {
    pub(super) fn of(project: &'p Project) -> Self {
        let services = project
            .files
            .iter()
            .filter_map(|facts| facts.compose.as_ref())
            .flat_map(|compose| &compose.services);
        let wanted: HashSet<FileId> = services.filter_map(|service| service.build.as_ref()?.file).collect();
        let files = project.files.iter().filter_map(|facts| Some((facts.stages.first()?.whole.file, facts)));
        Dockerfiles(
            files
                .filter(|(file, _)| wanted.contains(file))
                .map(|(file, facts)| (file, Dockerfile::of(facts)))
                .collect(),
        )
    }

    /// What a service is built from.
    pub(super) fn built(&self, build: &Build) -> Option<&Dockerfile<'p>> {
        self.0.get(&build.file?)
    }
}

impl<'p> Dockerfile<'p> {
    fn of(facts: &'p Facts) -> Self {
        let stages = &facts.stages;
        let named = |stage: &Stage| Some((stage.name.get()?.to_ascii_lowercase(), stage.index));
        let mut instructions: HashMap<usize, Vec<&Instruction>> = HashMap::new();
        for one in facts.instructions.iter().filter(|one| !one.onbuild) {
            if let (Kind::Expose | Kind::Healthcheck, Some(stage)) = (&one.kind, one.stage) {
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
            stages,
            names: stages.iter().filter_map(named).collect(),
            instructions,
            images,
            arguments: known.then_some(arguments),
        }
    }

    fn stage(&self, name: &str) -> Option<&'p Stage> {
        let named = self.names.get(&name.to_ascii_lowercase()).copied();
        self.stages.get(named.or_else(|| name.parse().ok())?)
    }

    /// The stage that is built, and those that it is built upon; `None` where that is not known.
    fn chain(&self, build: &Build) -> Option<Vec<&'p Stage>> {
        let mut at = match &build.target {
            target if target.is_unknown() => return None,
            target => match target.get() {
                Some(name) => self.stage(name)?,
                None => self.stages.last()?,
            },
        };
        let mut stages = vec![at];
        while let Base::Stage(below) = at.base {
            at = self.stages.get(below).filter(|_| stages.len() < DEEPEST)?;
            stages.push(at);
        }
        Some(stages)
    }

    /// Instructions of this kind, those of the stage that is built first.
    fn all(&self, stages: &[&Stage], kind: Kind) -> Vec<&'p Instruction> {
        let of = |stage: &&Stage| self.instructions.get(&stage.index).map_or(&[][..], Vec::as_slice);
        stages.iter().flat_map(of).copied().filter(|one| one.kind == kind).collect()
    }

    /// Where it shows that what is built has no health check: `HEALTHCHECK NONE`, or the stage itself.
    pub(super) fn without_health(&self, build: &Build) -> Option<Span> {
        let stages = self.chain(build)?;
        for stage in &stages {
            if let Some(check) = self.all(&[*stage], Kind::Healthcheck).last() {
                let none =
                    check.args.first().is_some_and(|word| word.text.trim().eq_ignore_ascii_case("none"));
                return none.then_some(check.whole);
            }
        }
        let lowest = stages.last()?;
        let bare = match lowest.base {
            Base::Scratch => true,
            Base::Image => self.images.get(&lowest.index).copied().is_some_and(is_official),
            _ => false,
        };
        bare.then_some(stages[0].anchor)
    }
}

/// Services that are built from a Dockerfile among the files.
fn builds(project: &Project, visit: &mut dyn FnMut(&Service, &Build, &Dockerfile<'_>)) {
    let dockerfiles = Dockerfiles::of(project);
    let services =
        project.files.iter().filter_map(|facts| facts.compose.as_ref()).flat_map(|compose| &compose.services);
    for service in services {
        if let Some(build) = &service.build
            && let Some(file) = dockerfiles.built(build)
        {
            visit(service, build, file);
        }
    }
}

/// A stage to build that the Dockerfile does not have.
pub(super) fn target(project: &Project, out: &mut Vec<Match>) {
    builds(project, &mut |_, build, file| {
        let (Some(name), Some(span)) = (build.target.get(), build.target.span()) else { return };
        let vague = file.stages.iter().take(DEEPEST).any(|stage| stage.name.is_unknown());
        if name.is_empty() || vague || file.stage(name).is_some() {
            return;
        }
        let names = file.stages.iter().take(DEEPEST).filter_map(|stage| stage.name.get()).map(String::as_str);
        let near = nearest(name, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!("the Dockerfile has no stage `{name}`{near}");
        let last = file.stages.last().map(|stage| stage.anchor);
        let found = Match::new(span, message);
        out.push(match last {
            Some(last) => found.related(last, "the last stage of the Dockerfile"),
            None => found,
        });
    });
}

/// Arguments that every Dockerfile takes. Source: the Dockerfile reference, and BuildKit's own arguments.
const TAKEN: &[&str] =
    &["ALL_PROXY", "FTP_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SOURCE_DATE_EPOCH"];

/// Arguments of one build that are looked at, and of a Dockerfile that are suggested; people have a handful.
const MOST_ARGUMENTS: usize = 100;

/// Arguments that the Dockerfile does not declare.
pub(super) fn argument(project: &Project, out: &mut Vec<Match>) {
    builds(project, &mut |_, build, file| {
        let Some(declared) = &file.arguments else { return };
        for argument in build.args.iter().take(MOST_ARGUMENTS) {
            let name = argument.text.as_str();
            let taken = TAKEN.contains(&name.to_ascii_uppercase().as_str()) || name.starts_with("BUILDKIT_");
            if taken || declared.contains(name) {
                continue;
            }
            let mut candidates: Vec<&str> = declared.iter().copied().take(MOST_ARGUMENTS).collect();
            candidates.sort_unstable();
            let near = nearest(name, candidates);
            let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let found = Match::new(
                argument.span,
                format!("the Dockerfile has no `ARG {name}`, so that nothing reads it{near}"),
            );
            let first = file.stages.first().map(|stage| stage.anchor);
            out.push(first.map_or(found.clone(), |first| found.related(first, "the Dockerfile")));
        }
    });
}

/// Ports that the image does not expose, though it exposes others.
pub(super) fn port(project: &Project, out: &mut Vec<Match>) {
    builds(project, &mut |service, build, file| {
        if service.ports.is_empty() {
            return;
        }
        let Some(stages) = file.chain(build) else { return };
        let exposed = file.all(&stages, Kind::Expose);
        let Some(first) = exposed.first() else { return };
        let words: Vec<&str> =
            exposed.iter().flat_map(|one| &one.args).map(|word| word.text.as_str()).collect();
        if words.iter().any(|word| word.contains(HIDDEN) || word.contains(['$', '-'])) {
            return;
        }
        let numbers: Vec<i64> =
            words.iter().filter_map(|word| word.split('/').next()?.parse().ok()).collect();
        for port in &service.ports {
            let (Some(target), Some(span)) = (port.target.get(), port.target.span()) else { continue };
            if target.from == target.to && !numbers.contains(&target.from) {
                let message = format!("the image exposes {}, not {}", words.join(", "), target.from);
                out.push(Match::new(span, message).related(first.whole, "exposed here"));
            }
        }
    });
}
