//! The selectors of the command line, as a text of their own, so that a wrong one can be pointed at.

use super::args::SelectionArgs;
use crate::config::{Selection, Written};
use crate::text::{FileId, Source, Sources, Span};

/// The selection that the arguments ask for; the arguments become a source.
pub(super) fn selection(arguments: &SelectionArgs, sources: &mut Sources) -> Selection {
    // The number of a source is known before its text is: numbers count up.
    let mut line = Line { file: FileId(sources.len() as u32), text: "plimsoll check".to_string() };
    let selection = Selection {
        select: arguments.select.as_ref().map(|words| line.push("--select", words)),
        extend_select: line.push("--extend-select", &arguments.extend_select),
        ignore: line.push("--ignore", &arguments.ignore),
        severity: Vec::new(),
    };
    sources.add(Source::new("command line", line.text));
    selection
}

struct Line {
    file: FileId,
    text: String,
}

impl Line {
    fn push(&mut self, flag: &str, words: &[String]) -> Vec<Written<String>> {
        let mut written = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if at == 0 {
                self.text.push(' ');
                self.text.push_str(flag);
            }
            self.text.push(if at == 0 { ' ' } else { ',' });
            let start = self.text.len();
            self.text.push_str(word);
            written.push(Written { value: word.clone(), span: Span::new(self.file, start, self.text.len()) });
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places() {
        let arguments = SelectionArgs {
            select: Some(vec!["a".into(), "b".into()]),
            extend_select: Vec::new(),
            ignore: vec!["c".into()],
        };
        let mut sources = Sources::default();
        sources.add(Source::new("plimsoll.toml", ""));
        let selection = selection(&arguments, &mut sources);
        assert_eq!(&*sources.get(FileId(1)).text, "plimsoll check --select a,b --ignore c");
        let words = selection.select.iter().flatten().chain(&selection.ignore);
        let texts: Vec<&str> = words.map(|word| sources.text(word.span)).collect();
        assert_eq!(texts, ["a", "b", "c"]);
    }
}
