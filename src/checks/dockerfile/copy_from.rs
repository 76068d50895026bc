//! `COPY --from` a stage that is not there, or is the one that copies.

use std::collections::HashMap;

use super::super::File;
use super::of_kind;
use crate::model::image::HIDDEN;
use crate::model::instruction::Flag;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::text::Span;

/// Where a `--from` leads.
enum From {
    /// To an earlier stage, an image, or nobody knows.
    Fine,
    /// To the stage that it stands in.
    Own(Option<Span>),
    /// To a stage that comes later.
    Later(Span),
    /// To the number of no earlier stage.
    NoNumber,
    /// To an image without tag and folder, which is more likely a slip.
    Word,
}

pub(super) fn own(file: &File<'_>, out: &mut Vec<Match>) {
    each(file, |flag, from| {
        if let From::Own(name) = from {
            let message =
                format!("this copies from the stage that it is in, `{}`; name an earlier one", flag.value);
            let found = Match::new(flag.span, message);
            out.push(match name {
                Some(name) => found.related(name, "the stage"),
                None => found,
            });
        }
    });
}

pub(super) fn unknown(file: &File<'_>, out: &mut Vec<Match>) {
    each(file, |flag, from| {
        let name = &flag.value;
        let found = match from {
            From::Fine | From::Own(_) => return,
            From::Later(stage) => {
                let message =
                    format!("the stage `{name}` comes later, so this pulls an image `{name}`; move it up");
                Match::new(flag.span, message).related(stage, "the stage")
            }
            From::NoNumber => {
                Match::new(flag.span, format!("no earlier stage has the number {name}; name one"))
            }
            From::Word => {
                let message = format!(
                    "no stage is called `{name}`, so this pulls an image; name a stage, or the image's version"
                );
                Match::new(flag.span, message)
            }
        };
        out.push(found);
    });
}

fn each(file: &File<'_>, mut report: impl FnMut(&Flag, From)) {
    let mut earlier: HashMap<String, usize> = HashMap::new();
    let mut later: HashMap<String, (usize, Span)> = HashMap::new();
    for stage in file.facts.stages.iter().rev() {
        if let (Some(name), Some(span)) = (stage.name.get(), stage.name.span()) {
            later.insert(name.to_lowercase(), (stage.index, span));
        }
    }
    let mut seen = 0;
    for instruction in of_kind(file, Kind::Copy).filter(|instruction| !instruction.onbuild) {
        let Some(flag) = instruction.flags.get("from").filter(|flag| !flag.value.is_empty()) else {
            continue;
        };
        let here = instruction.stage.unwrap_or(0);
        while seen < here {
            let name = file.facts.stages.get(seen).and_then(|stage| stage.name.get());
            earlier.extend(name.map(|name| (name.to_lowercase(), seen)));
            seen += 1;
        }
        let key = flag.value.to_lowercase();
        let from = match (flag.value.parse::<usize>(), later.get(&key)) {
            _ if flag.value.contains([HIDDEN, '$', '{']) || earlier.contains_key(&key) => From::Fine,
            (Ok(number), _) if number == here && instruction.stage.is_some() => From::Own(None),
            (Ok(number), _) if number >= here => From::NoNumber,
            (Ok(_), _) => From::Fine,
            (_, Some((stage, span))) if *stage == here => From::Own(Some(*span)),
            (_, Some((_, span))) => From::Later(*span),
            _ if flag.value.contains([':', '/', '@']) || flag.value == "scratch" => From::Fine,
            _ => From::Word,
        };
        report(flag, from);
    }
}
