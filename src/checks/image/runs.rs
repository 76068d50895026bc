//! What runs an image: containers of pods and services of Compose files, with the Dockerfile where it is among the files.

use crate::model::Setting;
use crate::model::compose::Service;
use crate::model::image::Image;
use crate::model::official::official;
use crate::model::origins::{Evidence, Origin};
use crate::model::security::Security;
use crate::model::wired::Wired;
use crate::model::workload::{Container, Word};
use crate::rule::Match;
use crate::text::Span;

/// A container or a service, by what it asks of its image.
pub(super) struct Runs<'o, 'p> {
    pub(super) of: Of<'p>,
    pub(super) image: Option<&'p Image>,
    /// Where the image comes from, if that is known.
    pub(super) origin: Option<Origin<'o, 'p>>,
    /// What takes the place of `ENTRYPOINT` and `CMD`.
    pub(super) program: &'p Setting<Vec<Word>>,
    /// What takes the place of `CMD`.
    pub(super) arguments: &'p Setting<Vec<Word>>,
    pub(super) security: &'p Security,
    /// Whether what is not written here stands nowhere else.
    pub(super) settled: bool,
}

/// Which of the two it is.
#[derive(Clone, Copy)]
pub(super) enum Of<'p> {
    Container(&'p Container),
    Service(&'p Service),
}

impl Runs<'_, '_> {
    /// The official image that it runs, or that its image is built upon.
    pub(super) fn official(&self) -> Option<&'static str> {
        match &self.origin {
            Some(origin) => origin.built.official(),
            None => self.image.and_then(official),
        }
    }

    /// Where something is mounted; `None` where that is not known for all.
    pub(super) fn mounts(&self) -> Option<Vec<String>> {
        let paths: Option<Vec<String>> = match self.of {
            Of::Container(container) if container.mounts.open => None,
            Of::Container(container) => container.mounts.items.iter().cloned().collect(),
            Of::Service(service) if service.tmpfs.is_unknown() => None,
            Of::Service(service) => {
                let folders = service.tmpfs.get().into_iter().flatten().map(|word| Some(word.text.clone()));
                folders.chain(service.mounts.iter().map(|mount| mount.target.get().cloned())).collect()
            }
        };
        // Options follow a colon.
        let plain = |path: String| plain(path.split(':').next().unwrap_or_default()).to_owned();
        paths.map(|paths| paths.into_iter().map(plain).collect())
    }

    /// Adds the other end, in the Dockerfile, and how it is known.
    pub(super) fn labelled(&self, found: Match, place: Span, label: &str) -> Match {
        match self.origin.as_ref().map(|origin| origin.evidence) {
            Some(Evidence::Said(span)) => {
                found.related(place, label).related(span, "builds the image from it")
            }
            Some(Evidence::Name) => {
                found.related(place, format!("{label}; the image is called as its Dockerfile"))
            }
            Some(Evidence::Own) | None => found.related(place, label),
        }
    }
}

/// Everything that runs an image, apart from what other text completes.
pub(super) fn each<'p>(wired: &Wired<'p>, visit: &mut dyn FnMut(&Runs<'_, 'p>)) {
    let origins = wired.origins();
    for facts in &wired.project.files {
        for container in facts.containers.iter().filter(|container| !container.fragment) {
            let Some(workload) = facts.workloads.get(container.workload) else { continue };
            let resource = facts.resource_of(workload);
            if resource.fragment || !resource.runs_pods_as_written() {
                continue;
            }
            visit(&Runs {
                of: Of::Container(container),
                image: container.image.as_ref(),
                origin: container.image.as_ref().and_then(|image| origins.of_image(facts.folder, image)),
                program: &container.command,
                arguments: &container.args,
                security: &container.security,
                settled: !resource.patched,
            });
        }
        let services = facts.compose.iter().flat_map(|compose| &compose.services);
        for service in services.filter(|service| !service.fragment) {
            visit(&Runs {
                of: Of::Service(service),
                image: service.image.as_ref(),
                origin: origins.of_service(facts.folder, service),
                program: &service.entrypoint,
                arguments: &service.command,
                security: &service.security,
                settled: !service.open,
            });
        }
    }
}

/// `/var/run` is a link to `/run`.
fn plain(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    if path == "/var/run" || path.starts_with("/var/run/") { &path["/var".len()..] } else { path }
}
