//! The skeleton of a page's Markdown: headings and fenced blocks, by their places.
//!
//! Reads the little Markdown that pages use: `#` headings and backtick fences, both at the start of a line.

use std::ops::Range;

/// Headings and fences in the order of the text. All ranges are bytes of the whole page.
#[derive(Debug, Default)]
pub struct Outline {
    /// Every heading outside fences.
    pub headings: Vec<Heading>,
    /// Every fenced block.
    pub fences: Vec<Fence>,
    end: usize,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Number of `#`.
    pub level: usize,
    /// The words, without `#` and blanks around.
    pub title: Range<usize>,
    /// The whole line, its end included.
    pub line: Range<usize>,
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// What follows the opening backticks.
    pub info: Range<usize>,
    /// The lines between the fences, the last line end included.
    pub body: Range<usize>,
    /// The opening line without its end.
    pub opening: Range<usize>,
    /// Whether there is a closing fence.
    pub closed: bool,
}

impl Outline {
    /// Reads `text` from byte `from` on, in one pass.
    pub fn read(text: &str, from: usize) -> Outline {
        let mut outline = Outline { end: text.len(), ..Outline::default() };
        let mut open: Option<(usize, Fence)> = None;
        let mut at = from;
        for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            let ticks = leading(line, '`');
            if let Some((length, fence)) = &mut open {
                if ticks >= *length && line.trim_end().len() == ticks {
                    fence.body.end = range.start;
                    fence.closed = true;
                    outline.fences.extend(open.take().map(|(_, fence)| fence));
                }
            } else if ticks >= 3 {
                let info = trimmed(text, range.start + ticks..range.end);
                let opening = range.start..range.start + line.trim_end().len();
                let body = range.end..text.len();
                open = Some((ticks, Fence { info, body, opening, closed: false }));
            } else {
                outline.headings.extend(heading(text, range));
            }
        }
        outline.fences.extend(open.map(|(_, fence)| fence));
        outline
    }

    /// Everything below the heading at `index`, up to the next heading of its level or above.
    pub fn below(&self, index: usize) -> Range<usize> {
        let Some(heading) = self.headings.get(index) else { return self.end..self.end };
        let after = &self.headings[index + 1..];
        let end = after.iter().find(|next| next.level <= heading.level).map(|next| next.line.start);
        heading.line.end..end.unwrap_or(self.end)
    }

    /// What stands between the heading at `index` and the very next one.
    pub fn directly_below(&self, index: usize) -> Range<usize> {
        let start = self.headings.get(index).map_or(self.end, |heading| heading.line.end);
        start..self.headings.get(index + 1).map_or(self.end, |next| next.line.start)
    }

    /// The number of the first `##` heading with these words.
    pub fn section(&self, text: &str, title: &str) -> Option<usize> {
        self.headings
            .iter()
            .position(|heading| heading.level == 2 && text.get(heading.title.clone()) == Some(title))
    }

    /// The fences inside `range`.
    pub fn fences_in(&self, range: Range<usize>) -> impl Iterator<Item = &Fence> {
        self.fences.iter().filter(move |fence| range.contains(&fence.opening.start))
    }
}

fn heading(text: &str, line: Range<usize>) -> Option<Heading> {
    let level = leading(&text[line.clone()], '#');
    let title = trimmed(text, line.start + level..line.end);
    let blank = text.as_bytes().get(line.start + level).is_none_or(u8::is_ascii_whitespace);
    (1..=6).contains(&level).then_some(())?;
    blank.then_some(Heading { level, title, line })
}

/// How many of the one-byte character `mark` the line starts with.
fn leading(line: &str, mark: char) -> usize {
    line.len() - line.trim_start_matches(mark).len()
}

/// The range without the blanks at its ends.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_hide_headings_and_sections_end_at_their_level() {
        let text = "# a\nlead\n## Bad\n### one\n````yaml file=x\n# no\n```\n````\n## Good\nend";
        let outline = Outline::read(text, 0);
        let titles: Vec<&str> = outline.headings.iter().map(|h| &text[h.title.clone()]).collect();
        assert_eq!(titles, ["a", "Bad", "one", "Good"]);
        assert_eq!(&text[outline.fences[0].info.clone()], "yaml file=x");
        assert_eq!(&text[outline.fences[0].body.clone()], "# no\n```\n");
        assert!(text[outline.below(1)].ends_with("````\n"));
        assert_eq!(&text[outline.directly_below(0)], "lead\n");
        assert_eq!(&text[outline.below(3)], "end");
    }

    #[test]
    fn an_open_fence_reaches_to_the_end() {
        let text = "## Bad\n```yaml\na: 1\n";
        let outline = Outline::read(text, 0);
        assert!(!outline.fences[0].closed);
        assert_eq!(&text[outline.fences[0].body.clone()], "a: 1\n");
    }
}
