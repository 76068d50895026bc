//! What services wait for: circles, and health that nobody checks.

use std::collections::{HashMap, HashSet};

use super::builds::Dockerfiles;
use super::official::is_official;
use crate::checks::File;
use crate::model::Project;
use crate::model::compose::{Health, Service};
use crate::rule::Match;
use crate::text::Span;

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
pub(super) fn unhealthy(project: &Project, out: &mut Vec<Match>) {
    let dockerfiles = Dockerfiles::of(project);
    for compose in project.files.iter().filter_map(|facts| facts.compose.as_ref()) {
        let index = by_name(&compose.services);
        for dependency in compose.services.iter().flat_map(|service| &service.dependencies) {
            let Some(healthy) = dependency.healthy else { continue };
            let Some(&target) = index.get(dependency.name.text.as_str()) else { continue };
            let target = &compose.services[target];
            if let Some((message, place, label)) = unchecked(target, &dockerfiles) {
                out.push(Match::new(healthy, message).related(place, label));
            }
        }
    }
}

/// Why a service never is healthy, and where that shows.
fn unchecked(service: &Service, dockerfiles: &Dockerfiles<'_>) -> Option<(String, Span, &'static str)> {
    let (name, near) = (&service.name.text, service.name.span);
    match service.health {
        Health::Off => {
            return Some((
                format!("`{name}` switches its health check off, so that it never is healthy"),
                near,
                "the service",
            ));
        }
        Health::Checked => return None,
        Health::Unsaid if service.fragment || service.open => return None,
        Health::Unsaid => {}
    }
    let message =
        format!("`{name}` has no health check, so that it never is healthy; give it a `healthcheck`");
    match (&service.build, &service.image) {
        (Some(build), _) => {
            let place = dockerfiles.built(build)?.without_health(build)?;
            Some((message, place, "nor has its image"))
        }
        (None, Some(image)) => is_official(image).then_some((message, near, "the service")),
        (None, None) => None,
    }
}
