//! Names in a service that nothing defines.

use std::collections::{HashMap, HashSet};

use crate::model::Project;
use crate::model::compose::{Compose, Target};
use crate::model::facts::FolderId;
use crate::rule::Match;
use crate::rule::nearest::nearest;

/// So many names of a file are compared with those that there are.
const MOST_SUGGESTIONS: usize = 50;

pub(super) fn network(project: &Project, out: &mut Vec<Match>) {
    check(project, Target::Network, out);
}

pub(super) fn volume(project: &Project, out: &mut Vec<Match>) {
    check(project, Target::Volume, out);
}

pub(super) fn secret(project: &Project, out: &mut Vec<Match>) {
    check(project, Target::Secret, out);
}

pub(super) fn config(project: &Project, out: &mut Vec<Match>) {
    check(project, Target::Config, out);
}

pub(super) fn service(project: &Project, out: &mut Vec<Match>) {
    check(project, Target::Service, out);
}

/// Files of one folder are often merged, so that a name may stand in any of them. Others may be merged too: a name that
/// is defined in another folder is only missed by a file that defines the rest of what it names, and one that is defined
/// nowhere by a file that shows that it is no part of others.
fn check(project: &Project, target: Target, out: &mut Vec<Match>) {
    let files = || project.files.iter().filter_map(|facts| Some((facts.folder, facts.compose.as_ref()?)));
    let mut known: HashMap<FolderId, HashSet<&str>> = HashMap::new();
    let mut services: HashMap<FolderId, HashSet<&str>> = HashMap::new();
    let mut anywhere: HashSet<&str> = HashSet::new();
    for (folder, compose) in files() {
        known.entry(folder).or_default().extend(names(compose, target));
        services.entry(folder).or_default().extend(names(compose, Target::Service));
        anywhere.extend(names(compose, target));
    }
    let nothing = HashSet::new();
    for (folder, compose) in
        files().filter(|(_, compose)| !compose.open && !compose.fragment && !compose.part)
    {
        let known = known.get(&folder).unwrap_or(&nothing);
        let named = || {
            let references = compose.services.iter().flat_map(|service| &service.references);
            references.filter(|(of, _)| *of == target).map(|(_, name)| name)
        };
        // What another file takes in may define it.
        let included = if compose.included.is_empty() { &nothing } else { &anywhere };
        let stands_alone = named().any(|name| known.contains(name.text.as_str()));
        let missed = named()
            .filter(|name| !known.contains(name.text.as_str()) && !included.contains(name.text.as_str()));
        let whole = stands_alone || is_whole(compose, services.get(&folder).unwrap_or(&nothing));
        for (number, name) in missed.enumerate() {
            let text = name.text.as_str();
            let near = (number < MOST_SUGGESTIONS).then(|| nearest(text, names(compose, target))).flatten();
            if stands_alone || !anywhere.contains(text) && (whole || near.is_some()) {
                out.push(Match::new(name.span, message(target, text, near)));
            }
        }
    }
}

/// Whether a file shows that it is one by itself and no part of others: it defines something beside services, or its
/// services name each other.
fn is_whole(compose: &Compose, services: &HashSet<&str>) -> bool {
    let references = compose.services.iter().flat_map(|service| &service.references);
    let mut named = references.filter(|(target, _)| *target == Target::Service);
    compose.definitions.iter().any(|(target, _)| *target != Target::Service)
        || named.any(|(_, name)| services.contains(name.text.as_str()))
}

fn names(compose: &Compose, target: Target) -> impl Iterator<Item = &str> {
    compose.definitions.iter().filter(move |(of, _)| *of == target).map(|(_, name)| name.text.as_str())
}

fn message(target: Target, name: &str, near: Option<&str>) -> String {
    let key = target.key();
    let what = key.trim_end_matches('s');
    match near {
        Some(near) => format!("there is no {what} `{name}`; did you mean `{near}`?"),
        None if target == Target::Service => format!("there is no service `{name}` in this file"),
        None => format!("there is no {what} `{name}`; define it under `{key}` at the top of the file"),
    }
}
