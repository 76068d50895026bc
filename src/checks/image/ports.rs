//! Ports that the image does not expose, though it exposes others.

use super::runs::{self, Of, Runs};
use crate::model::image::HIDDEN;
use crate::model::instruction::Instruction;
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::text::Span;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| {
        let ports = asked(runs);
        let Some(exposed) = (if ports.is_empty() { None } else { Exposed::of(runs) }) else { return };
        for (port, span) in ports.into_iter().filter(|(port, _)| !exposed.numbers.contains(port)) {
            let message = format!("the image exposes {}, not {port}", exposed.listed());
            out.push(runs.labelled(Match::new(span, message), exposed.first.whole, "exposed here"));
        }
    });
}

/// Ports of debuggers, which people publish while they develop: Delve, Java, Python, Node.js.
const DEBUGGERS: [i64; 4] = [2345, 5005, 5678, 9229];

/// The ports of the container that are named.
fn asked(runs: &Runs<'_, '_>) -> Vec<(i64, Span)> {
    match runs.of {
        Of::Container(container) => {
            let ports = container.ports.items.iter();
            ports.filter_map(|port| port.number.get().copied().zip(port.number.span())).collect()
        }
        Of::Service(service) => {
            let ports = service.ports.iter().map(|port| &port.target);
            let single = ports.filter(|target| target.get().is_some_and(|ports| ports.from == ports.to));
            let single = single.filter_map(|target| target.get().map(|ports| ports.from).zip(target.span()));
            single.filter(|(port, _)| !DEBUGGERS.contains(port)).collect()
        }
    }
}

/// Ports that a message can hold.
const MOST_WORDS: usize = 5;

/// What an image exposes.
struct Exposed<'p> {
    first: &'p Instruction,
    words: Vec<&'p str>,
    numbers: Vec<i64>,
}

impl<'p> Exposed<'p> {
    /// `None` where it exposes nothing, or something that is not known.
    fn of(runs: &Runs<'_, 'p>) -> Option<Exposed<'p>> {
        let all = runs.origin.as_ref()?.built.all(Kind::Expose);
        let words: Vec<&str> = all.iter().flat_map(|one| &one.args).map(|word| word.text.as_str()).collect();
        if words.iter().any(|word| word.contains(HIDDEN) || word.contains(['$', '-'])) {
            return None;
        }
        let numbers = words.iter().filter_map(|word| word.split('/').next()?.parse().ok()).collect();
        Some(Exposed { first: all.first()?, words, numbers })
    }

    /// The first few.
    fn listed(&self) -> String {
        let words = self.words.iter().take(MOST_WORDS).copied().collect::<Vec<&str>>().join(", ");
        if self.words.len() > MOST_WORDS { format!("{words} and others") } else { words }
    }
}
