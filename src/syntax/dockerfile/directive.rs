//! The `# name=value` lines at the top of the file.

use crate::text::Span;

use super::logical::{Builder, Logical};
use super::source::{Line, Source, invalid};
use super::tree::{Directive, DirectiveName, Setting, Word};

/// Reads the directives; the source then stands at the first other line, and its escape character is set.
pub(super) fn read(source: &mut Source) -> Vec<Directive> {
    let mut found: Vec<Directive> = Vec::new();
    let shebang = source.peek().is_some_and(|line| source.str(line).starts_with("#!"));
    if let Some(line) = shebang.then(|| source.line()).flatten() {
        source.comments.push(Span::new(source.file, line.start, line.end));
    }
    while let Some(line) = source.peek() {
        let Some(directive) = directive(source, line) else { break };
        source.line();
        if found.iter().any(|earlier| earlier.name == directive.name) {
            let message = "this parser directive is already given: delete one of them";
            source.errors.push(invalid(directive.key, message));
        } else if directive.name == DirectiveName::Escape && !shebang {
            set_escape(source, &directive);
        }
        found.push(directive);
    }
    found
}

fn set_escape(source: &mut Source, directive: &Directive) {
    match directive.value.as_str() {
        "`" => source.escape = '`',
        "\\" => source.escape = '\\',
        _ => {
            let message = "the escape character can only be `\\` or a backtick";
            source.errors.push(invalid(directive.value.span, message));
        }
    }
}

fn directive(source: &Source, line: Line) -> Option<Directive> {
    let text = source.str(line);
    let content = text.trim_start().strip_prefix('#')?.trim_start();
    let (left, right) = content.split_once('=')?;
    let name = match left.trim_end().to_ascii_lowercase().as_str() {
        "syntax" => DirectiveName::Syntax,
        "escape" => DirectiveName::Escape,
        "check" => DirectiveName::Check,
        _ => return None,
    };
    let value = right.trim();
    if value.is_empty() {
        return None;
    }
    let start = line.end - content.len();
    let key = Span::new(source.file, start, start + left.trim_end().len());
    let from = line.end - right.trim_start().len();
    let mut builder = Builder::new(source.file);
    builder.push(value, from..from + value.len());
    Some(Directive { name, key, value: Word::new(builder.finish(from)) })
}

impl Directive {
    /// The settings of a check directive, which `;` separates; a part without `=` has no values.
    pub fn settings(&self) -> Vec<Setting> {
        parts(&self.value.text, 0, ';')
            .map(|part| match part.as_str().find('=') {
                None => Setting { key: Word::new(part), values: Vec::new() },
                Some(at) => {
                    let key = part.slice(0..part.as_str()[..at].trim_end().len());
                    let values = parts(&part, at + 1, ',').map(Word::new).collect();
                    Setting { key: Word::new(key), values }
                }
            })
            .collect()
    }
}

/// The parts of `text` from `from` on between `separator`s, trimmed.
pub(super) fn parts(text: &Logical, from: usize, separator: char) -> impl Iterator<Item = Logical> {
    let mut at = from;
    text.as_str().get(from..).unwrap_or_default().split(separator).map(move |part| {
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + separator.len_utf8();
        text.slice(start..start + part.trim().len())
    })
}
