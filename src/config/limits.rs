//! Sizes: how much of an input is read.

/// Bytes above which a file is not read, unless the command line says otherwise: 10 MiB.
pub const DEFAULT_FILE_SIZE: u64 = 10 << 20;

const UNITS: [(&str, u64); 7] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("b", 1),
];

/// Reads a number of bytes: `4096`, `10MiB`, `2 MB`; case does not matter.
pub fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let (digits, unit) = UNITS
        .iter()
        .find_map(|(unit, bytes)| text.strip_suffix(unit).map(|digits| (digits.trim_end(), *bytes)))
        .unwrap_or((&text, 1));
    // `u64::from_str` takes a sign, a size does not.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok())??.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(parse_size("4096"), Some(4096));
        assert_eq!(parse_size("10MiB"), Some(DEFAULT_FILE_SIZE));
        assert_eq!(parse_size(" 2 kB "), Some(2000));
        for wrong in ["", "MiB", "-1", "+1", "1.5MB", "10 miles", "99999999999GiB"] {
            assert_eq!(parse_size(wrong), None, "{wrong}");
        }
    }
}
