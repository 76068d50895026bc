//! Images of a project that build upon one image of their own registry.

use std::collections::BTreeMap;

use super::{publishers, show};
use crate::model::image::Image;
use crate::model::stage::Base;
use crate::model::{Facts, Project, official};
use crate::rule::Match;
use crate::text::Span;

/// As many Dockerfiles make a layer that all are built on.
const FEW: usize = 3;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let mut users: BTreeMap<String, Vec<(u32, Span)>> = BTreeMap::new();
    for facts in &project.files {
        for image in bases(facts) {
            if let Some(name) = own(image) {
                users.entry(name).or_default().push((facts.folder.0, image.span));
            }
        }
    }
    for (name, mut places) in users {
        places.sort_unstable();
        places.dedup_by_key(|(folder, _)| *folder);
        if places.len() < FEW {
            continue;
        }
        let message = format!(
            "{} images build upon `{name}`, so that a change of it is a release of all of them; keep what services share in libraries that each takes up when it is ready",
            places.len()
        );
        let others = places[1..].iter().map(|(_, span)| (*span, "builds upon it too".to_owned()));
        out.push(show::with(Match::new(places[0].1, message), others));
    }
}

/// The images that the last stages of a Dockerfile build upon.
fn bases(facts: &Facts) -> impl Iterator<Item = &Image> {
    let stages = facts.stages.iter().filter(|stage| stage.ships && stage.base == Base::Image);
    stages.filter_map(|stage| facts.images.iter().find(|image| stage.whole.contains(image.span)))
}

/// The name of an image in a registry of one's own, if it is no copy of a public one.
fn own(image: &Image) -> Option<String> {
    let registry = &image.registry.as_ref().filter(|registry| !registry.text.is_empty())?.text;
    let repository = &image.repository.text;
    let copied = repository.split('/').any(|part| official::named(part).is_some());
    let own = publishers::is_private(registry) && !copied && !repository.is_empty();
    own.then(|| format!("{registry}/{repository}"))
}
