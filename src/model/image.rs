//! Image references: one fact for every format that names an image.

use super::{Field, Record, Value};
use crate::text::Span;

/// A reference such as `ghcr.io/org/app:1.2@sha256:…`, cut into its parts, each with its place.
#[derive(Clone, Debug)]
pub struct Image {
    /// The reference as written.
    pub reference: String,
    /// Where it is written, without quotes.
    pub span: Span,
    /// `ghcr.io`; `None` means the default registry.
    pub registry: Option<Part>,
    /// `org/app`
    pub repository: Part,
    /// `1.2`
    pub tag: Option<Part>,
    /// `sha256:…`
    pub digest: Option<Part>,
    /// The tag as it is written, where a variable or a template hides part of it: `${TAG}`.
    pub tag_written: Option<String>,
    /// The first text that cannot be known: a template action or a variable. What follows it may be anything.
    pub hidden: Option<Span>,
}

/// A part of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text; empty where it cannot be known.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

/// What stands in for text that cannot be known while a reference is cut.
pub const HIDDEN: char = '\u{1}';

/// Tags that publishers move from one image to the next; no tag means the first.
pub const MOVING_TAGS: &[&str] = &["", "latest", "stable", "edge", "nightly", "main", "master", "dev"];

impl Image {
    /// The name without tag and digest, if it is known.
    pub fn name(&self) -> Option<String> {
        let parts = self.registry.iter().chain([&self.repository]).map(|part| part.text.as_str());
        let parts: Vec<&str> = parts.collect();
        (!parts.contains(&"")).then(|| parts.join("/"))
    }

    /// The same, where `raw` is the text that it was read from, and `part` gives the place of its parts in that.
    #[must_use]
    pub fn with_written_tag(
        mut self,
        raw: &str,
        part: impl Fn(usize, usize) -> std::ops::Range<usize>,
    ) -> Image {
        let name_end = self.reference.find('@').unwrap_or(self.reference.len());
        let hidden = self.tag.as_ref().is_some_and(|tag| tag.text.is_empty());
        let colon = self.reference[..name_end].rfind(':').filter(|_| hidden);
        self.tag_written = colon.and_then(|at| raw.get(part(at + 1, name_end))).map(str::to_owned);
        self
    }

    /// Takes tag and digest for unknown: other text sets them.
    pub fn version_from_elsewhere(&mut self) {
        (self.tag, self.digest) = (None, None);
        self.hidden = Some(self.span);
    }

    /// Cuts a reference. Text that cannot be known is given as [`HIDDEN`] characters, byte for byte as long as what
    /// hides it; `place` tells where the bytes `from..to` of the reference are written.
    pub fn parse(reference: &str, place: impl Fn(usize, usize) -> Span) -> Image {
        let part = |from: usize, to: usize| {
            let text = &reference[from..to];
            let known = if text.contains(HIDDEN) { "" } else { text };
            Part { text: known.to_owned(), span: place(from, to) }
        };
        let end = reference.len();
        let name_end = reference.find('@').unwrap_or(end);
        let digest = (name_end < end).then(|| part(name_end + 1, end));
        let slash = reference[..name_end].rfind('/').map_or(0, |at| at + 1);
        let colon = reference[slash..name_end].find(':').map(|at| at + slash);
        let tag = colon.map(|at| part(at + 1, name_end));
        let path_end = colon.unwrap_or(name_end);
        let first = reference[..path_end].find('/').filter(|&at| is_host(&reference[..at]));
        let repository = part(first.map_or(0, |at| at + 1), path_end);
        let hidden = reference.find(HIDDEN).map(|from| {
            let rest = &reference[from..];
            place(from, from + rest.find(|c| c != HIDDEN).unwrap_or(rest.len()))
        });
        Image {
            reference: reference.to_owned(),
            span: place(0, end),
            registry: first.map(|at| part(0, at)),
            repository,
            tag,
            digest,
            tag_written: None,
            hidden,
        }
    }
}

/// Whether the first part of a path is a registry, as Docker decides it: it has a dot or a port, or is `localhost`.
fn is_host(first: &str) -> bool {
    first == "localhost" || first.contains(['.', ':'])
}

impl Record for Image {
    fn field(&self, name: &str) -> Field<'_> {
        let whole = self.span;
        let part = |part: Option<&'_ Part>| match (part.cloned(), self.hidden) {
            (Some(part), _) if part.text.is_empty() => Field::Unknown(part.span),
            (Some(part), _) => Field::Set(Value::String(part.text.into()), part.span),
            // An unknown part may hold the tag and the digest too.
            (None, Some(hidden)) => Field::Unknown(hidden),
            (None, None) => Field::Unset(Value::text(""), whole),
        };
        match name {
            "reference" => match self.hidden {
                Some(span) => Field::Unknown(span),
                None => Field::Set(Value::text(&self.reference), whole),
            },
            "registry" => part(self.registry.as_ref()),
            "repository" => part(Some(&self.repository)),
            "tag" => part(self.tag.as_ref()),
            // A digest follows the tag: a tag that is known ends the reference.
            "digest"
                if self.digest.is_none() && self.tag.as_ref().is_some_and(|tag| !tag.text.is_empty()) =>
            {
                Field::Unset(Value::text(""), whole)
            }
            "digest" => part(self.digest.as_ref()),
            _ => Field::Missing(whole),
        }
    }

    fn span(&self) -> Span {
        self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn cut(reference: &str) -> (Option<String>, String, Option<String>, Option<String>) {
        let image = Image::parse(reference, |from, to| Span::new(FileId(0), from, to));
        let text = |part: Option<Part>| {
            part.map(|part| {
                assert_eq!(&reference[part.span.range()], part.text);
                part.text
            })
        };
        (text(image.registry), image.repository.text, text(image.tag), text(image.digest))
    }

    #[test]
    fn references_are_cut_as_docker_cuts_them() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(cut("nginx"), (None, "nginx".into(), None, None));
        assert_eq!(cut("org/app:1"), (None, "org/app".into(), some("1"), None));
        assert_eq!(cut("localhost:5000/app"), (some("localhost:5000"), "app".into(), None, None));
        assert_eq!(cut("r.io/a/b:t@sha256:00"), (some("r.io"), "a/b".into(), some("t"), some("sha256:00")));
    }

    #[test]
    fn a_hidden_tag_is_unknown_and_a_literal_one_known() {
        let place = |from, to| Span::new(FileId(0), from, to);
        let image = Image::parse("\u{1}\u{1}\u{1}:latest", place);
        assert!(matches!(image.field("tag"), Field::Set(_, span) if span == place(4, 10)));
        assert!(matches!(image.field("digest"), Field::Unset(..)));
        let image = Image::parse("app:\u{1}\u{1}", place);
        assert!(matches!(image.field("tag"), Field::Unknown(_)));
        assert!(matches!(image.field("digest"), Field::Unknown(_)));
        assert!(matches!(image.field("repository"), Field::Set(..)));
    }
}
