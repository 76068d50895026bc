//! Modules of Terraform from elsewhere: what is wrong in them is told at the argument that leads to it, for that is what
//! their users can change. What they do by themselves is not told.

use std::collections::HashMap;

use super::analyse::Analysed;
use super::linter::Linter;
use super::raw::Raw;
use super::terraform;
use crate::rule::{Label, Match};
use crate::text::{FileId, Sources};

/// Takes such modules out of what was analysed, and hands over what concerns their callers.
pub(super) fn hand_over(linter: &Linter, analysed: &mut Vec<Analysed>, sources: &Sources) {
    if !analysed.iter().any(|file| file.lent) {
        return;
    }
    let (lent, own): (Vec<Analysed>, Vec<Analysed>) = analysed.drain(..).partition(|file| file.lent);
    *analysed = own;
    let by_file: HashMap<FileId, usize> =
        analysed.iter().enumerate().map(|(at, file)| (file.file, at)).collect();
    for mut file in lent {
        terraform::speak(linter, &file.facts, &sources.get(file.file).text, &mut file.raw);
        for Raw { rule, found } in file.raw {
            let at_caller = |label: &&Label| label.message == terraform::ARGUMENT;
            let mut callers = found.related.iter().filter(at_caller);
            let caller = callers.find_map(|label| Some((label.span, *by_file.get(&label.span.file)?)));
            if let Some((span, at)) = caller.filter(|(_, at)| analysed[*at].active[rule]) {
                let within = Label { span: found.span, message: "used in the module here".to_owned() };
                let others = found.related.into_iter().filter(|label| label.span != span);
                let related = std::iter::once(within).chain(others).collect();
                // What it would be replaced by fits the module only.
                let found = Match { span, related, fix: None, ..found };
                analysed[at].raw.push(Raw { rule, found });
            }
        }
    }
}
