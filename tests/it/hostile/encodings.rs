//! Texts that are not plain UTF-8 with line feeds.

use super::assert_outcome;
use super::rows::Expect::{self, Analysed, Says};
use crate::scratch::{Folder, PRIVILEGED};

fn utf16(bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{PRIVILEGED}").encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_text_is_read() {
    let noted = Says("syntax-error");
    let found = Says("privileged-container");
    let with = |bytes: &[u8]| [PRIVILEGED.as_bytes(), b"# ", bytes, b"\n"].concat();
    let rows: [(&str, Vec<u8>, &[Expect]); 10] = [
        ("Latin-1", with(b"caf\xE9"), &[noted, found]),
        ("UTF-16, least byte first", utf16(u16::to_le_bytes), &[Analysed, found]),
        ("UTF-16, most byte first", utf16(u16::to_be_bytes), &[Analysed, found]),
        ("a mark", format!("\u{feff}{PRIVILEGED}").into(), &[Analysed, found]),
        ("NUL", with(b"\0"), &[noted, found]),
        ("CRLF", PRIVILEGED.replace('\n', "\r\n").into(), &[Analysed, found]),
        ("lone CR", PRIVILEGED.replace('\n', "\r").into(), &[Analysed, found]),
        ("U+2028", with("\u{2028}privileged: false".as_bytes()), &[Analysed, found]),
        ("NEL", with("\u{85}privileged: false".as_bytes()), &[Analysed, found]),
        ("bidi", with("\u{202e}}} false\u{2066}".as_bytes()), &[Analysed, found]),
    ];
    for (what, bytes, expected) in rows {
        let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
        folder.add("a.yaml", bytes);
        let run = folder.check(&["--isolated"]);
        for expect in expected {
            assert_outcome(&run, "a.yaml", *expect, what);
        }
    }
}

#[test]
fn no_byte_is_too_many() {
    for text in ["", "\n", "\u{feff}", "---\n", "\0", "{{", "FROM", "\r"] {
        for path in ["a.yaml", "a.json", "Dockerfile", "a"] {
            let folder = Folder::with(&[("sibling.yaml", PRIVILEGED), (path, text)]);
            let run = folder.check(&["--select", "ALL", path, "sibling.yaml"]);
            run.assert_sibling("sibling.yaml", &format!("{path} with {text:?}"));
        }
    }
}
