//! What is built, against the Dockerfile that it is built from.

use crate::model::compose::Build;
use crate::model::origins::{self, Dockerfile};
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::rule::nearest::nearest;

/// Stages that are looked at for names.
const MOST_STAGES: usize = 64;

/// Everything that is built from a Dockerfile among the files.
fn each(wired: &Wired<'_>, visit: &mut dyn FnMut(&Build, &Dockerfile<'_>)) {
    for (_, build) in origins::builds(wired.project) {
        if let Some(file) = wired.origins().dockerfile(build) {
            visit(build, file);
        }
    }
}

/// A stage to build that the Dockerfile does not have.
pub(super) fn target(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |build, file| {
        let (Some(name), Some(span)) = (build.target.get(), build.target.span()) else { return };
        let vague = file.stages().iter().take(MOST_STAGES).any(|stage| stage.name.is_unknown());
        if name.is_empty() || vague || file.stage(name).is_some() {
            return;
        }
        let names =
            file.stages().iter().take(MOST_STAGES).filter_map(|stage| stage.name.get()).map(String::as_str);
        let near = nearest(name, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!("the Dockerfile has no stage `{name}`{near}");
        let last = file.stages().last().map(|stage| stage.anchor);
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
pub(super) fn argument(wired: &Wired<'_>, out: &mut Vec<Match>) {
    each(wired, &mut |build, file| {
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
            let first = file.stages().first().map(|stage| stage.anchor);
            out.push(first.map_or(found.clone(), |first| found.related(first, "the Dockerfile")));
        }
    });
}
