//! The exec form: a JSON array of strings, read as strictly as BuildKit reads it. Not a JSON parser for
//! anything else.

use crate::text::Span;

use super::logical::{Builder, Logical};
use super::tree::Word;

/// What text that may be an exec form turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Exec {
    /// An array of strings, decoded.
    Words(Vec<Word>),
    /// A JSON array with something else in it, such as this number: BuildKit refuses it.
    NotStrings(Span),
    /// Not a JSON array: it is the shell form.
    Not,
}

/// Arrays and objects inside one another; deeper text is not JSON for BuildKit either.
const DEEPEST: usize = 10_000;

/// Reads all of `text`.
pub(super) fn exec(text: &Logical) -> Exec {
    if !text.as_str().starts_with('[') {
        return Exec::Not;
    }
    let mut reader = Reader { text, bytes: text.as_str().as_bytes(), at: 0 };
    match reader.array() {
        None => Exec::Not,
        Some((_, Some(other))) => Exec::NotStrings(other),
        Some((words, None)) => Exec::Words(words),
    }
}

struct Reader<'a> {
    text: &'a Logical,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The strings of the array that is the whole text, and the first element that is no string.
    fn array(&mut self) -> Option<(Vec<Word>, Option<Span>)> {
        let mut words = Vec::new();
        let mut other = None;
        self.eat(b'[')?;
        if self.eat(b']').is_none() {
            loop {
                let start = self.skip_blanks();
                if self.bytes.get(start) == Some(&b'"') {
                    let text = self.string()?;
                    words.push(Word { span: self.text.span(start, self.at), text });
                } else {
                    self.value()?;
                    other = other.or(Some(self.text.span(start, self.at)));
                }
                if self.eat(b',').is_none() {
                    break;
                }
            }
            self.eat(b']')?;
        }
        (self.skip_blanks() == self.bytes.len()).then_some((words, other))
    }

    fn skip_blanks(&mut self) -> usize {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.at
    }

    /// Passes blanks and then `byte`, or returns none.
    fn eat(&mut self, byte: u8) -> Option<()> {
        let at = self.skip_blanks();
        (self.bytes.get(at) == Some(&byte)).then(|| self.at += 1)
    }

    /// Passes one value of any type. The brackets that are open are a list, not calls: input cannot exhaust
    /// the stack.
    fn value(&mut self) -> Option<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            if self.opens(&mut open)? {
                continue;
            }
            loop {
                let Some(&close) = open.last() else { return Some(()) };
                if self.eat(b',').is_some() {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.eat(close)?;
                open.pop();
            }
        }
    }

    /// Passes a scalar, an empty array or object, or an opening bracket; true for the last.
    fn opens(&mut self, open: &mut Vec<u8>) -> Option<bool> {
        let at = self.skip_blanks();
        let close = match self.bytes.get(at)? {
            b'[' => b']',
            b'{' => b'}',
            b'"' => return self.string().map(|_| false),
            _ => return self.scalar().map(|()| false),
        };
        self.at += 1;
        if self.eat(close).is_some() {
            return Some(false);
        }
        if close == b'}' {
            self.key()?;
        }
        open.push(close);
        (open.len() <= DEEPEST).then_some(true)
    }

    fn key(&mut self) -> Option<()> {
        let at = self.skip_blanks();
        (self.bytes.get(at) == Some(&b'"')).then_some(())?;
        self.string()?;
        self.eat(b':')
    }

    /// Passes a number, `true`, `false` or `null`.
    fn scalar(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        for literal in ["true", "false", "null"] {
            if rest.starts_with(literal.as_bytes()) {
                self.at += literal.len();
                return Some(());
            }
        }
        self.at += usize::from(rest.first() == Some(&b'-'));
        if self.bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    /// The string whose opening quote is here, decoded.
    fn string(&mut self) -> Option<Logical> {
        let mut builder = Builder::of(self.text);
        let place = self.text.span(self.at + 1, self.at + 1).start as usize;
        self.at += 1;
        let mut run = self.at;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => {
                    builder.append(self.text, run..self.at);
                    self.at += 1;
                    return Some(builder.finish(place));
                }
                b'\\' => {
                    builder.append(self.text, run..self.at);
                    let start = self.at;
                    let char = self.escape()?;
                    let span = self.text.span(start, self.at);
                    builder.push(char.encode_utf8(&mut [0; 4]), span.range());
                    run = self.at;
                }
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let letter = *self.bytes.get(self.at + 1)?;
        self.at += 2;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.hex(self.at)?;
                self.at += 4;
                self.code_point(unit)
            }
            _ => return None,
        })
    }

    /// The character of a UTF-16 unit, together with the low surrogate behind it; half a pair is U+FFFD.
    fn code_point(&mut self, unit: u16) -> char {
        let escaped = self.bytes.get(self.at..self.at + 2) == Some(br"\u");
        let low = escaped.then(|| self.hex(self.at + 2)).flatten();
        let pair = low.and_then(|low| char::decode_utf16([unit, low]).next()?.ok());
        if let Some(pair) = pair.filter(|&pair| pair > '\u{ffff}') {
            self.at += 6;
            return pair;
        }
        char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&self, at: usize) -> Option<u16> {
        let digits = self.bytes.get(at..at + 4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn read(text: &str) -> Exec {
        let mut builder = Builder::new(FileId(0));
        builder.push(text, 0..text.len());
        exec(&builder.finish(0))
    }

    fn words(text: &str) -> Vec<String> {
        match read(text) {
            Exec::Words(words) => words.iter().map(|word| word.as_str().to_owned()).collect(),
            other => vec![format!("{other:?}")],
        }
    }

    #[test]
    fn decodes_strings() {
        assert_eq!(words(r#"[ "a" , "b\"\u00e9\n" ]"#), ["a", "b\"é\n"]);
        assert_eq!(words(r#"["\ud83d\ude00", "\ud83dx", "\ud83d\u0041"]"#), ["😀", "\u{fffd}x", "\u{fffd}A"]);
        assert_eq!(words("[]"), Vec::<String>::new());
    }

    #[test]
    fn elements_know_their_place() {
        let Exec::Words(words) = read(r#"["ab\tc"]"#) else { panic!("no array") };
        assert_eq!(words[0].span, Span::new(FileId(0), 1, 8));
        assert_eq!(words[0].text.span(2, 4), Span::new(FileId(0), 4, 7));
    }

    #[test]
    fn anything_but_json_is_the_shell_form() {
        for text in
            ["['a']", "[\"a\"", "[\"a\",]", "[\"a\"] x", "[ -f x ]", "[01]", "[\"\t\"]", "[[[[", r#"["\x"]"#]
        {
            assert_eq!(read(text), Exec::Not, "{text}");
        }
    }

    #[test]
    fn json_of_other_types_is_pointed_at() {
        for (text, start, end) in
            [("[\"a\", 4.2e1]", 6, 11), ("[{\"a\": [null, {}]}, true]", 1, 18), ("[[]]", 1, 3)]
        {
            assert_eq!(read(text), Exec::NotStrings(Span::new(FileId(0), start, end)), "{text}");
        }
    }
}
