//! The examples of a page: small projects of files, and the carets that say what must be reported where.
//!
//! Does not run rules; [`compare`](super::compare) holds what was reported against an example.
//!
//! A line of `#`, blanks and `^^^` in a bad example marks the columns above it and says the message, or its start
//! followed by `…`. `~~~` marks a related place. For a mark at the first column, under the `#`, write `#<4 message`,
//! or `#<~4 message`: the first four columns. Such lines are taken out before the example is linted.

use std::ops::Range;

use crate::text::Span;

use super::page::{Fence, Page, PageError};

/// Whether something must be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// Exactly what its carets mark.
    Bad,
    /// Nothing.
    Good,
}

/// A small project that shows a rule at work.
#[derive(Clone, Debug)]
pub struct Example {
    /// The `###` heading above it; empty if there is none.
    pub title: String,
    /// What must come of it.
    pub kind: ExampleKind,
    /// The opening line of its first block, in the page.
    pub span: Span,
    /// Its files, names unique.
    pub files: Vec<ExampleFile>,
}

/// One file of an example.
#[derive(Clone, Debug)]
pub struct ExampleFile {
    /// Its path in the small project.
    pub name: String,
    /// What a run gets to see: carets taken out.
    pub text: String,
    /// What must be reported.
    pub expectations: Vec<Expectation>,
    /// For each line of `text`: its offset there, and its offset in the page.
    lines: Vec<(usize, usize)>,
}

/// What one line of carets asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The marked bytes of the example's text.
    pub range: Range<usize>,
    /// The message; only its start if it ends with `…`.
    pub message: String,
    /// Whether a related place is marked, and not the finding itself.
    pub related: bool,
    /// The carets and their message, in the page.
    pub span: Span,
}

impl ExampleFile {
    /// Where a byte of the example's text stands in the page.
    pub fn offset_in_page(&self, offset: usize) -> usize {
        let line = self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        self.lines.get(line).map_or(0, |(start, in_page)| in_page + offset.saturating_sub(*start))
    }
}

/// The examples of a page, bad ones first, and what is wrong with them.
pub fn read(page: &Page) -> (Vec<Example>, Vec<PageError>) {
    let mut reader = Reader { page, examples: Vec::new(), errors: Vec::new() };
    for (title, kind) in [("Bad", ExampleKind::Bad), ("Good", ExampleKind::Good)] {
        if let Some(index) = page.outline().section(page.text(), title) {
            reader.section(index, kind);
        }
    }
    (reader.examples, reader.errors)
}

struct Reader<'p> {
    page: &'p Page,
    examples: Vec<Example>,
    errors: Vec<PageError>,
}

impl Reader<'_> {
    fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.errors.push(PageError { span: self.page.span(range), message: message.into() });
    }

    /// The examples under one `##` heading: its own blocks, then those under each heading below it.
    fn section(&mut self, index: usize, kind: ExampleKind) {
        let outline = self.page.outline();
        let end = outline.below(index).end;
        for (at, heading) in outline.headings.iter().enumerate().skip(index) {
            if heading.line.start >= end {
                break;
            }
            let title = if at == index { "" } else { &self.page.text()[heading.title.clone()] };
            let fences: Vec<&Fence> = outline.fences_in(outline.directly_below(at)).collect();
            self.case(title, kind, &fences);
        }
    }

    /// Blocks with `file=` form one project; each other block is a project of its own.
    fn case(&mut self, title: &str, kind: ExampleKind, fences: &[&Fence]) {
        let mut project: Option<usize> = None;
        for fence in fences {
            let info = &self.page.text()[fence.info.clone()];
            let name = info.split_whitespace().find_map(|word| word.strip_prefix("file="));
            let file = self.file(name.unwrap_or_else(|| default_name(info)), kind, fence);
            let known = project.filter(|_| name.is_some()).and_then(|at| self.examples.get_mut(at));
            if let Some(example) = known {
                let twice = example.files.iter().any(|other| other.name == file.name);
                example.files.push(file);
                if twice {
                    let message =
                        "this example has a file of that name; start a new one with a `###` heading";
                    self.error(fence.info.clone(), message);
                }
                continue;
            }
            if name.is_some() {
                project = Some(self.examples.len());
            }
            let span = self.page.span(fence.opening.clone());
            self.examples.push(Example { title: title.to_owned(), kind, span, files: vec![file] });
        }
    }

    fn file(&mut self, name: &str, kind: ExampleKind, fence: &Fence) -> ExampleFile {
        let mut file = ExampleFile {
            name: name.to_owned(),
            text: String::new(),
            expectations: Vec::new(),
            lines: Vec::new(),
        };
        let mut at = fence.body.start;
        for line in self.page.text()[fence.body.clone()].split_inclusive('\n') {
            let range = at..at + line.trim_end().len();
            match mark(line.trim_end()) {
                Some(_) if kind == ExampleKind::Good => {
                    self.error(range, "nothing is reported in a good example");
                }
                Some(mark) => self.expect(&mut file, &mark, range),
                None => {
                    file.lines.push((file.text.len(), at));
                    file.text.push_str(line);
                }
            }
            at += line.len();
        }
        file
    }

    /// Adds what a line of carets asks for, on the line above it.
    fn expect(&mut self, file: &mut ExampleFile, mark: &Mark<'_>, line: Range<usize>) {
        let Some(&(start, _)) = file.lines.last() else {
            self.error(line, "these carets have no line above them");
            return;
        };
        let above = file.text[start..].trim_end_matches(['\n', '\r']);
        let Some(range) = columns(above, &mark.columns) else {
            self.error(line, "these carets reach past the end of the line above");
            return;
        };
        if mark.message.is_empty() {
            self.error(line, "the message is missing: write it behind the carets, or its start and `…`");
            return;
        }
        file.expectations.push(Expectation {
            range: start + range.start..start + range.end,
            message: mark.message.to_owned(),
            related: mark.related,
            span: self.page.span(line.end - mark.length..line.end),
        });
    }
}

/// What a block without `file=` is called.
fn default_name(info: &str) -> &'static str {
    match info.split_whitespace().next().unwrap_or_default() {
        "dockerfile" | "Dockerfile" => "Dockerfile",
        "json" => "example.json",
        "hcl" | "terraform" | "tf" => "main.tf",
        _ => "example.yaml",
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Mark<'a> {
    /// 0-based, in characters.
    columns: Range<usize>,
    message: &'a str,
    related: bool,
    /// Bytes from the first caret to the end of the line.
    length: usize,
}

/// Reads a line of carets; `None` for any other line.
fn mark(line: &str) -> Option<Mark<'_>> {
    let inner = line.trim_start().strip_prefix('#')?;
    if let Some(count) = inner.strip_prefix('<') {
        return first_columns(count, line.trim_start().len());
    }
    let rest = inner.trim_start();
    let sign = rest.chars().next().filter(|c| matches!(c, '^' | '~'))?;
    let message = rest.trim_start_matches(sign);
    let width = rest.len() - message.len();
    // A comment such as `# ~5 minutes` is no mark.
    (message.is_empty() || message.starts_with(' ')).then_some(())?;
    let start = line[..line.len() - rest.len()].chars().count();
    Some(Mark {
        columns: start..start + width,
        message: message.trim(),
        related: sign == '~',
        length: rest.len(),
    })
}

/// `#<4 message`, without its `#<`.
fn first_columns(count: &str, length: usize) -> Option<Mark<'_>> {
    let (related, count) = count.strip_prefix('~').map_or((false, count), |rest| (true, rest));
    let digits = count.find(|c: char| !c.is_ascii_digit()).unwrap_or(count.len());
    let width = count[..digits].parse().ok().filter(|width| *width > 0)?;
    Some(Mark { columns: 0..width, message: count[digits..].trim(), related, length })
}

/// The bytes of `line` at these columns. One column just past the end stands for the end itself.
fn columns(line: &str, columns: &Range<usize>) -> Option<Range<usize>> {
    let offset = |column: usize| {
        let end = std::iter::once(line.len());
        line.char_indices().map(|(at, _)| at).chain(end).nth(column)
    };
    let start = offset(columns.start)?;
    if start == line.len() {
        return (columns.len() == 1).then_some(start..start);
    }
    Some(start..offset(columns.end)?)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::text::FileId;

    const FRONT: &str =
        "---\nsummary: x\nseverity: error\npreset: strict\nfor: image\nmessage: m\n---\n# a-b\n";

    fn page(body: &str) -> Page {
        let mut errors = Vec::new();
        let text = Cow::Owned(format!("{FRONT}{body}"));
        Page::read(FileId(0), "image/a-b.md", text, &mut errors).unwrap()
    }

    #[test]
    fn carets_mark_columns_of_the_line_above_and_go_away() {
        let page =
            page("## Bad\n```yaml file=a.yaml\né: nginx\n#  ^^^^^ one\n#  ~~~ two…\n#<1 three\nb: 1\n```\n");
        let (examples, errors) = read(&page);
        assert_eq!(errors, []);
        let file = &examples[0].files[0];
        assert_eq!((file.name.as_str(), file.text.as_str()), ("a.yaml", "é: nginx\nb: 1\n"));
        let marks: Vec<_> = file
            .expectations
            .iter()
            .map(|e| (&file.text[e.range.clone()], e.message.as_str(), e.related))
            .collect();
        assert_eq!(marks, [("nginx", "one", false), ("ngi", "two…", true), ("é", "three", false)]);
        assert_eq!(&page.text()[file.expectations[0].span.range()], "^^^^^ one");
        assert!(page.text()[file.offset_in_page(10)..].starts_with("b: 1"));
    }

    #[test]
    fn files_form_projects_and_headings_part_them() {
        let page = page(
            "## Bad\n```yaml file=a\n```\n```yaml file=b\n```\n### two\n```yaml file=a\n```\n## Good\n```dockerfile\n\
             ```\n```yaml\n```\n",
        );
        let (examples, errors) = read(&page);
        assert_eq!(errors, []);
        let shape: Vec<_> = examples
            .iter()
            .map(|e| (e.title.as_str(), e.files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>()))
            .collect();
        let expected =
            [("", vec!["a", "b"]), ("two", vec!["a"]), ("", vec!["Dockerfile"]), ("", vec!["example.yaml"])];
        assert_eq!(shape, expected);
    }

    #[test]
    fn wrong_marks_are_reported_where_they_stand() {
        let page = page(
            "## Bad\n```yaml\n#  ^ lost\na: 1\n#   ^^ far\n#  ^\n```\n## Good\n```yaml\nb: 1\n#  ^ no\n```\n",
        );
        let errors = read(&page).1;
        let shape: Vec<_> =
            errors.iter().map(|e| (&page.text()[e.span.range()], e.message.as_str())).collect();
        let expected = [
            ("#  ^ lost", "these carets have no line above them"),
            ("#   ^^ far", "these carets reach past the end of the line above"),
            ("#  ^", "the message is missing: write it behind the carets, or its start and `…`"),
            ("#  ^ no", "nothing is reported in a good example"),
        ];
        assert_eq!(shape, expected);
    }

    #[test]
    fn comments_are_no_marks() {
        for line in ["# text", "#", "#<b>", "# ~5 minutes", "a: 1 # ^^^", "# ^x"] {
            assert_eq!(mark(line), None, "{line}");
        }
        assert_eq!(columns("ab", &(2..3)), Some(2..2));
    }
}
