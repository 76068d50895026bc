//! `.dockerignore`: which files of a context a build does not see.
//!
//! Source of the rules: the chapter on `.dockerignore` files in the reference of `docker build`. Where it is silent,
//! patterns mean what the matcher of BuildKit takes them for. Knows no files: it is asked about paths.

pub(super) mod pattern;

use pattern::{Fit, Pattern};

use super::parsed::{ErrorKind, Parsed, SyntaxError};
use crate::text::{FileId, Span};

/// A file with more bytes of patterns than this decides nothing here, as each is held against every path; nobody writes
/// so many by hand.
const MOST: usize = 16 << 10;
/// So long may a path be.
const LONGEST_PATH: usize = 1 << 10;

/// The patterns of a file.
#[derive(Debug, Default)]
pub struct Patterns {
    /// In order.
    list: Vec<Line>,
    /// Whether all lines could be read: else a build stops, and nothing is said.
    complete: bool,
}

#[derive(Debug)]
struct Line {
    /// Begins with `!`: what matches is seen after all.
    exception: bool,
    pattern: Pattern,
    span: Span,
}

/// Reads a file.
pub fn parse(file: FileId, text: &str) -> Parsed<Patterns> {
    let mut patterns = Patterns { list: Vec::new(), complete: true };
    let mut errors = Vec::new();
    let mut left = MOST;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = if start == 0 { line.trim_start_matches('\u{feff}') } else { line };
        // Only at the very start of a line.
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let Some(rest) = left.checked_sub(line.len()) else {
            patterns.complete = false;
            break;
        };
        left = rest;
        let start = at - line.len() + (line.len() - line.trim_start().len());
        let span = Span::new(file, start, start + line.trim().len());
        match read(line.trim(), span) {
            Ok(line) => patterns.list.push(line),
            Err(error) => {
                patterns.complete = false;
                errors.push(error);
            }
        }
    }
    super::parsed::cap(&mut errors);
    Parsed { tree: patterns, errors }
}

fn read(line: &str, span: Span) -> Result<Line, SyntaxError> {
    let bare = line.strip_prefix('!').map_or(line, str::trim);
    let wrong = |message: &str| SyntaxError {
        span,
        message: message.to_owned(),
        related: None,
        kind: ErrorKind::Invalid,
    };
    if bare.is_empty() {
        return Err(wrong("an exception without a pattern; a build stops at it"));
    }
    let pattern = Pattern::new(&clean(bare)).map_err(wrong)?;
    Ok(Line { exception: line.starts_with('!'), pattern, span })
}

/// The path without `.`, `..` and empty parts; a `/` at its start means nothing.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match (part, parts.last()) {
            ("..", Some(&last)) if last != ".." => drop(parts.pop()),
            ("..", None) if path.starts_with('/') => {}
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

impl Patterns {
    /// The file; none where it has no pattern.
    pub fn file(&self) -> Option<FileId> {
        self.list.first().map(|line| line.span.file)
    }

    /// The pattern that leaves out all there may be at `path`, a path of the context without `.` and `..`; none where a
    /// build sees some of it, or may.
    pub fn leaves_out(&self, path: &str) -> Option<Span> {
        let mut by = None;
        // Whether an exception may hold for something inside.
        let mut partly = false;
        if !self.complete || path.len() > LONGEST_PATH {
            return None;
        }
        for line in &self.list {
            match (line.exception, line.pattern.fits(path)) {
                (_, Fit::None) | (false, Fit::Inside) => {}
                (false, Fit::Whole) => (by, partly) = (Some(line.span), false),
                (true, Fit::Whole) => by = None,
                (true, Fit::Inside) => partly = true,
            }
        }
        by.filter(|_| !partly)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out<'t>(text: &'t str, path: &str) -> Option<&'t str> {
        let parsed = parse(FileId(0), text);
        parsed.tree.leaves_out(path).and_then(|span| text.get(span.range()))
    }

    #[test]
    fn the_last_pattern_that_fits_decides() {
        let text = "\u{feff}# all\n*\n!src\n  src/*.log  \n!src/keep.log\n";
        assert_eq!(left_out(text, "README.md"), Some("*"));
        assert_eq!(left_out(text, "a/b"), Some("*"));
        assert_eq!(left_out(text, "src"), None);
        assert_eq!(left_out(text, "src/x.log"), Some("src/*.log"));
        assert_eq!(left_out(text, "src/keep.log"), None);
    }

    #[test]
    fn what_is_left_out_in_part_is_not_left_out() {
        assert_eq!(left_out("app\n!app/web\n", "app"), None);
        assert_eq!(left_out("app\n!app/web\n", "app/cli"), Some("app"));
        assert_eq!(left_out("!app/web\napp\n", "app/web"), Some("app"));
        assert_eq!(left_out("*\n!**/*.go\n", "app"), None);
        assert_eq!(left_out("app\n!app/web\napp\n", "app"), Some("app"));
        assert_eq!(left_out("app/**\n", "app"), None);
    }

    #[test]
    fn slashes_blanks_and_dots_mean_nothing() {
        for text in ["/app/", "./app", "app//", " app\t", "x/../app", "app\r\n"] {
            assert!(left_out(text, "app/x").is_some(), "{text:?}");
        }
        assert_eq!(left_out(" # no comment", "app"), None);
        assert_eq!(left_out("../app", "app"), None);
        assert_eq!(left_out("! app", "app"), None);
    }

    #[test]
    fn what_stops_a_build_decides_nothing() {
        for text in ["!\napp", "[a\napp", "a\\\napp"] {
            assert_eq!(parse(FileId(0), text).errors.len(), 1, "{text:?}");
            assert_eq!(left_out(text, "app"), None);
        }
        assert_eq!(left_out(&"app\n".repeat(MOST), "app"), None);
        assert_eq!(left_out("*", &"a".repeat(MOST)), None);
    }
}
