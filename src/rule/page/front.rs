//! The front matter of a page: flat keys, each checked, each error on the text that is wrong.
//!
//! Does not look at the body, and does not compile expressions.

use std::borrow::Cow;

use crate::rule::locate::Path;
use crate::rule::meta::{Preset, split_equivalent};
use crate::rule::nearest::hint;
use crate::rule::subject::{FORMATS, Subject};
use crate::rule::{Applicability, Severity};
use crate::syntax::tree::{Entry, Kind, Node};
use crate::text::Span;

use super::PageError;
use super::head::{Head, Words};

/// Longest summary, in characters: it must fit a line of a table.
const LONGEST_SUMMARY: usize = 60;

/// The keys of a page's front matter, required ones first.
pub const KEYS: [&str; 15] = [
    "summary",
    "severity",
    "preset",
    "for",
    "kinds",
    "formats",
    "each",
    "report",
    "message",
    "missing",
    "help",
    "equivalents",
    "references",
    "native",
    "fix",
];

/// How many of [`KEYS`], from the first, a page must have.
pub const REQUIRED: usize = 4;

/// What the front matter says besides its [`Head`].
#[derive(Debug, Default)]
pub struct Front {
    /// One line without a full stop.
    pub summary: String,
    /// The list or mapping whose entries are looked at one by one; `None` for the subject as a whole.
    pub each: Option<Spanned>,
    /// The fields whose text is underlined, the first that is written first; empty for the subject itself.
    pub report: Vec<Path>,
    /// The message template.
    pub message: Option<Spanned>,
    /// The message template for when nothing that `report` names is written.
    pub missing: Option<Spanned>,
    /// What to do about a finding, one line; empty if the page says nothing.
    pub help: String,
    /// Where to read more.
    pub references: Vec<String>,
    /// Whether the rule offers fixes, and how safe they are at best.
    pub fix: Option<Applicability>,
}

/// The variable of a page with `each:` that stands for one entry.
pub const EACH: &str = "each";

impl Front {
    /// The variables that `report`, the check and the messages see when the page is for `subject`.
    pub fn variables(&self, subject: Subject) -> Vec<&'static str> {
        let entry = self.each.iter().map(|_| EACH);
        subject.variables().iter().copied().chain(entry).collect()
    }
}

/// Text of a page, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned {
    /// The text.
    pub text: String,
    /// Where it stands in the page.
    pub span: Span,
}

impl Spanned {
    /// The text of a scalar.
    pub fn of(node: Node<'_>) -> Spanned {
        Spanned { text: node.text().to_owned(), span: node.sub_span(0, node.text().len()) }
    }

    /// Where the bytes `range` of the text stand; all of it when the page writes it with escapes.
    pub fn part(&self, range: std::ops::Range<usize>) -> Span {
        let maps = self.span.len() == self.text.len();
        if maps { self.span.slice(range.start, range.end) } else { self.span }
    }
}

/// Reads the mapping `root`. `None` when it lacks what no rule can do without; then there is an error.
pub fn read(root: Node<'_>, near: Span, errors: &mut Vec<PageError>) -> Option<(Head, Front)> {
    let before = errors.len();
    let mut reader = Reader { entries: [None; KEYS.len()], near, errors };
    reader.keys(root);
    let subject = reader.choice("for", Subject::parse, || Subject::ALL.map(Subject::name).to_vec());
    let summary = reader.summary();
    let head = Head {
        severity: reader
            .choice("severity", Severity::parse, || Severity::ALL.map(Severity::name).to_vec())
            .unwrap_or(Severity::Warning),
        preset: reader
            .choice("preset", Preset::parse, || Preset::ALL.map(Preset::name).to_vec())
            .unwrap_or(Preset::Strict),
        subject: subject.unwrap_or(Subject::File),
        native: reader.flag("native"),
        kinds: words(reader.texts("kinds")),
        formats: words(reader.formats(subject)),
        equivalents: words(reader.equivalents()),
    };
    let front = Front {
        summary,
        each: reader.text("each"),
        report: reader.report(),
        message: reader.text("message"),
        missing: reader.text("missing"),
        help: reader.text("help").map(|help| help.text).unwrap_or_default(),
        references: reader.references(),
        fix: reader.fix(),
    };
    reader.agree(&head, &front);
    (errors.len() == before).then_some((head, front))
}

fn words(given: Vec<Spanned>) -> Words {
    given.into_iter().map(|word| Cow::Owned(word.text)).collect()
}

struct Reader<'t, 'e> {
    /// What is written, in the order of [`KEYS`]: every page is read at every start, so each key is looked up once.
    entries: [Option<Entry<'t>>; KEYS.len()],
    /// Where to report a key that is not there.
    near: Span,
    errors: &'e mut Vec<PageError>,
}

impl<'t> Reader<'t, '_> {
    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push(PageError { span, message: message.into() });
    }

    /// Finds the keys; some may be unknown, others absent.
    fn keys(&mut self, root: Node<'t>) {
        for entry in root.own_entries() {
            let name = entry.key.text();
            match KEYS.iter().position(|known| *known == name) {
                Some(at) => self.entries[at] = Some(entry),
                None => self.error(entry.key.span(), format!("unknown key `{name}`{}", hint(name, KEYS))),
            }
        }
        for (name, entry) in KEYS.into_iter().zip(self.entries).take(REQUIRED) {
            if entry.is_none() {
                self.error(self.near, format!("`{name}:` is missing: every page needs it"));
            }
        }
    }

    fn entry(&self, key: &str) -> Option<Entry<'t>> {
        KEYS.iter().position(|known| *known == key).and_then(|at| self.entries[at])
    }

    fn text(&mut self, key: &str) -> Option<Spanned> {
        let entry = self.entry(key)?;
        self.scalar(key, entry.value, entry)
    }

    fn scalar(&mut self, key: &str, node: Node<'t>, entry: Entry<'t>) -> Option<Spanned> {
        let is_scalar = !matches!(node.kind(), Kind::Mapping | Kind::Sequence | Kind::Null | Kind::Unknown);
        if is_scalar && !node.text().trim().is_empty() {
            return Some(Spanned::of(node));
        }
        self.error(entry.place(), format!("`{key}:` wants text"));
        None
    }

    /// A list of texts; a single text counts as a list of one.
    fn texts(&mut self, key: &str) -> Vec<Spanned> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        if entry.value.kind() != Kind::Sequence {
            return self.text(key).into_iter().collect();
        }
        entry.value.items().filter_map(|item| self.scalar(key, item, entry)).collect()
    }

    fn flag(&mut self, key: &str) -> bool {
        let Some(entry) = self.entry(key) else { return false };
        entry.value.as_bool().unwrap_or_else(|| {
            self.error(entry.place(), format!("`{key}:` wants `true` or `false`"));
            false
        })
    }

    fn choice<T>(
        &mut self,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
        names: impl Fn() -> Vec<&'static str>,
    ) -> Option<T> {
        let given = self.text(key)?;
        let parsed = parse(&given.text);
        if parsed.is_none() {
            self.error(given.span, not_one_of(key, &given.text, &names()));
        }
        parsed
    }

    fn summary(&mut self) -> String {
        let Some(summary) = self.text("summary") else { return String::new() };
        let length = summary.text.chars().count();
        if length > LONGEST_SUMMARY {
            let message =
                format!("the summary has {length} characters, at most {LONGEST_SUMMARY} fit a line");
            self.error(summary.span, message);
        }
        if summary.text.ends_with('.') {
            let last = summary.text.len() - 1..summary.text.len();
            self.error(summary.part(last), "a summary has no full stop");
        }
        summary.text
    }

    fn formats(&mut self, subject: Option<Subject>) -> Vec<Spanned> {
        let known = subject.map_or(FORMATS, Subject::formats);
        let given = self.texts("formats");
        for format in &given {
            if !known.contains(&format.text.as_str()) {
                self.error(format.span, not_one_of("formats", &format.text, known));
            }
        }
        given
    }

    fn report(&mut self) -> Vec<Path> {
        let mut paths = Vec::new();
        for given in self.texts("report") {
            match Path::parse(&given.text) {
                Ok(path) => paths.push(path),
                Err((range, message)) => self.error(given.part(range), message),
            }
        }
        paths
    }

    fn equivalents(&mut self) -> Vec<Spanned> {
        let given = self.texts("equivalents");
        for wrong in given.iter().filter(|given| split_equivalent(&given.text).is_none()) {
            let message = format!("`{}` does not read as `tool:ID`, such as `hadolint:DL3008`", wrong.text);
            self.error(wrong.span, message);
        }
        given
    }

    fn references(&mut self) -> Vec<String> {
        let given = self.texts("references");
        for reference in given.iter().filter(|reference| !reference.text.starts_with("https://")) {
            self.error(reference.span, "a reference is an address that starts with `https://`");
        }
        given.into_iter().map(|reference| reference.text).collect()
    }

    fn fix(&mut self) -> Option<Applicability> {
        let parse = |name: &str| match name {
            "none" => Some(None),
            "safe" => Some(Some(Applicability::Safe)),
            "unsafe" => Some(Some(Applicability::Unsafe)),
            _ => None,
        };
        self.choice("fix", parse, || vec!["none", "safe", "unsafe"]).flatten()
    }

    /// Keys that do not go together.
    fn agree(&mut self, head: &Head, front: &Front) {
        let subject = head.subject;
        if head.native {
            for key in ["each", "report", "message", "missing"] {
                self.forbid(key, "has no use with `native: true`: the code chooses place and words");
            }
        } else if self.entry("message").is_none() {
            self.error(self.near, "`message:` is missing: say what is wrong and what to do");
        }
        if !head.native && self.entry("for").is_some() && subject.variables().is_empty() {
            let message = format!("`for: {}` needs code: no expression can look at it", subject.name());
            let at = self.entry("for").map_or(self.near, |entry| entry.place());
            self.error(at, message);
        }
        if front.report.is_empty() {
            self.forbid("missing", "has no use without `report:`: the subject itself is never missing");
        }
        if !subject.has_kind() {
            self.forbid("kinds", &format!("has no use with `for: {}`: it has no kind", subject.name()));
        }
        self.roots(subject, front);
    }

    fn forbid(&mut self, key: &str, why: &str) {
        if let Some(entry) = self.entry(key) {
            let span = entry.key.span();
            if !self.errors.iter().any(|error| error.span == span) {
                self.error(span, format!("`{key}:` {why}"));
            }
        }
    }

    /// Report paths must start at a variable of the subject.
    fn roots(&mut self, subject: Subject, front: &Front) {
        let known = front.variables(subject);
        if known.is_empty() {
            return;
        }
        let Some(entry) = self.entry("report") else { return };
        let unknown = front.report.iter().find(|path| !known.contains(&path.root.as_str()));
        if let Some(path) = unknown {
            let root = &path.root;
            self.error(
                entry.place(),
                format!(
                    "`report:` starts at `{root}`, but `for: {}` has {}{}",
                    subject.name(),
                    quoted(&known),
                    hint(root, known.iter().copied())
                ),
            );
        }
    }
}

fn not_one_of(key: &str, given: &str, names: &[&str]) -> String {
    let near = hint(given, names.iter().copied());
    let known = if near.is_empty() { format!("; it is one of {}", quoted(names)) } else { near };
    format!("`{key}:` cannot be `{given}`{known}")
}

/// The words, each in backticks, with commas.
pub fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
