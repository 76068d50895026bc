//! What services wait for: circles, and health that nobody checks.

use std::collections::{HashMap, HashSet};

use crate::checks::File;
use crate::model::compose::{Health, Service};
use crate::model::facts::FolderId;
use crate::model::official::{has_no_health, official};
use crate::model::origins::{Evidence, Origins};
use crate::model::wired::Wired;
use crate::rule::Match;

/// Services that wait for each other in a circle.
pub(super) fn cycle(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(compose) = &file.facts.compose else { return };
    let index = by_name(&compose.services);
    let count = compose.services.len();
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; count];
    // What services extend in common is told once.
    let mut told = HashSet::new();
    for start in 0..count {
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.last_mut() {
            let (at, number) = (*at, *next);
            *next += 1;
            let Some(dependency) = compose.services[at].dependencies.get(number) else {
                state[at] = 2;
                way.pop();
                continue;
            };
            let Some(&to) = index.get(dependency.name.text.as_str()) else { continue };
            if state[to] == 1 && told.insert(dependency.name.span) {
                let from = way.iter().position(|(on, _)| *on == to).unwrap_or_default();
                let names: Vec<&str> =
                    way[from..].iter().map(|(on, _)| compose.services[*on].name.text.as_str()).collect();
                let circle = if names.len() > 5 { "others".to_owned() } else { names.join("` → `") };
                let message = format!("`{circle}` → `{}` is a circle; Compose starts none of them", names[0]);
                out.push(
                    Match::new(dependency.name.span, message)
                        .related(compose.services[to].name.span, "which waits for this"),
                );
            } else if state[to] == 0 {
                state[to] = 1;
                way.push((to, 0));
            }
        }
    }
}

fn by_name(services: &[Service]) -> HashMap<&str, usize> {
    services.iter().enumerate().map(|(at, service)| (service.name.text.as_str(), at)).collect()
}

/// `service_healthy` of a service that has no health check.
pub(super) fn unhealthy(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let files = wired.project.files.iter();
    for (facts, compose) in files.filter_map(|facts| Some((facts, facts.compose.as_ref()?))) {
        let index = by_name(&compose.services);
        for dependency in compose.services.iter().flat_map(|service| &service.dependencies) {
            let Some(healthy) = dependency.healthy else { continue };
            let Some(&target) = index.get(dependency.name.text.as_str()) else { continue };
            let target = &compose.services[target];
            out.extend(unchecked((facts.folder, target), wired.origins(), |message| {
                Match::new(healthy, message)
            }));
        }
    }
}

/// Why a service never is healthy, and where that shows.
fn unchecked(
    (folder, service): (FolderId, &Service),
    origins: &Origins<'_>,
    found: impl Fn(String) -> Match,
) -> Option<Match> {
    let (name, near) = (&service.name.text, service.name.span);
    match service.health {
        Health::Off => {
            let message = format!("`{name}` switches its health check off, so that it never is healthy");
            return Some(found(message).related(near, "the service"));
        }
        Health::Checked => return None,
        Health::Unsaid if service.fragment || service.open => return None,
        Health::Unsaid => {}
    }
    let message =
        format!("`{name}` has no health check, so that it never is healthy; give it a `healthcheck`");
    if let Some(origin) = origins.of_service(folder, service) {
        let place = origin.built.without_health()?;
        let found = found(message).related(place, "nor has its image");
        return Some(match origin.evidence {
            Evidence::Said(span) => found.related(span, "which is built here"),
            Evidence::Own | Evidence::Name => found,
        });
    }
    let bare = service.image.as_ref().and_then(official).is_some_and(has_no_health);
    bare.then(|| found(message).related(near, "the service"))
}
