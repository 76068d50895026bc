//! The fingerprints by which GitHub recognises an alert after its line has moved.
//!
//! Not ours to design: these must equal what the upload action computes, or it warns, so this follows its
//! published definition. A line's hash covers the 100 UTF-16 units from its start, spaces and tabs left out,
//! every line end as one `\n`, then one 65535 for the end of the file, then zeros. It is their value as digits in
//! base 37, modulo 2⁶⁴, and after a colon the number of lines so far that had the same.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::iter;

/// Units that a hash covers.
const WINDOW: usize = 100;
const BASE: u64 = 37;
const LINE_END: u16 = 0x0A;
const FILE_END: u16 = 0xFFFF;

/// The hash of every line of `text`, in order, computed in one pass. A lone `\r` ends a line here.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let out_weight = BASE.wrapping_pow(WINDOW as u32);
    let mut window = VecDeque::from(vec![0_u16; WINDOW]);
    let mut hash = 0_u64;
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut open: VecDeque<usize> = VecDeque::new();
    let mut lines = Vec::new();
    let mut at_start = true;
    let units = normalised(text).chain([FILE_END]);
    let padded = units.map(Some).chain(iter::repeat_n(None, WINDOW));
    for (at, unit) in padded.enumerate() {
        if open.front().is_some_and(|&start| start + WINDOW == at) {
            open.pop_front();
            let count = counts.entry(hash).and_modify(|count| *count += 1).or_insert(1);
            lines.push(format!("{hash:x}:{count}"));
        }
        if at_start && unit.is_some() {
            open.push_back(at);
        }
        at_start = unit == Some(LINE_END);
        let unit = unit.unwrap_or(0);
        let gone = window.pop_front().unwrap_or(0);
        window.push_back(unit);
        hash = hash
            .wrapping_mul(BASE)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(out_weight.wrapping_mul(u64::from(gone)));
    }
    lines
}

/// The units that count, line ends as `\n`.
fn normalised(text: &str) -> impl Iterator<Item = u16> + '_ {
    let mut after_return = false;
    text.encode_utf16().filter_map(move |unit| {
        let was_after_return = std::mem::replace(&mut after_return, unit == 0x0D);
        match unit {
            0x20 | 0x09 => None,
            LINE_END if was_after_return => None,
            0x0D => Some(LINE_END),
            _ => Some(unit),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, word by word, in quadratic time.
    fn by_definition(text: &str) -> Vec<String> {
        let mut units: Vec<u16> = normalised(text).collect();
        units.push(FILE_END);
        let starts: Vec<usize> =
            (0..units.len()).filter(|&at| at == 0 || units[at - 1] == LINE_END).collect();
        units.extend([0; WINDOW]);
        let mut seen: Vec<u64> = Vec::new();
        let mut hashes = Vec::new();
        for start in starts {
            let digits = &units[start..start + WINDOW];
            let hash =
                digits.iter().fold(0_u64, |hash, &unit| hash.wrapping_mul(37).wrapping_add(u64::from(unit)));
            seen.push(hash);
            hashes.push(format!("{hash:x}:{}", seen.iter().filter(|&&other| other == hash).count()));
        }
        hashes
    }

    #[test]
    fn equals_the_definition() {
        let long = "image: nginx 𐐀\r\n".repeat(40) + &"x".repeat(300) + "\n\n \t";
        for text in ["", "\n", "a", " a\r\nb\n\rc", "\r \n", &long] {
            assert_eq!(line_hashes(text), by_definition(text), "{text:?}");
        }
    }

    #[test]
    fn has_the_known_hash_of_an_empty_file() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
    }

    #[test]
    fn counts_equal_lines() {
        let hashes = line_hashes(&"a line that is there quite a few times over\n".repeat(6));
        let first = hashes[0].split(':').next().unwrap().to_owned();
        assert_eq!(hashes[..3], [format!("{first}:1"), format!("{first}:2"), format!("{first}:3")]);
        assert_eq!(hashes.len(), 7);
    }

    #[test]
    fn ignores_indentation_and_kinds_of_line_ends() {
        assert_eq!(line_hashes("a: 1\n  b: 2\nc"), line_hashes("a:1\r\nb:2\rc"));
    }
}
