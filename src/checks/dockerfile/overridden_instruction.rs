//! CMD, ENTRYPOINT and HEALTHCHECK that a later one of the same stage replaces.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let helpers = super::helper_stages(file);
    for kind in [Kind::Cmd, Kind::Entrypoint, Kind::Healthcheck] {
        let mut last: Option<(Option<usize>, Span)> = None;
        let own = file.facts.instructions.iter().filter(|found| found.kind == kind && !found.onbuild);
        let own = own.filter(|found| !super::is_in(&helpers, found));
        for instruction in own {
            if let Some((_, span)) = last.filter(|(stage, _)| *stage == instruction.stage) {
                let name = kind.name();
                let message = format!("a later `{name}` of this stage replaces this one; delete it");
                out.push(Match::new(span, message).related(instruction.anchor, "the later one"));
            }
            last = Some((instruction.stage, instruction.anchor));
        }
    }
}
