//! Images that are called as the folder of a Dockerfile is: which of them surely are what it builds.
//!
//! A name alone says little: `bitnami/redis` does not come from the `redis/` of this repository. So an image counts where
//! others with the same words in front are called as Dockerfiles are, too, or where nobody else can have made it.

use std::collections::{HashMap, HashSet};

use super::Called;
use crate::model::compose::Build;
use crate::model::image::HIDDEN;
use crate::model::official::named;
use crate::model::{Facts, Project};
use crate::text::FileId;

/// Names of folders that say where a Dockerfile stands and not what it builds.
const GENERIC: &[&str] = &[
    ".docker",
    "build",
    "container",
    "containers",
    "deploy",
    "deployment",
    "docker",
    "dockerfile",
    "dockerfiles",
    "image",
    "images",
    "package",
    "rootfs",
    "src",
];

/// Words in front of a name that are tried.
const MOST_WORDS: usize = 16;

/// So many images have to be called as Dockerfiles are for the words in front of them to count, where these end in a `/`
/// and where they end in the middle of a name.
const ENOUGH: (usize, usize) = (2, 3);

/// Names that samples and tests give to images of no meaning.
const NAMELESS: &[&str] =
    &["app", "application", "demo", "example", "foo", "my-app", "myapp", "sample", "test", "tests"];

/// What is built under a name.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) file: FileId,
    /// What says so; nothing but the name does where there is none.
    pub(super) build: Option<&'p Build>,
}

impl Place<'_> {
    fn target(&self) -> Option<&String> {
        self.build.and_then(|build| build.target.get())
    }
}

/// Dockerfiles by what they build, going by names.
#[derive(Default)]
pub(super) struct Named<'p> {
    /// `None` where several are called so.
    places: HashMap<String, Option<Place<'p>>>,
    /// What stands in front of the images that are built here.
    prefixes: HashSet<String>,
}

impl<'p> Named<'p> {
    /// `used` are the images that are run; `said` are the names of those that are surely built here, which registries may
    /// have under other words, and `own` is what is in front of them.
    pub(super) fn of(
        project: &Project,
        used: &HashSet<Called>,
        said: impl Iterator<Item = (String, Option<Place<'p>>)>,
        own: HashSet<String>,
    ) -> Named<'p> {
        let mut named = Named { places: HashMap::new(), prefixes: own };
        for (name, place) in said {
            named.add(name, place);
        }
        let known: HashSet<String> = named.places.keys().cloned().collect();
        for facts in project.files.iter().filter(|facts| !project.layout.is_for_tests(facts.folder)) {
            let place = facts.stages.first().map(|first| Place { file: first.whole.file, build: None });
            let name = place.and_then(|_| name(project, facts)).filter(|name| !known.contains(name));
            if let Some(name) = name.filter(|name| !NAMELESS.contains(&name.as_str())) {
                named.add(name, place);
            }
        }
        if named.places.is_empty() {
            return named;
        }
        let (mut all, mut fitting) = (HashMap::<String, usize>::new(), HashMap::<String, usize>::new());
        for image in used.iter().filter(|image| !image.is_official()) {
            for (prefix, _) in cuts(image) {
                *all.entry(prefix).or_default() += 1;
            }
            if let Some((prefix, _)) = named.longest(image) {
                *fitting.entry(prefix).or_default() += 1;
            }
        }
        let enough = |prefix: &str| if prefix.ends_with('/') { ENOUGH.0 } else { ENOUGH.1 };
        named.prefixes.extend(fitting.into_iter().filter_map(|(prefix, count)| {
            let most = count * 2 >= all.get(&prefix).copied().unwrap_or_default();
            (most && count >= enough(&prefix)).then_some(prefix)
        }));
        named
    }

    fn add(&mut self, name: String, place: Option<Place<'p>>) {
        let same =
            |one: &Place<'p>| place.is_some_and(|two| one.file == two.file && one.target() == two.target());
        self.places.entry(name).and_modify(|found| *found = found.filter(same)).or_insert(place);
    }

    /// The longest end of an image's name that is built here, with what is in front of it.
    fn longest(&self, image: &Called) -> Option<(String, Place<'p>)> {
        cuts(image).find_map(|(prefix, rest)| Some((prefix, self.places.get(&rest).copied()??)))
    }

    /// What the image is called after.
    pub(super) fn find(&self, image: &Called) -> Option<Place<'p>> {
        if image.is_official() {
            return None;
        }
        let (prefix, place) = self.longest(image)?;
        // Docker Hub gives names without a slash to official images alone.
        (prefix.is_empty() || self.prefixes.contains(&prefix)).then_some(place)
    }
}

impl Called {
    /// Whether it is, or may well be, an official image of Docker Hub; a registry that is not known may mirror those.
    fn is_official(&self) -> bool {
        let anywhere = self.prefix.chars().all(|c| matches!(c, HIDDEN | '/'));
        anywhere && named(&self.last).is_some()
    }
}

/// The ways to cut a name into what is in front and the rest, the longest rest first.
fn cuts(image: &Called) -> impl Iterator<Item = (String, String)> + use<'_> {
    let last = &image.last;
    let words = last.match_indices(['-', '_']).map(|(at, _)| at + 1);
    std::iter::once(0).chain(words).take(MOST_WORDS).map(move |at| {
        let (front, rest) = last.split_at(at);
        (format!("{}{front}", image.prefix), rest.to_ascii_lowercase())
    })
}

/// What the place of a Dockerfile calls it: `web` of `web.Dockerfile` and of `web/Dockerfile`. The folder that all others
/// are in may be called anything.
fn name(project: &Project, facts: &Facts) -> Option<String> {
    if let Some(name) = &facts.called {
        return Some(name.to_ascii_lowercase());
    }
    let mut folders = project
        .layout
        .inside(facts.folder)?
        .rsplit('/')
        .filter(|name| !name.is_empty())
        .map(str::to_ascii_lowercase);
    folders.find(|name| !GENERIC.contains(&name.as_str()))
}
