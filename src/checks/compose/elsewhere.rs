//! Other Compose files that a file takes in or extends: whether they are there, and what they have.

use std::collections::{HashMap, HashSet};

use crate::model::compose::{Compose, Extended, Target};
use crate::model::layout::Found;
use crate::model::workload::Word;
use crate::model::{Facts, Project};
use crate::rule::Match;
use crate::rule::nearest::nearest;
use crate::text::{FileId, Span};

/// Of a file with more services than this, none is suggested.
const MOST_SUGGESTED: usize = 100;

/// Files that are not there.
pub(super) fn file(project: &Project, out: &mut Vec<Match>) {
    for (facts, compose) in files(project) {
        let Some(folder) = project.layout.place(facts.folder) else { continue };
        for path in compose.included.iter().chain(compose.extended.iter().map(|extended| &extended.path)) {
            if is_looked_at(path) && project.layout.look(folder, &path.text) == Found::Nothing {
                let message = format!("there is no `{}`; Compose stops at this", path.text);
                out.push(Match::new(path.span, message));
            }
        }
    }
}

/// Dockerfiles that are not there, of folders that are.
pub(super) fn dockerfile(project: &Project, out: &mut Vec<Match>) {
    for (facts, compose) in files(project) {
        let Some(folder) = project.layout.place(facts.folder) else { continue };
        // What is laid over another file may get its folder from there.
        let services = compose.services.iter().filter(|service| !service.fragment && !service.open);
        for build in services.filter_map(|service| service.build.as_ref()) {
            let Some(path) = &build.path else { continue };
            let around = path.rsplit_once('/').map_or("", |(around, _)| around);
            let name = path.rsplit('/').next().unwrap_or_default();
            let looked_at = is_dockerfile(name) && !path.starts_with(['/', '~']);
            if looked_at
                && project.layout.look(folder, around) == Found::Folder
                && project.layout.look(folder, path) == Found::Nothing
            {
                let shown = path.trim_start_matches("./");
                let message = format!("there is no `{shown}` to build from");
                out.push(Match::new(build.place, message));
            }
        }
    }
}

/// Whether a walk would have come by a file of this name.
fn is_dockerfile(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["dockerfile", "containerfile"].contains(&name.as_str()) || name.starts_with("dockerfile.")
}

/// Whether a walk would have come by this: a file of YAML, and no address.
fn is_looked_at(path: &Word) -> bool {
    let text = &path.text;
    let address = text.contains(':') || text.contains('\\');
    let extension = text.rsplit_once('.').map(|(_, extension)| extension);
    !address && !text.starts_with(['/', '~']) && matches!(extension, Some("yaml" | "yml"))
}

/// Services that the file which is extended does not have.
pub(super) fn service(project: &Project, out: &mut Vec<Match>) {
    if files(project).all(|(_, compose)| compose.extended.is_empty()) {
        return;
    }
    // What a file takes in may be extended as well.
    let whole = files(project).filter(|(_, compose)| !compose.open && compose.included.is_empty());
    let bases: HashMap<FileId, Base<'_>> =
        whole.map(|(_, compose)| (compose.anchor.file, Base::of(compose))).collect();
    for extended in files(project).flat_map(|(_, compose)| &compose.extended) {
        if let Some(base) = extended.file.and_then(|file| bases.get(&file)) {
            out.extend(base.lacks(extended));
        }
    }
}

/// A file that others extend.
struct Base<'p> {
    services: HashSet<&'p str>,
    anchor: Span,
}

impl<'p> Base<'p> {
    fn of(compose: &'p Compose) -> Self {
        let services = compose.definitions.iter().filter(|(target, _)| *target == Target::Service);
        Base { services: services.map(|(_, name)| name.text.as_str()).collect(), anchor: compose.anchor }
    }

    fn lacks(&self, extended: &Extended) -> Option<Match> {
        let Word { text, span } = extended.service.as_ref()?;
        if self.services.contains(text.as_str()) {
            return None;
        }
        let few = (self.services.len() <= MOST_SUGGESTED).then_some(&self.services);
        let mut names: Vec<&str> = few.into_iter().flatten().copied().collect();
        names.sort_unstable();
        let near = nearest(text, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let path = &extended.path.text;
        let found = Match::new(*span, format!("there is no service `{text}` in `{path}`{near}"));
        Some(found.related(self.anchor, "the services there"))
    }
}

fn files(project: &Project) -> impl Iterator<Item = (&Facts, &Compose)> {
    project.files.iter().filter_map(|facts| Some((facts, facts.compose.as_ref()?)))
}
