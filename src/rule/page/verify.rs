//! What can be wrong with a page besides its front matter.
//!
//! Compiles every expression and reads every example; does not run anything.

use std::collections::HashSet;
use std::ops::Range;

use super::front::quoted;
use super::outline::{Heading, trimmed};
use super::{Page, PageError, Spanned};
use crate::rule::cel::Program;
use crate::rule::example;
use crate::rule::nearest::hint;
use crate::rule::template::Template;

/// The sections that a page can have.
const SECTIONS: [&str; 6] = ["Why", "Check", "Bad", "Good", "When to allow it", "References"];

pub(super) fn verify(page: &Page, ours: bool) -> Vec<PageError> {
    let mut verifier = Verifier { page, errors: Vec::new() };
    verifier.title();
    verifier.sections();
    verifier.fences();
    if page.head.native {
        verifier.native(ours);
    } else {
        verifier.each();
        verifier.check();
        verifier.templates();
    }
    verifier.errors.extend(example::read(page).1);
    verifier.errors.sort_by_key(|error| error.span);
    verifier.errors
}

struct Verifier<'p> {
    page: &'p Page,
    errors: Vec<PageError>,
}

impl<'p> Verifier<'p> {
    fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.errors.push(PageError { span: self.page.span(range), message: message.into() });
    }

    fn text(&self, range: &Range<usize>) -> &'p str {
        self.page.text().get(range.clone()).unwrap_or_default()
    }

    /// Where to report something that the body lacks: its title.
    fn near(&self) -> Range<usize> {
        let first = self.page.outline().headings.first();
        first.map_or(self.page.body..self.page.body, |heading| heading.title.clone())
    }

    fn title(&mut self) {
        let id = &self.page.id;
        let first = self.page.outline().headings.first().filter(|heading| heading.level == 1);
        let Some(heading) = first else {
            self.error(self.near(), format!("the page has no title: write `# {id}` below the front matter"));
            return;
        };
        let title = self.text(&heading.title);
        if title != id {
            self.error(heading.title.clone(), format!("the title `{title}` is not the file's name, `{id}`"));
        }
        if self.page.lead().is_empty() {
            self.error(heading.title.clone(), "nothing below the title says what the rule reports");
        }
    }

    fn sections(&mut self) {
        let outline = self.page.outline();
        let mut seen = HashSet::new();
        let sections = |heading: &&Heading| heading.level <= 2;
        for heading in outline.headings.iter().skip(1).filter(sections) {
            let title = self.text(&heading.title);
            let range = heading.title.clone();
            if heading.level == 1 {
                self.error(range, "a page has one title, and sections below it start with `##`");
            } else if !SECTIONS.contains(&title) {
                let near = hint(title, SECTIONS);
                let known = if near.is_empty() { format!("; there are {}", quoted(&SECTIONS)) } else { near };
                self.error(range, format!("no section is called `{title}`{known}"));
            } else if !seen.insert(title) {
                self.error(range, format!("there is a section `{title}` already"));
            }
        }
        if self.page.section("Why").is_empty() {
            self.error(self.near(), "`## Why` is missing: say what goes wrong where the rule is not kept");
        }
    }

    fn fences(&mut self) {
        for fence in self.page.outline().fences.iter().filter(|fence| !fence.closed) {
            self.error(fence.opening.clone(), "this block is not closed");
        }
    }

    fn native(&mut self, ours: bool) {
        if !ours {
            self.error(self.near(), "only plimsoll's own rules are native: write a `## Check` instead");
        }
        if let Some(index) = self.page.outline().section(self.page.text(), "Check") {
            let heading = self.page.outline().headings[index].title.clone();
            self.error(heading, "a native rule has no `## Check`: its check is code");
        }
    }

    fn each(&mut self) {
        if let Some(each) = &self.page.front().each {
            self.expression(each, self.page.head.subject.variables());
        }
    }

    fn check(&mut self) {
        let Some(check) = self.page.check() else {
            self.error(self.near(), "`## Check` with a block of `cel` is missing: say what must hold");
            return;
        };
        let range = trimmed(self.page.text(), check.span.range());
        if range.is_empty() {
            self.error(range, "the check is empty: say what must hold");
            return;
        }
        self.expression(&check, &self.page.front().variables(self.page.head.subject));
    }

    fn expression(&mut self, source: &Spanned, known: &[&str]) {
        let compiled =
            Program::compile(&source.text).and_then(|program| program.check_patterns().map(|()| program));
        match compiled {
            Ok(program) => self.variables(source, 0, &program, known),
            Err(wrong) => {
                let span = source.part(wrong.range);
                self.error(span.range(), wrong.message);
            }
        }
    }

    fn templates(&mut self) {
        let front = self.page.front();
        let known = front.variables(self.page.head.subject);
        for spanned in front.message.iter().chain(&front.missing) {
            match Template::compile(&spanned.text) {
                Ok(template) => {
                    for (program, range) in template.programs() {
                        self.variables(spanned, range.start, program, &known);
                    }
                }
                Err(wrong) => self.error(spanned.part(wrong.range).range(), wrong.message),
            }
        }
    }

    /// Variables that there are not. The program starts at byte `from` of `source`.
    fn variables(&mut self, source: &Spanned, from: usize, program: &Program, known: &[&str]) {
        let subject = self.page.head.subject;
        for read in program.reads() {
            let Some(name) = read.path.first().filter(|name| !known.contains(name)) else { continue };
            let start = from + read.range.start;
            let near = hint(name, known.iter().copied());
            let message =
                format!("unknown variable `{name}`: `for: {}` has {}{near}", subject.name(), quoted(known));
            self.error(source.part(start..start + name.len()).range(), message);
        }
    }
}
