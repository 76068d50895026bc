//! RUN right behind RUN, where one would do.

use super::super::File;
use crate::model::instruction::Instruction;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for pair in file.facts.instructions.windows(2) {
        let [first, second] = pair else { continue };
        if first.stage == second.stage && is_short(first) && is_short(second) && same_flags(first, second) {
            let message = "a `RUN` right behind another makes a layer of its own; join the two with `&&`";
            out.push(Match::new(second.anchor, message).related(first.anchor, "the one before"));
        }
    }
}

/// A single command: of long ones each may well have a layer.
fn is_short(instruction: &Instruction) -> bool {
    let script = instruction.script.as_ref();
    let one = script.is_some_and(|script| {
        script.complete
            && script.commands.iter().filter(|command| command.place.inside.is_none()).count() <= 1
    });
    instruction.kind == Kind::Run && !instruction.onbuild && one
}

fn same_flags(first: &Instruction, second: &Instruction) -> bool {
    let flags = |run: &Instruction| -> Vec<(String, String)> {
        run.flags.list.iter().map(|flag| (flag.name.clone(), flag.value.clone())).collect()
    };
    flags(first) == flags(second)
}
