//! Failures of the run itself: a config that cannot be used, told in its own text.
//!
//! Findings have reports of their own.

use std::fmt::{self, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use crate::config::ConfigError;
use crate::report::escape::{is_hidden, line};
use crate::text::Sources;

/// Failures shown at most; after these, their number.
const MOST: usize = 20;
/// Bytes of a line shown at most. The renderer does not cut lines.
const LONGEST_LINE: usize = 1000;

/// A failure as the renderer wants it.
#[derive(Debug)]
struct Failure {
    message: String,
    help: String,
    source: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
}

/// Every error with the text it is about.
pub(super) fn show(errors: &[ConfigError], sources: &Sources, color: bool) -> String {
    let mut out = String::new();
    for error in errors.iter().take(MOST) {
        render(&mut out, &failure(error, sources), color);
    }
    if errors.len() > MOST {
        let _ = writeln!(out, "{} more like these", errors.len() - MOST);
    }
    out
}

/// A failure that is not about a text.
pub(super) fn plain(message: &str, help: &str, color: bool) -> String {
    let mut out = String::new();
    let (message, help) = (line(message).into_owned(), line(help).into_owned());
    render(&mut out, &Failure { message, help, source: None, labels: Vec::new() }, color);
    out
}

fn failure(error: &ConfigError, sources: &Sources) -> Failure {
    let source = sources.get(error.span.file);
    let mut message = line(&error.message).into_owned();
    let mut labels = vec![LabeledSpan::new_primary_with_span(None, error.span.range())];
    for (span, note) in &error.related {
        let note = line(note).into_owned();
        if span.file == error.span.file {
            labels.push(LabeledSpan::new_with_span(Some(note), span.range()));
        } else {
            let other = sources.get(span.file);
            let number = other.lines().line(span.start) + 1;
            let _ = write!(message, " ({note}: {}:{number})", line(&other.path));
        }
    }
    let shown = !source.text.is_empty() && source.text.lines().all(|text| text.len() <= LONGEST_LINE);
    if !shown {
        message = format!("{}: {message}", line(&source.path));
        labels.clear();
    }
    let source = shown.then(|| NamedSource::new(line(&source.path), harmless(&source.text)));
    Failure { message, help: line(&error.help).into_owned(), source, labels }
}

/// The same text, each character that could play tricks on a terminal replaced by as many `?` as it has bytes.
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' => out.push(' '),
            c if is_hidden(c) => (0..c.len_utf8()).for_each(|_| out.push('?')),
            c => out.push(c),
        }
    }
    out
}

fn render(out: &mut String, failure: &Failure, color: bool) {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    // Writing to a string does not fail.
    let _ = handler.render_report(out, failure);
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, Span};

    fn shown(text: &str, from: usize, to: usize) -> String {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("plimsoll.toml", text));
        let error = ConfigError::new(Span::new(file, from, to), "unknown field `slect`")
            .help("did you mean `select`?");
        show(&[error], &sources, false)
    }

    #[test]
    fn the_text_at_fault_is_underlined() {
        let expected = [
            "  × unknown field `slect`",
            "   ╭─[plimsoll.toml:2:1]",
            " 1 │ ignore = []",
            " 2 │ slect = []",
            "   · ─────",
            "   ╰────",
            "  help: did you mean `select`?",
        ];
        let shown = shown("ignore = []\nslect = []\n", 12, 17);
        assert_eq!(shown.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn foreign_text_is_harmless_and_cut() {
        let shown_escape = shown("slect = '\u{1b}]0;x\u{7}\u{202e}'\r\n", 0, 5);
        assert!(shown_escape.contains("slect = '?]0;x????'"), "{shown_escape}");
        assert!(!shown_escape.contains('\u{1b}'));
        let long = shown(&format!("slect = '{}'", "x".repeat(100_000)), 0, 5);
        assert!(long.len() < 300 && long.contains("plimsoll.toml: unknown field"), "{long}");
    }
}
