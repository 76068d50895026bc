//! Programs that an image made from nothing cannot have.

use super::runs::{self, Of, Runs};
use crate::model::image::HIDDEN;
use crate::model::layout::{is_within, join};
use crate::model::origins::Built;
use crate::model::setting::is_placeholder;
use crate::model::wired::Wired;
use crate::model::workload::Word;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

/// Where a program without a folder is looked for. Source: the default `PATH` of containerd and of Docker.
const PATH: &[&str] = &["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// Shells and tools that are called by their name, and found there if at all; others may have a `PATH` of their own.
const COMMON: &[&str] = &[
    "ash", "bash", "cat", "curl", "echo", "env", "false", "ls", "nc", "pgrep", "pidof", "ps", "sh", "sleep",
    "test", "touch", "true", "wget",
];

pub(super) fn missing(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| {
        let Some(origin) = runs.origin.as_ref().filter(|_| runs.settled) else { return };
        let words = programs(runs);
        let Some(copied) = (if words.is_empty() { None } else { copied(&origin.built) }) else { return };
        let Some(mounts) = runs.mounts() else { return };
        let may_have = |path: &str| copied.iter().chain(&mounts).any(|folder| is_within(path, folder));
        for word in words {
            let name = &word.text;
            let found = match name.strip_prefix('/') {
                Some(_) => may_have(name),
                None => PATH.iter().any(|folder| may_have(&format!("{folder}/{name}"))),
            };
            if !found {
                let message = format!(
                    "the image has no `{name}`: it is built from `scratch`, and nothing puts it there"
                );
                let found = Match::new(word.span, message);
                out.push(runs.labelled(found, origin.built.anchor(), "the image"));
            }
        }
    });
}

/// What is run in the container: paths from the root, and names that are looked for.
fn programs<'p>(runs: &Runs<'_, 'p>) -> Vec<&'p Word> {
    let bare = runs.origin.as_ref().is_some_and(|origin| origin.built.last(Kind::Entrypoint).is_none());
    let told = match runs.program.get() {
        None if bare && runs.program.is_unset() => runs.arguments.get(),
        program => program,
    };
    let inside = match runs.of {
        Of::Container(container) => container.inside.as_slice(),
        Of::Service(service) => service.inside.as_slice(),
    };
    let known = |word: &&Word| {
        let text = &word.text;
        let path = text.starts_with('/') && !text.contains('$') && !is_placeholder(text);
        path || COMMON.contains(&text.as_str())
    };
    told.and_then(|words| words.first()).into_iter().chain(inside).filter(known).collect()
}

/// The files and folders in an image that is built from nothing; `None` where others may be there.
fn copied(built: &Built<'_, '_>) -> Option<Vec<String>> {
    if !built.is_from_scratch() {
        return None;
    }
    let mut folder = "/".to_owned();
    let mut all = Vec::new();
    for one in built.in_order() {
        if one.args.iter().any(|word| word.text.contains(HIDDEN)) {
            return None;
        }
        match one.kind {
            // An archive is unpacked, and what runs may make anything.
            Kind::Add | Kind::Run => return None,
            Kind::Env if one.args.iter().any(|word| word.text.starts_with("PATH")) => return None,
            Kind::Workdir => folder = join("/", &from(&folder, &one.args.first()?.text))?,
            Kind::Copy => all.push(join("/", &from(&folder, &one.args.last()?.text))?),
            _ => {}
        }
    }
    // Nothing but a slash is the root.
    all.iter_mut().filter(|path| *path == "/").for_each(String::clear);
    Some(all)
}

fn from(folder: &str, path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") }
}
