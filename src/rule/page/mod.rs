//! A rule page: front matter, reasons, check and examples in one Markdown file.
//!
//! Reads what a run needs, at once and cheaply, and the rest on demand. Does not know files or folders beyond the
//! path it is given.

pub mod front;
pub mod head;
pub mod outline;
#[cfg(test)]
mod tests;
mod verify;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use crate::syntax::tree::{Kind, Schema};
use crate::syntax::yaml;
use crate::text::{FileId, Span};

pub use front::{Front, KEYS, REQUIRED, Spanned};
pub use head::{BuiltIn, Head};
pub use outline::{Fence, Outline};

/// Something wrong with a page. Never fatal: the page gives no rule, and its author a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    /// Where, in the page.
    pub span: Span,
    /// Lower case, no full stop, code in backticks.
    pub message: String,
}

/// A page that could be read.
#[derive(Debug)]
pub struct Page {
    /// The file that the spans of the page are in.
    pub file: FileId,
    /// The name of the rule, from the name of the file.
    pub id: String,
    /// The folder the page is in; `local` where it is in none.
    pub domain: String,
    /// What decides whether the rule runs.
    pub head: Head,
    front: OnceLock<Front>,
    text: Cow<'static, str>,
    /// Where the Markdown starts, in bytes.
    body: usize,
    outline: OnceLock<Outline>,
}

impl Page {
    /// Reads the front matter of the page at `path`, which is relative to the folder of all pages. Without errors
    /// there is a page.
    pub fn read(
        file: FileId,
        path: &str,
        text: Cow<'static, str>,
        errors: &mut Vec<PageError>,
    ) -> Option<Page> {
        let before = errors.len();
        let (domain, id) = names(path);
        if !is_kebab(&id) {
            let message = format!("the file name `{id}` is no rule name: use lower-case words joined by `-`");
            errors.push(PageError { span: Span::at(file, 0), message });
        }
        let Some((matter, body)) = split(&text) else {
            let first = text.find('\n').unwrap_or(text.len());
            let message = "a page starts with front matter between two lines of `---`".to_owned();
            errors.push(PageError { span: Span::new(file, 0, first), message });
            return None;
        };
        let (head, front) = read_front(file, &text[..matter], errors)?;
        if errors.len() > before {
            return None;
        }
        Some(Page { file, id, domain, head, front: front.into(), text, body, outline: OnceLock::new() })
    }

    /// One of plimsoll's own pages, of which nothing is read yet. `None` where it is none.
    pub fn built_in(file: FileId, page: &BuiltIn) -> Option<Page> {
        let (domain, id) = names(page.path);
        let (_, body) = split(page.text)?;
        let (head, text) = (page.head()?, Cow::Borrowed(page.text));
        Some(Page { file, id, domain, head, front: OnceLock::new(), text, body, outline: OnceLock::new() })
    }

    /// The rest of the front matter, read when first asked for.
    pub fn front(&self) -> &Front {
        let read = || {
            let matter = split(&self.text).and_then(|(matter, _)| self.text.get(..matter))?;
            read_front(self.file, matter, &mut Vec::new())
        };
        // Only pages that the build has seen are read late, and tests prove that those have no errors.
        self.front.get_or_init(|| read().map_or_else(Front::default, |(_, front)| front))
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes `range` of the page as a span.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// Headings and fences, read when first asked for.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::read(&self.text, self.body))
    }

    /// The Markdown under a `##` heading, without blank lines around; empty if there is none.
    pub fn section(&self, title: &str) -> &str {
        let outline = self.outline();
        let body = outline.section(&self.text, title).map_or(0..0, |index| outline.below(index));
        self.text.get(body).unwrap_or_default().trim()
    }

    /// What the rule reports: the text under the title.
    pub fn lead(&self) -> &str {
        self.text.get(self.outline().directly_below(0)).unwrap_or_default().trim()
    }

    /// The expression in `## Check`, and where it stands.
    pub fn check(&self) -> Option<Spanned> {
        let outline = self.outline();
        let section = outline.below(outline.section(&self.text, "Check")?);
        let fence =
            outline.fences_in(section).find(|fence| self.text.get(fence.info.clone()) == Some("cel"))?;
        let body = fence.body.clone();
        Some(Spanned { text: self.text.get(body.clone())?.to_owned(), span: self.span(body) })
    }

    /// Everything that is wrong with the page besides its front matter: all expressions are compiled, all examples
    /// read. `ours` says that the page is one of plimsoll's own, which may be native.
    pub fn verify(&self, ours: bool) -> Vec<PageError> {
        verify::verify(self, ours)
    }
}

/// Folder and file name of a page's path, without the ending.
fn names(path: &str) -> (String, String) {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or_default();
    let domain = parts.next().filter(|part| !matches!(*part, "" | "." | "..")).unwrap_or("local");
    (domain.to_owned(), name.strip_suffix(".md").unwrap_or(name).to_owned())
}

/// Whether this is lower-case words and digits, joined by single `-`.
pub fn is_kebab(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// Where the front matter ends and where the body starts, both from the start of the text. The `---` above the
/// front matter stays with it: it is YAML, too, and so offsets hold.
fn split(text: &str) -> Option<(usize, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn read_front(file: FileId, matter: &str, errors: &mut Vec<PageError>) -> Option<(Head, Front)> {
    let parsed = yaml::parse(file, matter.into(), Schema::Core);
    let near = Span::new(file, 0, 3);
    errors.extend(
        parsed.errors.into_iter().map(|error| PageError { span: error.span, message: error.message }),
    );
    match parsed.tree.roots().next() {
        Some(root) if root.kind() == Kind::Mapping => front::read(root, near, errors),
        Some(root) => {
            let message = "front matter is made of `key: value` lines".to_owned();
            errors.push(PageError { span: root.span(), message });
            None
        }
        None => {
            errors.push(PageError { span: near, message: "the front matter is empty".to_owned() });
            None
        }
    }
}
