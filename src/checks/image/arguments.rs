//! What a container is told to run, against the `ENTRYPOINT` and `CMD` of its image.

use super::runs::{self, Of, Runs};
use crate::model::Setting;
use crate::model::instruction::{Form, Instruction};
use crate::model::official::has_no_entrypoint;
use crate::model::origins::Origin;
use crate::model::wired::Wired;
use crate::model::workload::{Role, Word};
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

impl Runs<'_, '_> {
    /// The keys that take the place of `ENTRYPOINT` and of `CMD`.
    fn keys(&self) -> (&'static str, &'static str) {
        match self.of {
            Of::Container(_) => ("command", "args"),
            Of::Service(_) => ("entrypoint", "command"),
        }
    }

    /// The arguments, where the image decides what they are given to.
    fn given(&self) -> Option<&[Word]> {
        let alone = self.settled && self.program.is_unset();
        self.arguments.get().map(Vec::as_slice).filter(|words| alone && !words.is_empty())
    }
}

fn first(words: &Setting<Vec<Word>>) -> Option<&Word> {
    words.get()?.first()
}

/// An option that is run as a program: no image has one of such a name.
pub(super) fn as_program(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| {
        let (program, arguments) = runs.keys();
        if let Some(word) = first(runs.program).filter(|word| is_option(word)) {
            let message = format!(
                "`{}` is run as a program; put the program in front, or give the image's own program `{arguments}`",
                word.text
            );
            out.push(Match::new(word.span, message));
        }
        let Some(word) = runs.given().and_then(<[Word]>::first).filter(|word| is_option(word)) else {
            return;
        };
        let message = |why: &str| {
            let what = &word.text;
            format!(
                "`{what}` is run as a program: {why} no `ENTRYPOINT`; name the program, best in `{program}`"
            )
        };
        if let Some(origin) = &runs.origin {
            let place = origin.built.without_entrypoint();
            let found = Match::new(word.span, message("the image has"));
            out.extend(place.map(|place| runs.labelled(found, place, "the image, without an `ENTRYPOINT`")));
        } else if let Some(name) = runs.official().filter(|name| has_no_entrypoint(name)) {
            out.push(Match::new(word.span, message(&format!("`{name}` has"))));
        }
    });
}

fn is_option(word: &Word) -> bool {
    word.text.starts_with('-')
}

/// Arguments for an `ENTRYPOINT` that is text for a shell, which keeps them from the program in it.
pub(super) fn lost(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| {
        let Some(words) = runs.given() else { return };
        let entrypoint = runs.origin.as_ref().and_then(entrypoint).filter(|one| keeps_arguments(one));
        let (Some(entrypoint), Some(word)) = (entrypoint, words.first()) else { return };
        let (program, _) = runs.keys();
        let message = format!(
            "never read: the image's `ENTRYPOINT` is text for a shell, which takes no arguments; write it as a list, or \
             set `{program}`"
        );
        out.push(runs.labelled(Match::new(word.span, message), entrypoint.whole, "the `ENTRYPOINT`"));
    });
}

fn entrypoint<'p>(origin: &Origin<'_, 'p>) -> Option<&'p Instruction> {
    origin.built.last(Kind::Entrypoint)
}

/// Whether a POSIX shell runs it, and the text asks for no argument. Other shells put arguments behind the text.
fn keeps_arguments(entrypoint: &Instruction) -> bool {
    let asks = |text: &str| {
        let after = text
            .match_indices('$')
            .filter_map(|(at, _)| text[at + 1..].trim_start_matches('{').chars().next());
        after.into_iter().any(|c| c.is_ascii_digit() || matches!(c, '@' | '*' | '#'))
    };
    entrypoint.form == Form::Shell
        && entrypoint.script.is_some()
        && !entrypoint.args.iter().any(|word| asks(&word.text))
}

/// Programs that an image starts so that they look after the others.
const INITS: &[&str] = &["catatonit", "dumb-init", "tini"];

/// A command that takes the place of an `ENTRYPOINT` which prepares something or looks after processes.
pub(super) fn replaced(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| {
        if matches!(runs.of, Of::Container(container) if container.role != Role::Main) {
            return;
        }
        let Some(entrypoint) = runs.origin.as_ref().and_then(entrypoint).filter(|one| one.form == Form::Exec)
        else {
            return;
        };
        let Some(name) = entrypoint.args.first().and_then(|word| word.text.rsplit('/').next()) else {
            return;
        };
        let needed = INITS.contains(&name)
            || std::path::Path::new(name).extension().is_some_and(|end| end == "sh")
            || name.contains("entrypoint");
        let (Some(words), Some(word)) = (runs.program.get(), first(runs.program)) else { return };
        if !needed || words.iter().any(|word| word.text.contains(name)) {
            return;
        }
        let (_, arguments) = runs.keys();
        let message = format!(
            "takes the place of the image's `{name}`, which does not run then; give only `{arguments}`, or name it first"
        );
        out.push(runs.labelled(Match::new(word.span, message), entrypoint.whole, "the `ENTRYPOINT`"));
    });
}
