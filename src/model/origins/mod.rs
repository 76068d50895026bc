//! Where images come from: the Dockerfile that builds the image which a container or a service runs.
//!
//! A Compose file or Skaffold may say so; else an image is known by its name, where that is evidence enough.

mod dockerfile;
mod named;

use std::collections::{HashMap, HashSet};

pub use dockerfile::{Built, Dockerfile, User};

use self::named::{Named, Place};
use super::compose::{Build, Service};
use super::facts::FolderId;
use super::image::{HIDDEN, Image};
use super::layout::is_within;
use super::{Facts, Layout, Project, Setting};
use crate::text::{FileId, Span};

/// Other names of an image that are tried.
const MOST_NAMES: usize = 8;

/// Builds of images of one name that are looked at.
const MOST_CLAIMS: usize = 64;

/// What an image is called, without its version. What is not known of `prefix` is one [`HIDDEN`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Called {
    /// All before the last part, with its slash.
    prefix: String,
    /// The last part.
    last: String,
}

/// Why an image is taken to be built from a Dockerfile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The service itself builds it.
    Own,
    /// This says how the image of that name is built.
    Said(Span),
    /// It is called as the Dockerfile's place is.
    Name,
}

/// The Dockerfile of an image, and how that is known.
pub struct Origin<'o, 'p> {
    /// What is built.
    pub built: Built<'o, 'p>,
    /// How it is known.
    pub evidence: Evidence,
}

/// Something that says how an image is built.
struct Claim<'p> {
    called: Called,
    image: &'p Image,
    build: &'p Build,
    /// The folder of whoever says it.
    folder: &'p str,
    /// Whether it holds in that folder only.
    local: bool,
}

/// An image that is run, and the folder of whoever runs it.
struct Used<'p> {
    called: Called,
    folder: &'p str,
}

/// All Dockerfiles, and the images that come from them.
pub struct Origins<'p> {
    dockerfiles: HashMap<FileId, Dockerfile<'p>>,
    /// By the last part of the image's name.
    claims: HashMap<String, Vec<Claim<'p>>>,
    /// What kustomizations call images instead.
    renamed: HashMap<&'p str, Vec<&'p str>>,
    named: Named<'p>,
    layout: &'p Layout,
}

impl Called {
    fn of(image: &Image) -> Option<Called> {
        Called::read(&image.reference)
    }

    fn read(reference: &str) -> Option<Called> {
        let name = reference.split('@').next().unwrap_or_default().trim();
        let (prefix, last) = name.rfind('/').map_or(("", name), |at| name.split_at(at + 1));
        let last = last.split(':').next().unwrap_or_default();
        if last.is_empty() || last.contains(HIDDEN) {
            return None;
        }
        let prefix = prefix.strip_prefix("docker.io/").unwrap_or(prefix);
        let mut prefix = prefix.strip_prefix("library/").unwrap_or(prefix).to_owned();
        let mut before = ' ';
        prefix.retain(|c| {
            let again = c == HIDDEN && before == HIDDEN;
            before = c;
            !again
        });
        Some(Called { prefix, last: last.to_owned() })
    }

    fn is_hidden(&self) -> bool {
        self.prefix.contains(HIDDEN)
    }
}

impl<'p> Origins<'p> {
    pub(super) fn of(project: &'p Project) -> Self {
        let of_stages =
            project.files.iter().filter_map(|facts| Some((facts.stages.first()?.whole.file, facts)));
        let mut origins = Origins {
            dockerfiles: of_stages.map(|(file, facts)| (file, Dockerfile::of(facts))).collect(),
            claims: HashMap::new(),
            renamed: HashMap::new(),
            named: Named::default(),
            layout: &project.layout,
        };
        if origins.dockerfiles.is_empty() {
            return origins;
        }
        for facts in &project.files {
            let folder = project.layout.place(facts.folder).unwrap_or_default();
            for (image, build) in builds_of(facts) {
                let Some((image, called)) = image.and_then(|image| Some((image, Called::of(image)?))) else {
                    continue;
                };
                let of_name = origins.claims.entry(called.last.clone()).or_default();
                if of_name.len() < MOST_CLAIMS {
                    let local = project.layout.is_for_tests(facts.folder);
                    of_name.push(Claim { called, image, build, folder, local });
                }
            }
        }
        for (from, to) in project.files.iter().flat_map(|facts| &facts.renamed_images) {
            let names = origins.renamed.entry(from.as_str()).or_default();
            if names.len() < MOST_NAMES && !names.contains(&to.as_str()) {
                names.push(to);
            }
        }
        origins.named = origins.by_name(project);
        origins
    }

    /// What is known by name alone.
    fn by_name(&self, project: &'p Project) -> Named<'p> {
        let used = project.files.iter().flat_map(|facts| self.used(project, facts));
        let used: HashSet<Called> = used.map(|used| used.called).collect();
        let claims = || self.claims.values().flatten().filter(|claim| !claim.local);
        let built = claims().filter(|claim| claim.build.file.is_some() && !claim.called.prefix.is_empty());
        let own = built.map(|claim| claim.called.prefix.clone()).collect();
        let said = claims().map(|claim| {
            let place = claim.build.file.map(|file| Place { file, build: Some(claim.build) });
            (claim.called.last.to_ascii_lowercase(), place)
        });
        Named::of(project, &used, said, own)
    }

    /// The images that a file runs, and of which nothing says how they are built.
    fn used(&self, project: &'p Project, facts: &'p Facts) -> impl Iterator<Item = Used<'p>> {
        let folder = project.layout.place(facts.folder).unwrap_or_default();
        let containers = facts.containers.iter().filter_map(|container| container.image.as_ref());
        let services = facts.compose.iter().flat_map(|compose| &compose.services);
        let images = containers.chain(services.filter_map(|service| service.image.as_ref()));
        let used = images.filter_map(Called::of).map(move |called| Used { called, folder });
        used.filter(|used| self.claims_of(used).next().is_none())
    }

    /// The Dockerfile that this builds from, if it is among the files.
    pub fn dockerfile(&self, build: &Build) -> Option<&Dockerfile<'p>> {
        self.dockerfiles.get(&build.file?)
    }

    /// Where the image of a service in a file of this folder comes from.
    pub fn of_service(&self, folder: FolderId, service: &Service) -> Option<Origin<'_, 'p>> {
        match &service.build {
            Some(build) => self.of_build(build, Evidence::Own),
            None => self.of_image(folder, service.image.as_ref()?),
        }
    }

    fn of_build(&self, build: &Build, evidence: Evidence) -> Option<Origin<'_, 'p>> {
        Some(Origin { built: self.dockerfile(build)?.built(&build.target)?, evidence })
    }

    /// Where an image comes from that is run by a file of this folder.
    pub fn of_image(&self, folder: FolderId, image: &Image) -> Option<Origin<'_, 'p>> {
        if self.dockerfiles.is_empty() {
            return None;
        }
        let called = Called::of(image)?;
        let tag = image.tag.as_ref().map(|tag| tag.text.as_str());
        let names = image.name().and_then(|name| self.renamed.get(name.as_str()));
        let others = names.into_iter().flatten().filter_map(|name| Called::read(name));
        let folder = self.layout.place(folder).unwrap_or_default();
        let mut all = std::iter::once(called).chain(others).map(|called| Used { called, folder });
        all.find_map(|used| self.find(&used, tag))
    }

    /// What may be said of this image.
    fn claims_of<'o>(&'o self, used: &'o Used<'_>) -> impl Iterator<Item = &'o Claim<'p>> {
        let of_name = self.claims.get(&used.called.last).into_iter().flatten();
        of_name.filter(|claim| {
            let one = claim.called == used.called || claim.called.is_hidden() || used.called.is_hidden();
            one && (!claim.local || is_within(used.folder, claim.folder))
        })
    }

    fn find(&self, used: &Used<'_>, tag: Option<&str>) -> Option<Origin<'_, 'p>> {
        let mut claims: Vec<&Claim<'p>> = self.claims_of(used).collect();
        if claims.is_empty() {
            let place = self.named.find(&used.called)?;
            let target = place.build.map_or(&Setting::Unset, |build| &build.target);
            let built = self.dockerfiles.get(&place.file)?.built(target)?;
            return Some(Origin { built, evidence: Evidence::Name });
        }
        // The more is equal, and the nearer, the better.
        narrow(&mut claims, |claim| claim.called == used.called);
        narrow(&mut claims, |claim| claim.image.tag.as_ref().map(|tag| tag.text.as_str()) == tag);
        narrow(&mut claims, |claim| is_within(used.folder, claim.folder));
        let (first, rest) = claims.split_first()?;
        let same = |claim: &&Claim<'_>| {
            claim.build.file == first.build.file && claim.build.target.get() == first.build.target.get()
        };
        rest.iter().all(same).then(|| self.of_build(first.build, Evidence::Said(first.image.span))).flatten()
    }
}

/// Keeps what is as wanted, unless nothing is.
fn narrow<'c, 'p>(claims: &mut Vec<&'c Claim<'p>>, wanted: impl Fn(&Claim<'p>) -> bool) {
    if claims.iter().any(|claim| wanted(claim)) {
        claims.retain(|claim| wanted(claim));
    }
}

/// Everything that is built, with what it is called where that is said.
pub fn builds(project: &Project) -> impl Iterator<Item = (Option<&Image>, &Build)> {
    project.files.iter().flat_map(builds_of)
}

fn builds_of(facts: &Facts) -> impl Iterator<Item = (Option<&Image>, &Build)> {
    let services = facts.compose.iter().flat_map(|compose| &compose.services);
    let built = services.filter_map(|service| Some((service.built_image.as_ref(), service.build.as_ref()?)));
    built.chain(facts.artifacts.iter().map(|artifact| (Some(&artifact.image), &artifact.build)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_before_their_version() {
        let read = |reference| Called::read(reference).map(|called| (called.prefix, called.last));
        let cut = |prefix: &str, last: &str| Some((prefix.to_owned(), last.to_owned()));
        assert_eq!(read("web"), cut("", "web"));
        assert_eq!(read("docker.io/library/web:1.4"), cut("", "web"));
        assert_eq!(read("localhost:5000/acme/web:1.4@sha256:00"), cut("localhost:5000/acme/", "web"));
        assert_eq!(read("\u{1}\u{1}/web:\u{1}\u{1}"), cut("\u{1}/", "web"));
        assert_eq!(read("acme/\u{1}\u{1}web"), None);
        assert_eq!(read("acme/"), None);
    }
}
