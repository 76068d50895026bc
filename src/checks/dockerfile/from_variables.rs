//! Variables in FROM: those that nobody declared, and those that leave no valid image.

use std::collections::BTreeSet;

use super::super::File;
use super::near;
use crate::rule::Match;
use crate::syntax::dockerfile::{Binding, Dockerfile, Instruction, Kind, PLATFORM, Scopes, Use, Value, Word};

pub(super) fn undefined(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    let scopes = Scopes::new(dockerfile);
    let declared = globals(dockerfile);
    for (at, word) in bases(dockerfile, true) {
        for used in scopes.expand(at, word).uses {
            let name = name(word, &used);
            if declared.contains(name) || PLATFORM.contains(&name) || !used.missing {
                continue;
            }
            let span = word.text.span(used.name.start, used.name.end);
            let closest = near(name, declared.iter().chain(&PLATFORM).copied());
            let message = match closest {
                Some(other) => {
                    format!("no `ARG` before the first `FROM` declares `{name}`; did you mean `{other}`?")
                }
                None => format!("no `ARG` declares `{name}` before the first `FROM`; add one"),
            };
            out.push(Match::new(span, message));
        }
    }
}

pub(super) fn invalid(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    let scopes = Scopes::new(dockerfile);
    let declared = globals(dockerfile);
    for (at, word) in bases(dockerfile, false) {
        let expanded = scopes.expand(at, word);
        let Value::Known(reference) = &expanded.value else { continue };
        let empty = |name: &str| match scopes.lookup(at, name).binding {
            Binding::Known(text) => text.is_empty(),
            Binding::Unset => true,
            Binding::Unknown => false,
        };
        let argument = expanded.uses.iter().find(|used| {
            let name = name(word, used);
            declared.contains(name) && (used.missing || empty(name))
        });
        let Some(argument) = argument.filter(|_| !is_reference(reference)) else { continue };
        let span = word.text.span(argument.name.start, argument.name.end);
        let name = name(word, argument);
        let message = if reference.is_empty() {
            format!("without `--build-arg {name}=…` no image is named here; give the `ARG` a default")
        } else {
            format!(
                "without `--build-arg {name}=…` this is `{reference}`, which names no image; give the `ARG` a default"
            )
        };
        out.push(Match::new(span, message));
    }
}

/// The names that an ARG before the first FROM declares.
fn globals(dockerfile: &Dockerfile) -> BTreeSet<&str> {
    let before = dockerfile.instructions.iter().take_while(|instruction| instruction.kind != Kind::From);
    let pairs = before.filter(|instruction| instruction.kind == Kind::Arg).flat_map(Instruction::pairs);
    pairs.map(|pair| pair.key.as_str()).collect()
}

/// The image of each FROM, and its platform.
fn bases(dockerfile: &Dockerfile, with_platform: bool) -> Vec<(usize, &Word)> {
    let mut words = Vec::new();
    for stage in &dockerfile.stages {
        let from = &dockerfile.instructions[stage.from];
        let platform = from.flag("platform").filter(|_| with_platform).and_then(|flag| flag.value.as_ref());
        words.extend(platform.map(|word| (stage.from, word)));
        words.extend(from.words().first().map(|word| (stage.from, word)));
    }
    words
}

fn name<'w>(word: &'w Word, used: &Use) -> &'w str {
    word.as_str().get(used.name.clone()).unwrap_or_default()
}

/// Whether the text can name an image: parts of lower-case letters, digits and `.-_/`, a tag, a digest.
fn is_reference(text: &str) -> bool {
    let name = text.split('@').next().unwrap_or_default();
    let slash = name.rfind('/').map_or(0, |at| at + 1);
    let (path, tag) = match name[slash..].split_once(':') {
        Some((last, tag)) => (&name[..slash + last.len()], Some(tag)),
        None => (name, None),
    };
    let part = |part: &str| {
        !part.is_empty()
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    path.split('/').all(part) && tag.is_none_or(|tag| !tag.is_empty() && !tag.starts_with(['.', '-']))
}
