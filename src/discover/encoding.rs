//! Bytes into text.

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// UTF-8. Offsets are those of the file, unless it was in UTF-16 or UTF-32.
    pub text: String,
    /// What is wrong with the bytes: offset in `text`, and a message.
    pub notes: Vec<(usize, String)>,
}

/// How the code units of a file are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big_endian: bool },
    Utf32 { big_endian: bool },
}

/// Reads UTF-8, and UTF-16 and UTF-32 as YAML recognises them; a byte that fits nowhere becomes `?`.
pub fn decode(bytes: Vec<u8>) -> Text {
    let (encoding, mark) = detect(&bytes);
    let mut text = match encoding {
        Encoding::Utf8 => utf8(bytes),
        Encoding::Utf16 { big_endian } => utf16(bytes.get(mark..).unwrap_or_default(), big_endian),
        Encoding::Utf32 { big_endian } => utf32(bytes.get(mark..).unwrap_or_default(), big_endian),
    };
    if let Some(at) = memchr::memchr(0, text.text.as_bytes()) {
        text.notes.push((at, "a NUL byte, which no text has".to_string()));
    }
    text
}

/// The encoding, and the length of a byte-order mark to drop.
fn detect(bytes: &[u8]) -> (Encoding, usize) {
    let utf16 = |big_endian| Encoding::Utf16 { big_endian };
    let utf32 = |big_endian| Encoding::Utf32 { big_endian };
    match bytes {
        [0, 0, 0xFE, 0xFF, ..] => (utf32(true), 4),
        [0xFF, 0xFE, 0, 0, ..] => (utf32(false), 4),
        [0xFE, 0xFF, ..] => (utf16(true), 2),
        [0xFF, 0xFE, ..] => (utf16(false), 2),
        // Without a mark: an ASCII character first, as every format here starts with one. Two of them are asked
        // for in UTF-16, so that a stray NUL does not turn a text into something else.
        [0, 0, 0, 1..=255, ..] => (utf32(true), 0),
        [1..=255, 0, 0, 0, ..] => (utf32(false), 0),
        [0, 1..=255, 0, 1..=255, ..] => (utf16(true), 0),
        [1..=255, 0, 1..=255, 0, ..] => (utf16(false), 0),
        _ => (Encoding::Utf8, 0),
    }
}

fn utf8(bytes: Vec<u8>) -> Text {
    let mut bytes = match String::from_utf8(bytes) {
        Ok(text) => return Text { text, notes: Vec::new() },
        Err(error) => error.into_bytes(),
    };
    let bad = bad_ranges(&bytes);
    let count: usize = bad.iter().map(ExactSizeIterator::len).sum();
    let first = bad.first().map_or(0, |range| range.start);
    for byte in bad.into_iter().flatten() {
        bytes[byte] = b'?';
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    Text { text, notes: vec![(first, invalid(count, "UTF-8"))] }
}

/// Where `bytes` are not UTF-8.
fn bad_ranges(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut bad = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        let end = at + chunk.invalid().len();
        if end > at {
            bad.push(at..end);
        }
        at = end;
    }
    bad
}

fn invalid(count: usize, encoding: &str) -> String {
    match count {
        1 => format!("a byte that is not {encoding}, read as `?`"),
        _ => format!("the first of {count} bytes that are not {encoding}, each read as `?`"),
    }
}

fn utf16(bytes: &[u8], big_endian: bool) -> Text {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    transcode(char::decode_utf16(units).map(Result::ok), rest.len(), "UTF-16")
}

fn utf32(bytes: &[u8], big_endian: bool) -> Text {
    let (fours, rest) = bytes.as_chunks::<4>();
    let units = fours
        .iter()
        .map(|four| if big_endian { u32::from_be_bytes(*four) } else { u32::from_le_bytes(*four) });
    transcode(units.map(char::from_u32), rest.len(), "UTF-32")
}

fn transcode(characters: impl Iterator<Item = Option<char>>, rest: usize, encoding: &str) -> Text {
    let mut text = String::new();
    let mut first = None;
    for character in characters.chain((rest > 0).then_some(None)) {
        if character.is_none() {
            first = first.or(Some(text.len()));
        }
        text.push(character.unwrap_or('?'));
    }
    let note = |at| (at, format!("a character that is not {encoding}, read as `?`"));
    Text { text, notes: first.map(note).into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<(usize, String)>) {
        let text = decode(bytes.to_vec());
        (text.text, text.notes)
    }

    #[test]
    fn every_encoding_of_the_same_text() {
        let text = "a: é𐐀\n";
        let be16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let le16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be32: Vec<u8> = text.chars().flat_map(|one| (one as u32).to_be_bytes()).collect();
        let le32: Vec<u8> = text.chars().flat_map(|one| (one as u32).to_le_bytes()).collect();
        for (mark, bytes) in [
            (&[0xFE, 0xFF][..], be16),
            (&[0xFF, 0xFE], le16),
            (&[0, 0, 0xFE, 0xFF], be32),
            (&[0xFF, 0xFE, 0, 0], le32),
            (&[], text.as_bytes().to_vec()),
        ] {
            assert_eq!(read(&bytes), (text.to_string(), vec![]));
            assert_eq!(read(&[mark, &bytes].concat()), (text.to_string(), vec![]));
        }
        assert_eq!(read("\u{feff}a".as_bytes()).0, "\u{feff}a", "the mark of UTF-8 stays");
    }

    #[test]
    fn bad_bytes_keep_their_places() {
        let (text, notes) = read(b"a: \xE9t\xE9 \xF0\x9F\x98");
        assert_eq!(text, "a: ?t? ???");
        assert_eq!(notes, [(3, "the first of 5 bytes that are not UTF-8, each read as `?`".to_string())]);
        assert_eq!(read(b"\xFF").1, [(0, "a byte that is not UTF-8, read as `?`".to_string())]);
    }

    #[test]
    fn odd_ends_and_lone_surrogates() {
        let (text, notes) = read(b"\xFE\xFF\0a\xD8\0\0b\0");
        assert_eq!(text, "a?b?");
        assert_eq!(notes, [(1, "a character that is not UTF-16, read as `?`".to_string())]);
    }

    #[test]
    fn nul_is_noted() {
        assert_eq!(read(b"ab\0c").1, [(2, "a NUL byte, which no text has".to_string())]);
        assert_eq!(read(b"a\0bc").0, "a\0bc", "one stray NUL makes no UTF-16");
        for tiny in [&b""[..], b"\0", b"a\0", b"\0\0", b"\0\0\0"] {
            let _ = read(tiny);
        }
    }
}
