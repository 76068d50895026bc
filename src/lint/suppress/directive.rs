//! The comment itself: `# plimsoll: ignore[rule, …] reason`, `# plimsoll: ignore-file[rule, …] reason`.

use super::foreign;
use crate::text::Span;

/// A rule named in a suppression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// A rule's name, or another tool's id for it.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

/// What a suppression comment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The rules it allows; at least one.
    pub names: Vec<Name>,
    /// Why; empty if nothing was said.
    pub reason: String,
    /// How far it goes.
    pub reach: Reach,
    /// Whether it addresses another tool: obeyed for the rules that stand in for that tool's, and else left alone.
    pub foreign: bool,
}

/// How far a suppression goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To what the comment stands above, with all in it, or to its own line.
    Below,
    /// To the line that it stands above, in a Dockerfile to the instruction there; or to its own line.
    Line,
    /// To the end of the stage of a Dockerfile that it stands in, or above.
    Stage,
    /// Over the whole file.
    File,
}

/// A comment that starts like a suppression but is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong in the comment.
    pub span: Span,
    /// What it should be.
    pub message: String,
}

/// Reads the comment at `span` of `text`, or the directive of BuildKit, without its `#`; `None` if it addresses neither
/// plimsoll nor a tool whose place it takes.
pub fn parse(text: &str, span: Span) -> Option<Result<Directive, Malformed>> {
    let comment = text.get(span.range())?;
    // HCL has three kinds of comments.
    let said = comment.trim_start_matches(['#', '/']).trim_start_matches('*').trim_start();
    if let Some(directive) = foreign::parse(comment, said, span) {
        return Some(Ok(directive));
    }
    let body = said.strip_prefix("plimsoll:")?;
    let mut at = comment.len() - body.len();
    at += body.len() - body.trim_start().len();
    let body = body.trim_start();
    let wrong = |from: usize, to: usize, message: &str| {
        Some(Err(Malformed { span: span.slice(from, to), message: message.to_owned() }))
    };
    let word_len = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(body.len());
    let reach = match &body[..word_len] {
        "ignore" => Reach::Below,
        "ignore-file" => Reach::File,
        _ => {
            return wrong(
                at,
                at + word_len.max(1),
                "unknown suppression; write `ignore[rule] reason` or `ignore-file[rule] reason`",
            );
        }
    };
    let Some(list) = body[word_len..].strip_prefix('[') else {
        return wrong(at, at + word_len, "a suppression names its rules; write `ignore[rule] reason`");
    };
    let Some(close) = list.find(']') else {
        return wrong(at + word_len, at + body.len(), "the list of rules is not closed; add `]`");
    };
    at += word_len + 1;
    let names = names(&list[..close], span, at);
    if names.is_empty() {
        return wrong(at - 1, at + close + 1, "the list of rules is empty; name the rules to allow");
    }
    let reason = list[close + 1..].trim().trim_start_matches("--").trim_start_matches(':').trim();
    Some(Ok(Directive { names, reason: reason.to_owned(), reach, foreign: false }))
}

/// The names in a list with commas, which starts at this byte of the comment.
pub(super) fn names(list: &str, comment: Span, start: usize) -> Vec<Name> {
    let mut at = start;
    let mut out = Vec::new();
    for part in list.split(',') {
        let text = part.trim();
        let from = at + part.len() - part.trim_start().len();
        if !text.is_empty() {
            out.push(Name { text: text.to_owned(), span: comment.slice(from, from + text.len()) });
        }
        at += part.len() + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn read(text: &str) -> Option<Result<Directive, Malformed>> {
        parse(text, Span::new(FileId(0), 0, text.len()))
    }

    #[test]
    fn names_and_reason_are_read_with_places() {
        let text = "# plimsoll: ignore[host-path, kube-linter:latest-tag] log shipper";
        let directive = read(text).and_then(Result::ok).unwrap();
        let names: Vec<_> = directive.names.iter().map(|name| &text[name.span.range()]).collect();
        assert_eq!(names, ["host-path", "kube-linter:latest-tag"]);
        assert_eq!(directive.reason, "log shipper");
        assert_eq!(directive.reach, Reach::Below);
    }

    #[test]
    fn other_comments_are_left_alone() {
        assert_eq!(read("# the plimsoll: line"), None);
        assert_eq!(read("# hadolint does not like this"), None);
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        let wrong = |text: &str| {
            let error = read(text).and_then(Result::err).unwrap();
            text[error.span.range()].to_owned()
        };
        assert_eq!(wrong("# plimsoll: disable[x]"), "disable");
        assert_eq!(wrong("# plimsoll: ignore because"), "ignore");
        assert_eq!(wrong("# plimsoll: ignore[a, b"), "[a, b");
        assert_eq!(wrong("# plimsoll: ignore[ ]"), "[ ]");
    }
}
