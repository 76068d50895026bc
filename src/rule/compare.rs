//! What was reported on an example, held against what its carets ask for.
//!
//! Does not run rules.

use std::ops::Range;

use crate::text::Span;

use super::example::{Example, ExampleFile, Expectation};
use super::page::Page;

/// Something that the rule of the page reported on an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported<'a> {
    /// The name of the example's file.
    pub file: &'a str,
    /// Bytes of the file's text, carets taken out.
    pub range: Range<usize>,
    /// The finding's message, or the related label's.
    pub message: &'a str,
    /// Whether this is a related label of a finding, and not the finding itself.
    pub related: bool,
}

/// A difference between a page and what its rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in the page.
    pub span: Span,
    /// Lower case, no full stop, code in backticks.
    pub message: String,
}

/// Every difference: carets without a finding, findings without carets. Related labels need no mark, but a mark
/// needs a label. In the order of the page.
pub fn compare(page: &Page, example: &Example, reported: &[Reported<'_>]) -> Vec<Problem> {
    let mut taken = vec![false; reported.len()];
    let mut problems = Vec::new();
    for file in &example.files {
        let mut open = Vec::new();
        for expected in &file.expectations {
            let is_met = |(at, seen): (usize, &Reported<'_>)| !taken[at] && meets(file, expected, seen);
            match reported.iter().enumerate().position(is_met) {
                Some(at) => taken[at] = true,
                None => open.push(expected),
            }
        }
        for expected in open {
            problems.push(unmet(file, expected, reported, &mut taken));
        }
    }
    for (seen, _) in reported.iter().zip(&taken).filter(|(seen, taken)| !seen.related && !**taken) {
        problems.push(unmarked(page, example, seen));
    }
    problems.sort_by_key(|problem| problem.span);
    problems
}

fn meets(file: &ExampleFile, expected: &Expectation, seen: &Reported<'_>) -> bool {
    same_place(file, expected, seen) && same_words(&expected.message, seen.message)
}

fn same_words(expected: &str, seen: &str) -> bool {
    match expected.strip_suffix('…') {
        Some(start) if expected != seen => seen.starts_with(start.trim_end()),
        _ => expected == seen,
    }
}

/// Of a span with several lines, carets can mark only the first; a span without bytes shows as one column.
fn same_place(file: &ExampleFile, expected: &Expectation, seen: &Reported<'_>) -> bool {
    if seen.file != file.name || seen.related != expected.related || seen.range.start != expected.range.start
    {
        return false;
    }
    let text = file.text.get(seen.range.clone()).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    let end = seen.range.start + first.len();
    let one_column = file.text.get(expected.range.clone()).is_some_and(|marked| marked.chars().count() == 1);
    expected.range.end == end || (seen.range.is_empty() && one_column)
}

/// A mark that nothing met. What was reported at its place, or with its words, is named and counts as dealt with.
fn unmet(
    file: &ExampleFile,
    expected: &Expectation,
    reported: &[Reported<'_>],
    taken: &mut [bool],
) -> Problem {
    let free = |at: usize| !taken[at];
    let here = (0..reported.len()).find(|&at| free(at) && same_place(file, expected, &reported[at]));
    let elsewhere = (0..reported.len()).find(|&at| {
        let seen = &reported[at];
        free(at)
            && seen.file == file.name
            && seen.related == expected.related
            && same_words(&expected.message, seen.message)
    });
    let what = if expected.related { "related label" } else { "finding" };
    let message = match (here, elsewhere) {
        (Some(at), _) => format!("the {what} here says: {}", reported[at].message),
        (None, Some(at)) => {
            let text = file.text.get(reported[at].range.clone()).unwrap_or_default();
            let first = text.lines().next().unwrap_or_default();
            let line = 1 + file.text.bytes().take(reported[at].range.start).filter(|b| *b == b'\n').count();
            format!("the {what} with these words is at `{first}`, line {line} of `{}`", file.name)
        }
        (None, None) => format!("there is no {what} here"),
    };
    if let Some(at) = here.or(elsewhere) {
        taken[at] = true;
    }
    Problem { span: expected.span, message }
}

/// A finding that nothing marks.
fn unmarked(page: &Page, example: &Example, seen: &Reported<'_>) -> Problem {
    let file = example.files.iter().find(|file| file.name == seen.file);
    let span = file.map_or(example.span, |file| {
        let start = file.offset_in_page(seen.range.start);
        let text = file.text.get(seen.range.clone()).unwrap_or_default();
        page.span(start..start + text.lines().next().unwrap_or_default().len())
    });
    Problem { span, message: format!("this finding has no carets: {}", seen.message) }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::rule::example::read;
    use crate::text::FileId;

    const TEXT: &str = "---\nsummary: x\nseverity: error\npreset: strict\nfor: image\nmessage: m\n---\n# a\n\
                        ## Bad\n```yaml file=f\nkey: value\n#    ^^^^^ bad `value`…\n#    ~~~ why\nlast\n```\n";

    fn page() -> Page {
        Page::read(FileId(0), "a.md", Cow::Borrowed(TEXT), &mut Vec::new()).unwrap()
    }

    fn problems(reported: &[(Range<usize>, &str, bool)]) -> Vec<(&'static str, String)> {
        let page = page();
        let reported: Vec<Reported<'_>> = reported
            .iter()
            .map(|(range, message, related)| Reported {
                file: "f",
                range: range.clone(),
                message,
                related: *related,
            })
            .collect();
        compare(&page, &read(&page).0[0], &reported)
            .into_iter()
            .map(|problem| (&TEXT[problem.span.range()], problem.message))
            .collect()
    }

    #[test]
    fn what_the_carets_mark_is_no_problem() {
        let seen = [(5..10, "bad `value` here", false), (5..8, "why", true), (0..3, "more", true)];
        assert_eq!(problems(&seen), []);
    }

    #[test]
    fn differences_are_named_where_they_are() {
        assert_eq!(
            problems(&[(5..10, "other", false), (11..15, "extra", false)]),
            [
                ("^^^^^ bad `value`…", "the finding here says: other".to_owned()),
                ("~~~ why", "there is no related label here".to_owned()),
                ("last", "this finding has no carets: extra".to_owned()),
            ]
        );
        assert_eq!(
            problems(&[(0..3, "bad `value`", false), (5..8, "why", true)]),
            [("^^^^^ bad `value`…", "the finding with these words is at `key`, line 1 of `f`".to_owned())]
        );
    }
}
