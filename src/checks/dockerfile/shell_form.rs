//! CMD, ENTRYPOINT and health checks as text for a shell.

use super::super::File;
use crate::model::instruction::Form;
use crate::model::stage::Base;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let helpers = super::helper_stages(file);
    let mut at_end = vec![false; file.facts.stages.len()];
    let (mut stage, mut chosen) = (None, false);
    for instruction in &file.facts.instructions {
        if instruction.stage != stage {
            stage = instruction.stage;
            let base = stage.and_then(|stage| file.facts.stages.get(stage)).map(|stage| stage.base);
            chosen = matches!(base, Some(Base::Stage(parent)) if at_end.get(parent).is_some_and(|set| *set));
        }
        // Whoever sets a shell wants it.
        chosen |= instruction.kind == Kind::Shell;
        if let Some(end) = stage.and_then(|stage| at_end.get_mut(stage)) {
            *end = chosen;
        }
        let message = match instruction.kind {
            Kind::Cmd => {
                "a shell runs this, and signals end at the shell; write `CMD [\"program\", \"argument\"]`"
            }
            Kind::Entrypoint => {
                "a shell runs this, and signals end at the shell; write `ENTRYPOINT [\"program\", \"argument\"]`"
            }
            Kind::Healthcheck => {
                "the image needs a shell for this; write `HEALTHCHECK CMD [\"program\", \"argument\"]`"
            }
            _ => continue,
        };
        if instruction.form == Form::Shell && !chosen && !super::is_in(&helpers, instruction) {
            out.push(Match::new(instruction.anchor, message));
        }
    }
}
