//! Expands variables, quotes and escapes in one word, as BuildKit does it. Knows no scopes: it asks for each
//! name.

use std::ops::Range;

use super::glob;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Set to this.
    Known(String),
    /// Certainly not set.
    Unset,
    /// Nobody can tell before the build.
    Unknown,
}

/// What a word stands for. Ranges are bytes of the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This text.
    Known(String),
    /// It depends on the variable in this range.
    Unknown(Range<usize>),
    /// BuildKit refuses the word: where, and why.
    Invalid(Range<usize>, String),
}

/// A variable that a word refers to, needed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The name alone.
    pub name: Range<usize>,
    /// Whether the name is unset and nothing such as `:-` says what then: it silently becomes empty.
    pub missing: bool,
}

/// The outcome of [`expand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expanded {
    /// What the word stands for.
    pub value: Value,
    /// The variables in it, in order.
    pub uses: Vec<Use>,
}

impl Expanded {
    /// The text, where it is known.
    pub fn known(&self) -> Option<&str> {
        if let Value::Known(text) = &self.value { Some(text) } else { None }
    }
}

/// Expands `raw`, in which `escape` is the escape character.
pub fn expand(raw: &str, escape: char, lookup: &dyn Fn(&str) -> Binding) -> Expanded {
    if !raw.contains(['$', '\'', '"', escape]) {
        return Expanded { value: Value::Known(raw.to_owned()), uses: Vec::new() };
    }
    let mut expander = Expander { raw, at: 0, escape, lookup, uses: Vec::new(), depth: 0, copied: 0 };
    let value = match expander.until(None, false) {
        Ok(Text { unknown: Some(variable), .. }) | Err(Stop::Bound(variable)) => Value::Unknown(variable),
        Ok(text) => Value::Known(text.text),
        Err(Stop::Invalid(range, message)) => Value::Invalid(range, message),
    };
    Expanded { value, uses: expander.uses }
}

/// The end of the variable whose `$` is at `start`; none when it is malformed.
pub(super) fn variable_end(raw: &str, start: usize, escape: char) -> Option<usize> {
    let lookup = &|_: &str| Binding::Unknown;
    let mut expander = Expander { raw, at: start, escape, lookup, uses: Vec::new(), depth: 0, copied: 0 };
    expander.variable().ok()?;
    Some(expander.at)
}

/// Variables inside one another; what is deeper counts as unknown.
const DEEPEST: usize = 64;

/// Bytes that variables may add to one word: values that double from line to line must not grow for ever.
const LARGEST: usize = 1 << 16;

/// Expanded text; it is worthless when a part of it is unknown.
#[derive(Default)]
struct Text {
    text: String,
    unknown: Option<Range<usize>>,
}

enum Stop {
    Invalid(Range<usize>, String),
    Bound(Range<usize>),
}

struct Expander<'a> {
    raw: &'a str,
    at: usize,
    escape: char,
    lookup: &'a dyn Fn(&str) -> Binding,
    uses: Vec<Use>,
    depth: usize,
    /// Bytes of values put in so far.
    copied: usize,
}

impl Text {
    fn push(&mut self, other: &Text) {
        self.text.push_str(&other.text);
        self.unknown = self.unknown.take().or(other.unknown.clone());
    }
}

impl Expander<'_> {
    fn peek(&self) -> Option<char> {
        self.raw.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    fn eat(&mut self, char: char) -> bool {
        let found = self.peek() == Some(char);
        self.at += if found { char.len_utf8() } else { 0 };
        found
    }

    /// Expands up to `stop`, which is passed, or to the end of the word. In patterns escapes stay.
    fn until(&mut self, stop: Option<char>, keep_escapes: bool) -> Result<Text, Stop> {
        let mut out = Text::default();
        loop {
            let start = self.at;
            match self.next() {
                None if stop.is_some() => return Err(self.fault(start, "`${` has no `}`")),
                None => return Ok(out),
                char if stop.is_some() && char == stop => return Ok(out),
                Some('\'') => out.text.push_str(self.single_quoted(start)?),
                Some('"') => out.push(&self.double_quoted(start, keep_escapes)?),
                Some('$') => {
                    self.at = start;
                    out.push(&self.variable()?);
                }
                Some(char) if char == self.escape => {
                    if keep_escapes {
                        out.text.push(char);
                    }
                    out.text.extend(self.next());
                }
                Some(char) => out.text.push(char),
            }
        }
    }

    fn fault(&self, start: usize, message: impl Into<String>) -> Stop {
        Stop::Invalid(start..self.at.max(start), message.into())
    }

    fn single_quoted(&mut self, start: usize) -> Result<&str, Stop> {
        let rest = self.raw.get(self.at..).unwrap_or_default();
        let Some((inside, _)) = rest.split_once('\'') else {
            return Err(self.fault(start, "quote `'` is never closed"));
        };
        self.at += inside.len() + 1;
        Ok(inside)
    }

    fn double_quoted(&mut self, start: usize, keep_escapes: bool) -> Result<Text, Stop> {
        let mut out = Text::default();
        loop {
            let here = self.at;
            match self.next() {
                None => {
                    self.at = start + 1;
                    return Err(self.fault(start, "quote `\"` is never closed"));
                }
                Some('"') => return Ok(out),
                Some('$') => {
                    self.at = here;
                    out.push(&self.variable()?);
                }
                Some(char) if char == self.escape => {
                    if keep_escapes {
                        out.text.push(char);
                    }
                    match self.peek() {
                        None => {}
                        Some(next) if next == '"' || next == '$' || next == self.escape => {
                            out.text.extend(self.next());
                        }
                        Some(_) => out.text.push(char),
                    }
                }
                Some(char) => out.text.push(char),
            }
        }
    }

    /// Expands the variable whose `$` is here.
    fn variable(&mut self) -> Result<Text, Stop> {
        let start = self.at;
        self.at += 1;
        if !self.eat('{') {
            let name = self.name();
            if name.is_empty() {
                return Ok(Text { text: "$".into(), unknown: None });
            }
            let binding = self.bound(name, true);
            return self.plain(binding, start);
        }
        if matches!(self.peek(), Some('{' | '}' | ':')) {
            self.next();
            return Err(self.fault(start, "variable has no name"));
        }
        if self.depth == DEEPEST {
            return Err(Stop::Bound(start..self.at));
        }
        self.depth += 1;
        let text = self.braced(start)?;
        self.depth -= 1;
        Ok(text)
    }

    /// A name, which is letters, or only digits, or one special character.
    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        match self.peek() {
            Some(char) if char.is_numeric() => {
                while self.peek().is_some_and(char::is_numeric) && self.next().is_some() {}
            }
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => self.at += 1,
            _ => {
                while self.peek().is_some_and(|char| char.is_alphanumeric() || char == '_')
                    && self.next().is_some()
                {}
            }
        }
        start..self.at
    }

    fn bound(&mut self, name: Range<usize>, needed: bool) -> Binding {
        let binding = (self.lookup)(self.raw.get(name.clone()).unwrap_or_default());
        self.uses.push(Use { name, missing: needed && binding == Binding::Unset });
        binding
    }

    fn plain(&mut self, binding: Binding, start: usize) -> Result<Text, Stop> {
        Ok(match binding {
            Binding::Known(text) => {
                self.copied += text.len();
                if self.copied > LARGEST {
                    return Err(Stop::Bound(start..self.at));
                }
                Text { text, unknown: None }
            }
            Binding::Unset => Text::default(),
            Binding::Unknown => self.unknown(start),
        })
    }

    fn unknown(&self, start: usize) -> Text {
        Text { text: String::new(), unknown: Some(start..self.at) }
    }

    /// The rest of a variable behind `${`.
    fn braced(&mut self, start: usize) -> Result<Text, Stop> {
        let name = self.name();
        let modifier = self.at;
        let char = self.next();
        match char {
            None => Err(self.fault(start, "`${` has no `}`")),
            Some('}') => {
                let binding = self.bound(name, true);
                self.plain(binding, start)
            }
            Some('-' | '+' | '?') => self.default(start, name, char, false),
            Some(':') => {
                let char = self.next();
                if matches!(char, Some('-' | '+' | '?')) {
                    return self.default(start, name, char, true);
                }
                Err(self.unsupported(modifier))
            }
            Some('#') => self.trim(start, name, '#'),
            Some('%') => self.trim(start, name, '%'),
            Some('/') => self.replace(start, name),
            Some(_) => Err(self.unsupported(modifier)),
        }
    }

    fn unsupported(&self, modifier: usize) -> Stop {
        let text = self.raw.get(modifier..self.at).unwrap_or_default();
        self.fault(
            modifier,
            format!("`{}` is no modifier that BuildKit knows in `${{…}}`", text.escape_debug()),
        )
    }

    /// `${name-word}` and its kin; with a colon an empty value counts as unset.
    fn default(
        &mut self,
        start: usize,
        name: Range<usize>,
        char: Option<char>,
        colon: bool,
    ) -> Result<Text, Stop> {
        let word = self.nested(start, '}', false)?;
        let range = name.clone();
        let binding = self.bound(name, false);
        let set = match &binding {
            Binding::Unknown => return Ok(self.unknown(start)),
            Binding::Unset => false,
            Binding::Known(text) => !(colon && text.is_empty()),
        };
        match char {
            Some('-') if !set => Ok(word),
            Some('+') => Ok(if set { word } else { Text::default() }),
            Some('?') if !set => {
                let name = self.raw.get(range).unwrap_or_default();
                let reason = if word.text.is_empty() { "must be set" } else { &word.text };
                Err(self.fault(start, format!("`{}`: {}", name.escape_debug(), reason.escape_debug())))
            }
            _ => self.plain(binding, start),
        }
    }

    /// A part of `${…}`; the whole of it is at fault when it does not end.
    fn nested(&mut self, start: usize, stop: char, keep_escapes: bool) -> Result<Text, Stop> {
        self.until(Some(stop), keep_escapes).map_err(|error| match error {
            Stop::Invalid(range, message) if range.start == self.raw.len() => {
                let end = self.raw.len().min(start + 2);
                Stop::Invalid(start..end, message)
            }
            other => other,
        })
    }

    /// `${name#pattern}`, `##`, `%` or `%%`: doubled, the longest match goes.
    fn trim(&mut self, start: usize, name: Range<usize>, side: char) -> Result<Text, Stop> {
        let word = self.nested(start, '}', true)?;
        let (pattern, longest) =
            word.text.strip_prefix(side).map_or((&*word.text, false), |rest| (rest, true));
        let binding = self.bound(name, true);
        self.with_pattern(start, &binding, pattern, word.unknown, |pattern, text| {
            if side == '#' { pattern.trim_start(text, longest) } else { pattern.trim_end(text, longest) }
        })
    }

    /// `${name/pattern/text}`, or `//` for every match.
    fn replace(&mut self, start: usize, name: Range<usize>) -> Result<Text, Stop> {
        let all = self.eat('/');
        let pattern = self.nested(start, '/', true)?;
        let with = self.nested(start, '}', true)?;
        let binding = self.bound(name, true);
        let unknown = pattern.unknown.or(with.unknown);
        self.with_pattern(start, &binding, &pattern.text, unknown, |pattern, text| {
            pattern.replace(text, &with.text, all)
        })
    }

    fn with_pattern(
        &self,
        start: usize,
        binding: &Binding,
        pattern: &str,
        unknown: Option<Range<usize>>,
        apply: impl FnOnce(&glob::Pattern, &str) -> Option<String>,
    ) -> Result<Text, Stop> {
        let text = match (binding, unknown) {
            (_, Some(part)) => return Ok(Text { text: String::new(), unknown: Some(part) }),
            (Binding::Unknown, None) => return Ok(self.unknown(start)),
            (Binding::Unset, None) => "",
            (Binding::Known(text), None) => text,
        };
        let Some(pattern) = glob::Pattern::new(pattern) else {
            return Err(self.fault(start, "pattern escapes a character that needs no escape"));
        };
        Ok(apply(&pattern, text).map_or_else(|| self.unknown(start), |text| Text { text, unknown: None }))
    }
}
