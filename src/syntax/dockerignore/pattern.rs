//! One pattern, held against paths in time that grows with both, whatever they say.

/// How a pattern and a path go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Fit {
    /// It matches the path, or a folder on the way to it.
    Whole,
    /// It may match something below the path.
    Inside,
    /// Neither.
    None,
}

#[derive(Debug)]
enum Token {
    Char(char),
    /// `?`: any character but `/`.
    One,
    /// `*`: any without `/`.
    Many,
    /// `**/`: any folders, or none. The token behind it is `Folder`.
    Folders,
    /// Inside of the folders that `**/` stands for.
    Folder,
    /// `**` at the end, or before plain text at the start: anything.
    Rest,
    /// `[a-z]`
    Class {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
}

/// A pattern without `!`.
#[derive(Debug)]
pub(in crate::syntax) struct Pattern {
    tokens: Vec<Token>,
}

type Characters<'t> = std::iter::Peekable<std::str::Chars<'t>>;

impl Pattern {
    /// Reads a pattern; the message says why it is none.
    pub(in crate::syntax) fn new(text: &str) -> Result<Pattern, &'static str> {
        let plain = |text: &str| !text.contains(['*', '?', '[', '\\']);
        let mut tokens = Vec::new();
        if let Some(rest) = text.strip_prefix("**").filter(|rest| !rest.starts_with('/') && plain(rest)) {
            tokens.push(Token::Rest);
            tokens.extend(rest.chars().map(Token::Char));
            return Ok(Pattern { tokens });
        }
        let mut rest = text.chars().peekable();
        while let Some(char) = rest.next() {
            match char {
                '*' if rest.next_if_eq(&'*').is_some() => {
                    rest.next_if_eq(&'/');
                    if rest.peek().is_none() {
                        tokens.push(Token::Rest);
                    } else {
                        tokens.extend([Token::Folders, Token::Folder]);
                    }
                }
                '*' => tokens.push(Token::Many),
                '?' => tokens.push(Token::One),
                '[' => tokens.push(class(&mut rest)?),
                '\\' => tokens.push(Token::Char(escaped(&mut rest)?)),
                char => tokens.push(Token::Char(char)),
            }
        }
        Ok(Pattern { tokens })
    }

    /// How it goes together with a path without `.` and `..`.
    pub(in crate::syntax) fn fits(&self, path: &str) -> Fit {
        let mut states = vec![false; self.tokens.len() + 1];
        self.enter(&mut states, 0);
        for char in path.chars() {
            if char == '/' && states[self.tokens.len()] {
                return Fit::Whole;
            }
            states = self.step(&states, char);
            if !states.contains(&true) {
                return Fit::None;
            }
        }
        if states[self.tokens.len()] {
            return Fit::Whole;
        }
        if self.step(&states, '/').contains(&true) { Fit::Inside } else { Fit::None }
    }

    fn step(&self, states: &[bool], char: char) -> Vec<bool> {
        let mut next = vec![false; states.len()];
        for at in (0..self.tokens.len()).filter(|&at| states[at]) {
            match &self.tokens[at] {
                Token::Char(own) if *own == char => self.enter(&mut next, at + 1),
                Token::One if char != '/' => self.enter(&mut next, at + 1),
                Token::Many if char != '/' => self.enter(&mut next, at),
                Token::Class { ranges, negated }
                    if char != '/'
                        && ranges.iter().any(|(low, high)| (*low..=*high).contains(&char)) != *negated =>
                {
                    self.enter(&mut next, at + 1);
                }
                Token::Rest => self.enter(&mut next, at),
                token @ (Token::Folders | Token::Folder) => {
                    let inside = if matches!(token, Token::Folders) { at + 1 } else { at };
                    next[inside] = true;
                    if char == '/' {
                        self.enter(&mut next, inside + 1);
                    }
                }
                _ => {}
            }
        }
        next
    }

    /// Goes into the state `at`, and those that need no more character.
    fn enter(&self, states: &mut [bool], mut at: usize) {
        loop {
            if states[at] {
                return;
            }
            states[at] = true;
            at += match self.tokens.get(at) {
                Some(Token::Many | Token::Rest) => 1,
                Some(Token::Folders) => 2,
                _ => return,
            };
        }
    }
}

fn escaped(rest: &mut Characters<'_>) -> Result<char, &'static str> {
    rest.next().ok_or("`\\` with nothing behind it; a build stops at it")
}

/// What follows a `[`.
fn class(rest: &mut Characters<'_>) -> Result<Token, &'static str> {
    const OPEN: &str = "`[` without the characters or the `]` that belong to it; a build stops at it";
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    while rest.peek() != Some(&']') || ranges.is_empty() {
        let low = one_of_class(rest)?.ok_or(OPEN)?;
        let high = if rest.next_if_eq(&'-').is_some() { one_of_class(rest)?.ok_or(OPEN)? } else { low };
        ranges.push((low, high));
    }
    rest.next();
    Ok(Token::Class { ranges, negated })
}

fn one_of_class(rest: &mut Characters<'_>) -> Result<Option<char>, &'static str> {
    match rest.next() {
        None | Some('-' | ']') => Ok(None),
        Some('\\') => escaped(rest).map(Some),
        found => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, path: &str) -> Fit {
        Pattern::new(pattern).map_or(Fit::None, |pattern| pattern.fits(path))
    }

    #[test]
    fn patterns_fit_as_in_a_build() {
        for (pattern, path) in [
            ("*", "a"),
            ("*/temp*", "x/temporary"),
            ("temp?", "tempa"),
            ("**/*.go", "x.go"),
            ("**/*.go", "a/b/x.go"),
            ("**/node_modules", "a/node_modules/x/y"),
            ("a/**", "a/b/c"),
            ("a/**/b", "a/b"),
            ("a/**/b", "a/x/y/b"),
            ("**.js", "a/x.js"),
            ("[a-c]x", "bx"),
            ("[^a]x", "bx"),
            ("a\\*", "a*"),
            ("**", "a/b"),
        ] {
            assert_eq!(fits(pattern, path), Fit::Whole, "{pattern} {path}");
        }
    }

    #[test]
    fn what_does_not_fit() {
        for (pattern, path) in [
            ("temp?", "temp"),
            ("a", "ab"),
            ("[a-c]", "d"),
            ("a\\*", "ab"),
            ("*.md", "x/y.md"),
            ("a?b", "a/b"),
        ] {
            assert_eq!(fits(pattern, path), Fit::None, "{pattern} {path}");
        }
        assert_eq!(fits("a/b/c", "a"), Fit::Inside);
        assert_eq!(fits("*/b", "a"), Fit::Inside);
        assert_eq!(fits("a/**/b", "a/xb"), Fit::Inside);
        assert_eq!(fits("**/b", "a"), Fit::Inside);
    }

    #[test]
    fn much_of_everything_takes_little_time() {
        let pattern = "**/*a".repeat(200);
        assert_eq!(fits(&pattern, &"a/".repeat(400)), Fit::Whole);
        assert_eq!(fits(&pattern, &"b/".repeat(400)), Fit::Inside);
    }

    #[test]
    fn what_is_no_pattern() {
        for text in ["[", "[]", "[a", "[a-", "[^]", "a\\"] {
            assert!(Pattern::new(text).is_err(), "{text}");
        }
    }
}
