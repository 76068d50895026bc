//! `CODEOWNERS`: who answers for which files.
//!
//! Sources: the chapters on code owners in the documentation of GitHub and of GitLab. The last line whose pattern fits
//! a path decides; GitLab's sections give owners to the lines that name none. Knows no files: it is asked about paths.

use super::dockerignore::pattern::{Fit, Pattern};
use crate::text::{FileId, Span};

/// Lines of one file that are read; each is held against the path of every service.
const MOST: usize = 2_000;
/// A pattern is no longer than this in a file that a person wrote.
const LONGEST: usize = 512;

/// The lines of a file.
#[derive(Debug, Default)]
pub struct CodeOwners {
    /// In order.
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    pattern: Pattern,
    /// Folders that the pattern names; `docs/*` is for files in `docs`, not below.
    depth: Option<usize>,
    /// Who answers, and where that is written; empty where nobody does.
    owners: Vec<(String, Span)>,
}

/// Reads a file. What is no pattern is passed over: nobody is told of it by those who use the file either.
pub fn parse(file: FileId, text: &str) -> CodeOwners {
    let mut found = CodeOwners::default();
    let mut of_section: Vec<(String, Span)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let blank = line.len() - line.trim_start().len();
        let (start, line) = (start + blank, &line[blank..]);
        if found.lines.len() == MOST {
            break;
        }
        if let Some(end) = section(line) {
            of_section = words(file, start + end, &line[end..]);
            continue;
        }
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let end = pattern_end(line);
        let owners = words(file, start + end, &line[end..]);
        let owners = if owners.is_empty() { of_section.clone() } else { owners };
        if let Some((pattern, depth)) = pattern(&line[..end]) {
            found.lines.push(Line { pattern, depth, owners });
        }
    }
    found
}

/// Where the head of a section ends: `[Docs]`, `^[Docs][2]`.
fn section(line: &str) -> Option<usize> {
    let open = line.strip_prefix('^').unwrap_or(line);
    if !open.starts_with('[') {
        return None;
    }
    let mut end = line.find(']')? + 1;
    if line[end..].starts_with('[') {
        end += line[end..].find(']')? + 1;
    }
    // What is a class of characters goes on after it.
    line[end..].chars().next().is_none_or(char::is_whitespace).then_some(end)
}

/// Where the pattern at the start of a line ends; `\ ` is a blank in it.
fn pattern_end(line: &str) -> usize {
    let mut escaped = false;
    for (at, char) in line.char_indices() {
        if char.is_whitespace() && !escaped {
            return at;
        }
        escaped = char == '\\' && !escaped;
    }
    line.len()
}

/// The words of a text that stands at `start`, up to a comment.
fn words(file: FileId, start: usize, text: &str) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut rest = 0;
    for word in text.split_whitespace() {
        if word.starts_with('#') {
            break;
        }
        let at = text[rest..].find(word).map_or(rest, |at| rest + at);
        rest = at + word.len();
        words.push((word.to_owned(), Span::new(file, start + at, start + rest)));
    }
    words
}

/// The pattern as one that counts from the root, and how deep the files lie that it is for, where that is said.
fn pattern(written: &str) -> Option<(Pattern, Option<usize>)> {
    let inner = written.trim_matches('/');
    if inner.is_empty() || written.len() > LONGEST {
        // `/` is the whole repository.
        return (written == "/").then(|| Pattern::new("**").ok()).flatten().map(|pattern| (pattern, None));
    }
    let anchored = written.starts_with('/') || inner.contains('/');
    let depth = inner.strip_suffix("/*").filter(|rest| anchored && !rest.contains("**"));
    let depth = depth.map(|rest| rest.matches('/').count() + 1);
    let whole = if anchored { inner.to_owned() } else { format!("**/{inner}") };
    Some((Pattern::new(&whole).ok()?, depth))
}

impl CodeOwners {
    /// Who answers for the file at a path, which starts from the root of the repository.
    pub fn of(&self, path: &str) -> &[(String, Span)] {
        let fits = |line: &&Line| {
            line.depth.is_none_or(|depth| path.matches('/').count() == depth)
                && line.pattern.fits(path) == Fit::Whole
        };
        self.lines.iter().rev().find(fits).map_or(&[], |line| &line.owners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners(text: &str, path: &str) -> String {
        let read = parse(FileId(0), text);
        let words = read.of(path).iter().map(|(word, span)| {
            assert_eq!(&text[span.range()], word);
            word.as_str()
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_last_line_that_fits_decides() {
        let text = "# ours\n*       @org/all\n*.yaml @yaml # all of it\n/deploy/orders/ @shop @anna\ndocs/*  @docs\n";
        assert_eq!(owners(text, "src/main.rs"), "@org/all");
        assert_eq!(owners(text, "a/b.yaml"), "@yaml");
        assert_eq!(owners(text, "deploy/orders/k8s/x.yaml"), "@shop @anna");
        assert_eq!(owners(text, "x/deploy/orders/y"), "@org/all");
        assert_eq!(owners(text, "docs/a.md"), "@docs");
        assert_eq!(owners(text, "docs/deep/a.md"), "@org/all");
    }

    #[test]
    fn folders_are_found_anywhere_unless_the_pattern_says_where() {
        assert_eq!(owners("apps/ @a", "x/apps/b/c"), "@a");
        assert_eq!(owners("/apps @a", "x/apps/b"), "");
        assert_eq!(owners("apps/web @a", "apps/web/deep/c"), "@a");
        assert_eq!(owners("**/logs @a", "build/logs/x"), "@a");
        assert_eq!(owners("/ @a", "x"), "@a");
    }

    #[test]
    fn lines_without_owners_and_sections() {
        assert_eq!(owners("* @a\n/vendor/\n", "vendor/x"), "");
        let text = "[Docs] @docs\ndocs/\n^[Shop][2] @shop\norders/ @anna\nbills/\n";
        assert_eq!(owners(text, "docs/x"), "@docs");
        assert_eq!(owners(text, "orders/x"), "@anna");
        assert_eq!(owners(text, "bills/x"), "@shop");
        assert_eq!(owners("my\\ docs/ @a", "my docs/x"), "@a");
        assert_eq!(owners("[a-c].txt @a", "b.txt"), "@a");
    }

    #[test]
    fn odd_text_is_read_over() {
        for text in ["", "\n\n", "[", "[a", "\\", "[z-a] @x", "é @ä", "@", "   ", "!x @a"] {
            let read = parse(FileId(0), text);
            let _ = read.of("a/b");
        }
        assert_eq!(owners("é/ @ä", "é/x"), "@ä");
    }
}
