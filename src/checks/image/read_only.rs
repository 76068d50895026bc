//! Images that write to their root when they start, run with one for reading only.

use super::runs::{self, Of, Runs};
use crate::model::layout::is_within;
use crate::model::official::{Writer, writer};
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| out.extend(stopped(runs)));
}

fn stopped(runs: &Runs<'_, '_>) -> Option<Match> {
    let read_only = &runs.security.read_only_root;
    let span = read_only.span().filter(|_| runs.settled && read_only.get() == Some(&true))?;
    let name = runs.official().filter(|_| runs.program.is_unset() && runs.arguments.is_unset())?;
    let writer = writer(name)?;
    let mounts = runs.mounts()?;
    if mounts.iter().any(|path| writer.is_configured_by(path)) || !runs_as_made(runs, writer) {
        return None;
    }
    let covered = |path: &str| mounts.iter().any(|mount| is_within(path, mount) || is_within(mount, path));
    let bare: Vec<&str> = writer.folders.iter().copied().filter(|path| !covered(path)).collect();
    if bare.is_empty() {
        return None;
    }
    let mend = match runs.of {
        Of::Container(_) => "mount an `emptyDir` there",
        Of::Service(_) => "add them to `tmpfs`",
    };
    let message = format!("`{name}` writes to `{}` and does not start without; {mend}", bare.join("` and `"));
    let found = Match::new(span, message);
    Some(match &runs.origin {
        Some(origin) => runs.labelled(found, origin.built.anchor(), "the image"),
        None => found.related(runs.image?.span, "the image"),
    })
}

/// Whether what is built upon the official image leaves its program and the settings of it as they are.
fn runs_as_made(runs: &Runs<'_, '_>, writer: &Writer) -> bool {
    let Some(origin) = &runs.origin else { return true };
    let built = &origin.built;
    let starts = |kind: Kind| {
        let words = built.last(kind).map(|one| one.args.iter().any(|word| word.text.contains(writer.image)));
        words.unwrap_or(true)
    };
    let words = built.instructions().flat_map(|one| &one.args);
    starts(Kind::Entrypoint)
        && starts(Kind::Cmd)
        && !words.into_iter().any(|word| writer.is_configured_by(&word.text))
}
