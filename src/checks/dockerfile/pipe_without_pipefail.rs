//! Pipelines in which a failure of any command but the last goes unseen.

use super::super::File;
use crate::model::instruction::Instruction;
use crate::model::stage::Base;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::{Command, Script, Word};

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let mut at_end = vec![false; file.facts.stages.len()];
    let (mut stage, mut pipefail) = (None, false);
    for instruction in &file.facts.instructions {
        if instruction.stage != stage {
            stage = instruction.stage;
            let base = stage.and_then(|stage| file.facts.stages.get(stage)).map(|stage| stage.base);
            pipefail =
                matches!(base, Some(Base::Stage(parent)) if at_end.get(parent).is_some_and(|set| *set));
        }
        if instruction.kind == Kind::Shell {
            pipefail = instruction.args.iter().any(|word| word.text.contains("pipefail"));
        }
        if let Some(end) = stage.and_then(|stage| at_end.get_mut(stage)) {
            *end = pipefail;
        }
        if !pipefail {
            out.extend(found(instruction));
        }
    }
}

/// The first pipeline of a RUN, unless the script sets the option itself.
fn found(instruction: &Instruction) -> Option<Match> {
    let script = instruction.script.as_ref().filter(|_| instruction.kind == Kind::Run)?;
    let first = script.commands.iter().find(|command| starts_pipe(command))?;
    let word = first.program().first()?;
    if sets_pipefail(script) || runs_another_shell(first) {
        return None;
    }
    let message = format!(
        "a pipe hides it when `{}` fails; set `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before it",
        word.base_name()
    );
    Some(Match::new(word.span, message))
}

/// Whether a pipe of the script itself starts here: what `bash -c` is given is no matter of `SHELL`.
fn starts_pipe(command: &Command) -> bool {
    command.place.pipe.is_some_and(|pipe| pipe.position == 0) && !command.place.nested
}

fn sets_pipefail(script: &Script) -> bool {
    let names = |word: &Word| word.text.contains("pipefail");
    script.commands.iter().any(|command| command.words.iter().any(names))
}

/// A program of Windows reads the whole line itself.
fn runs_another_shell(command: &Command) -> bool {
    ["powershell", "powershell.exe", "pwsh", "cmd", "cmd.exe"].contains(&command.name())
}
