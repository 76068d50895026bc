//! Findings with excerpts of the source and carets, for a person at a terminal.
//!
//! Columns count code points from 1. Of a span with several lines the first is shown. Suppressed findings are
//! left out. Colours are ANSI escapes, only when the style asks for them.

use std::io::{self, Write as _};

use codespan_reporting::diagnostic::{LabelStyle, Severity as Shade};
use codespan_reporting::term::termcolor::{Buffer, WriteColor};
use codespan_reporting::term::{Config, Renderer, Styles, StylesWriter, WriteStyle};

use super::excerpt::Excerpt;
use super::position::{Positions, Unit};
use super::{Style, active, counted, escape};
use crate::lint::{Finding, Outcome};
use crate::rule::{Applicability, Severity};
use crate::text::{FileId, Span};

/// Related labels that are shown; a hostile input could make any number.
const LABELS: usize = 12;

pub(super) fn render(outcome: &Outcome, style: &Style) -> String {
    let mut buffer = if style.color { Buffer::ansi() } else { Buffer::no_color() };
    let mut report = Report {
        outcome,
        positions: Positions::new(&outcome.sources, Unit::CodePoint),
        config: Config::default(),
        width: style.width.max(40),
    };
    report.config.tab_width = 2;
    let written = report.write(&mut buffer);
    debug_assert!(written.is_ok(), "memory takes every write");
    String::from_utf8(buffer.into_inner()).unwrap_or_default()
}

struct Report<'a> {
    outcome: &'a Outcome,
    positions: Positions<'a>,
    config: Config,
    width: usize,
}

/// A place to underline; the primary one has carets, others have dashes.
struct Mark<'a> {
    span: Span,
    style: LabelStyle,
    message: std::borrow::Cow<'a, str>,
}

/// A line to show, and what is marked on it.
struct Line<'a> {
    number: usize,
    excerpt: Excerpt,
    marks: Vec<Mark<'a>>,
}

impl Report<'_> {
    fn write(&self, out: &mut impl WriteColor) -> io::Result<()> {
        let styles = Styles::default();
        let mut writer = StylesWriter::new(out, &styles);
        let mut renderer = Renderer::new(&mut writer, &self.config);
        for finding in active(self.outcome) {
            self.finding(&mut renderer, finding)?;
            writeln!(renderer)?;
        }
        Ok(())
    }

    fn finding(&self, out: &mut Renderer<'_, '_>, finding: &Finding) -> io::Result<()> {
        let shade = shade(finding.severity);
        header(out, finding, shade)?;
        let files = self.files(finding);
        let last = files.iter().flat_map(|(_, lines)| lines).map(|line| line.number).max().unwrap_or(1);
        let padding = last.to_string().len();
        for (file, lines) in files {
            self.snippet(out, file, &lines, shade, padding)?;
        }
        for note in self.notes(finding) {
            out.render_snippet_note(padding, &note).map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// What to show of each file: that of the primary label first.
    fn files<'f>(&self, finding: &'f Finding) -> Vec<(FileId, Vec<Line<'f>>)> {
        let primary = Mark { span: finding.span, style: LabelStyle::Primary, message: "".into() };
        let mut files: Vec<(FileId, Vec<Line<'f>>)> = Vec::new();
        let related = finding.related.iter().take(LABELS).map(|label| Mark {
            span: label.span,
            style: LabelStyle::Secondary,
            message: escape::line(&label.message),
        });
        for mark in std::iter::once(primary).chain(related) {
            let at = files.iter().position(|&(file, _)| file == mark.span.file).unwrap_or(files.len());
            if at == files.len() {
                files.push((mark.span.file, Vec::new()));
            }
            self.add(&mut files[at].1, mark);
        }
        for (_, lines) in &mut files {
            lines.sort_by_key(|line| line.number);
        }
        files
    }

    /// Marks a place on the excerpt that shows it already, or on a new one.
    fn add<'f>(&self, lines: &mut Vec<Line<'f>>, mark: Mark<'f>) {
        let source = self.outcome.sources.get(mark.span.file);
        let number = source.lines().line(mark.span.start) + 1;
        let shown =
            |line: &&mut Line<'f>| line.number == number && line.excerpt.shows(mark.span.start as usize);
        if let Some(line) = lines.iter_mut().find(shown) {
            line.marks.push(mark);
        } else {
            let excerpt = Excerpt::new(source, mark.span, self.width);
            lines.push(Line { number, excerpt, marks: vec![mark] });
        }
    }

    fn snippet(
        &self,
        out: &mut Renderer<'_, '_>,
        file: FileId,
        lines: &[Line<'_>],
        shade: Shade,
        padding: usize,
    ) -> io::Result<()> {
        self.locus(out, file, lines, padding)?;
        out.render_snippet_empty(padding, shade, 0, &[]).map_err(io::Error::other)?;
        let mut before = None;
        for line in lines {
            if before.is_some_and(|before| line.number > before + 1) {
                out.render_snippet_break(padding, shade, 0, &[]).map_err(io::Error::other)?;
            }
            before = Some(line.number);
            let mut labels: Vec<_> = line.marks.iter().map(|mark| mark.label(&line.excerpt)).collect();
            labels.sort_by_key(|(_, range, _)| (range.start, range.end));
            out.render_snippet_source(padding, line.number, &line.excerpt.text, shade, &labels, 0, &[])
                .map_err(io::Error::other)?;
        }
        out.render_snippet_empty(padding, shade, 0, &[]).map_err(io::Error::other)
    }

    /// `┌─ path:line:column` of the primary label, or of the first one in the file.
    fn locus(
        &self,
        out: &mut Renderer<'_, '_>,
        file: FileId,
        lines: &[Line<'_>],
        padding: usize,
    ) -> io::Result<()> {
        let marks = || lines.iter().flat_map(|line| &line.marks);
        let Some(mark) = marks().find(|mark| mark.style == LabelStyle::Primary).or(marks().next()) else {
            return Ok(());
        };
        let place = self.positions.place(file, mark.span.start as usize);
        let path = escape::line(&self.outcome.sources.get(file).path);
        write!(out, "{:padding$} ", "")?;
        out.set_source_border()?;
        write!(out, "{}", self.config.chars.snippet_start)?;
        out.reset()?;
        writeln!(out, " {path}:{}:{}", place.line, place.column)
    }

    fn notes(&self, finding: &Finding) -> Vec<String> {
        let mut notes = Vec::new();
        if finding.related.len() > LABELS {
            notes.push(format!("and {}", counted(finding.related.len() - LABELS, "more place")));
        }
        if !finding.rule.help.is_empty() {
            notes.push(format!("help: {}", escape::line(&finding.rule.help)));
        }
        notes.extend(self.fix(finding));
        if !finding.rule.url.is_empty() {
            notes.push(format!("see: {}", escape::line(&finding.rule.url)));
        }
        notes
    }

    /// What the fix would do, in a few words; a fix of one place says what it puts there.
    fn fix(&self, finding: &Finding) -> Option<String> {
        let fix = finding.fix.as_ref()?;
        let how = match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        };
        let [edit] = fix.edits.as_slice() else {
            return Some(format!("fix: {} ({how})", counted(fix.edits.len(), "edit")));
        };
        let quote = |text: &str| format!("`{}`", escape::line(&escape::shorten(text, 80)));
        let old = self.outcome.sources.text(edit.span);
        Some(match (old.is_empty(), edit.text.is_empty()) {
            (true, _) => format!("fix: insert {} ({how})", quote(&edit.text)),
            (false, true) => format!("fix: delete {} ({how})", quote(old)),
            (false, false) => format!("fix: replace {} with {} ({how})", quote(old), quote(&edit.text)),
        })
    }
}

impl Mark<'_> {
    fn label(&self, excerpt: &Excerpt) -> (LabelStyle, std::ops::Range<usize>, &str) {
        let start = excerpt.find(self.span.start as usize);
        // An empty place gets one caret.
        let end = excerpt.find(self.span.end as usize).max(start + 1);
        (self.style, start..end, &self.message)
    }
}

fn header(out: &mut Renderer<'_, '_>, finding: &Finding, shade: Shade) -> io::Result<()> {
    out.set_header(shade)?;
    write!(out, "{}[{}]", finding.severity.name(), escape::line(&finding.rule.id))?;
    out.set_header_message()?;
    write!(out, ": {}", escape::line(&finding.message))?;
    out.reset()?;
    writeln!(out)
}

/// The colours of a severity.
fn shade(severity: Severity) -> Shade {
    match severity {
        Severity::Error => Shade::Error,
        Severity::Warning => Shade::Warning,
        Severity::Info => Shade::Note,
        Severity::Hint => Shade::Help,
    }
}
