//! The patterns of `${name#pattern}`: `*`, `?` and escapes, matched in bounded time.

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Any text on one line.
    Any,
    /// Any character but a line end.
    One,
    Char(char),
}

/// A pattern.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Step>);

/// Matches that cost more than this many steps are given up.
const BUDGET: usize = 1 << 22;

impl Pattern {
    /// Reads a pattern; none when it escapes what has no other meaning.
    pub(super) fn new(text: &str) -> Option<Pattern> {
        let mut steps = Vec::new();
        let mut chars = text.chars();
        while let Some(char) = chars.next() {
            steps.push(match char {
                '*' => Step::Any,
                '?' => Step::One,
                '\\' => Step::Char(chars.next().filter(|next| matches!(next, '}' | '/' | '*' | '?' | '\\'))?),
                _ => Step::Char(char),
            });
        }
        Some(Pattern(steps))
    }

    /// `text` without the match at its start.
    pub(super) fn trim_start(&self, text: &str, longest: bool) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let length = shortest_or_longest(&self.0, &chars, longest)?;
        Some(chars[length..].iter().collect())
    }

    /// `text` without the match at its end.
    pub(super) fn trim_end(&self, text: &str, longest: bool) -> Option<String> {
        let chars: Vec<char> = text.chars().rev().collect();
        let steps: Vec<Step> = self.0.iter().rev().copied().collect();
        let length = shortest_or_longest(&steps, &chars, longest)?;
        Some(chars[length..].iter().rev().collect())
    }

    /// `text` with the first match, or with all, replaced by `with`. Empty matches do not count.
    pub(super) fn replace(&self, text: &str, with: &str, all: bool) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        if chars.len().saturating_mul(chars.len()).saturating_mul(self.0.len().max(1)) > BUDGET {
            return None;
        }
        let mut out = String::new();
        let (mut at, mut done) = (0, false);
        while let Some(&char) = chars.get(at) {
            let length = if done { 0 } else { shortest_or_longest(&self.0, &chars[at..], true)? };
            if length == 0 {
                out.push(char);
                at += 1;
            } else {
                out.push_str(with);
                at += length;
                done = !all;
            }
        }
        Some(out)
    }
}

/// How many of `chars`, from the first on, `steps` match; 0 when they do not, none when it costs too much.
fn shortest_or_longest(steps: &[Step], chars: &[char], longest: bool) -> Option<usize> {
    if steps.len().saturating_mul(chars.len()) > BUDGET {
        return None;
    }
    // `ends[n]`: the steps so far can match exactly the first n characters.
    let mut ends = vec![false; chars.len() + 1];
    ends[0] = true;
    for step in steps {
        if *step == Step::Any {
            (1..ends.len()).for_each(|end| ends[end] |= ends[end - 1] && chars[end - 1] != '\n');
        } else {
            (1..ends.len()).rev().for_each(|end| ends[end] = ends[end - 1] && step.matches(chars[end - 1]));
            ends[0] = false;
        }
    }
    let found = if longest { ends.iter().rposition(|end| *end) } else { ends.iter().position(|end| *end) };
    Some(found.unwrap_or(0))
}

impl Step {
    fn matches(self, char: char) -> bool {
        match self {
            Step::Char(own) => own == char,
            _ => char != '\n',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::new(text).unwrap()
    }

    #[test]
    fn trims_the_shortest_or_the_longest_match() {
        assert_eq!(pattern("*/").trim_start("a/b/c", false).unwrap(), "b/c");
        assert_eq!(pattern("*/").trim_start("a/b/c", true).unwrap(), "c");
        assert_eq!(pattern("/*").trim_end("a/b/c", false).unwrap(), "a/b");
        assert_eq!(pattern("/*").trim_end("a/b/c", true).unwrap(), "a");
        assert_eq!(pattern("x?").trim_start("abc", true).unwrap(), "abc");
        assert_eq!(pattern("?").trim_end("añ", false).unwrap(), "a");
    }

    #[test]
    fn replaces_one_or_all() {
        assert_eq!(pattern(".").replace("1.2.3", "_", false).unwrap(), "1_2.3");
        assert_eq!(pattern(".").replace("1.2.3", "_", true).unwrap(), "1_2_3");
        assert_eq!(pattern(r"\*").replace("a*b", "", true).unwrap(), "ab");
    }

    #[test]
    fn gives_up_rather_than_take_for_ever() {
        assert_eq!(pattern(&"*a".repeat(2000)).trim_start(&"a".repeat(9000), true), None);
        assert!(Pattern::new(r"a\b").is_none());
    }
}
