//! Formats of text and numbers, as the API server reads them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::Quantity;
use crate::schema::types::Format;
use crate::syntax::tree::{Kind, Node};

/// What is wrong with a value that should be of this format.
pub(super) fn wrong(node: Node<'_>, kind: Kind, format: Format) -> Option<String> {
    let text = node.text();
    let is = |valid: bool, what: &str| (!valid).then(|| format!("`{}` is not {what}", shown(text)));
    if format == Format::Int32 {
        let fits = node.as_i64().is_none_or(|value| i32::try_from(value).is_ok());
        return (!fits).then(|| format!("`{text}` does not fit 32 bits"));
    }
    if format == Format::Quantity {
        let valid = kind != Kind::String || is_plain_quantity(text) || Quantity::parse(text).is_some();
        return is(valid, "a quantity such as `500m` or `1Gi`");
    }
    if kind != Kind::String {
        return None;
    }
    match format {
        Format::DateTime => is(date_time(text), "a time such as `2026-01-31T12:00:00Z`"),
        Format::Date => is(date(text.as_bytes()), "a date such as `2026-01-31`"),
        Format::Byte => is(base64(text), "base64"),
        Format::Ipv4 => is(text.parse::<Ipv4Addr>().is_ok(), "an IPv4 address"),
        Format::Ipv6 => is(text.parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
        Format::Cidr => is(cidr(text), "a network such as `10.0.0.0/8`"),
        Format::Uuid => is(uuid(text), "a UUID"),
        Format::None | Format::Int32 | Format::Quantity | Format::Metadata => None,
    }
}

/// Whether a text is one of the quantities that people write; there are others.
fn is_plain_quantity(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=9).contains(&digits) && matches!(&text[digits..], "m" | "Mi" | "Gi" | "Ki" | "k" | "M" | "G")
}

/// The start of a text.
fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() < text.trim_end().len() { format!("{short}…") } else { short }
}

/// Base64 with padding, line breaks between, as Go's decoder takes it.
fn base64(text: &str) -> bool {
    let bytes = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r'));
    let (mut count, mut padding) = (0_usize, 0_usize);
    for byte in bytes {
        count += 1;
        match byte {
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => {}
            _ => return false,
        }
    }
    count % 4 == 0 && padding <= 2
}

/// `2026-01-31T12:00:00Z`, with a fraction or an offset; RFC 3339.
fn date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((day, clock)) = bytes.split_at_checked(10) else { return false };
    let Some((time, rest)) = clock.split_at_checked(9) else { return false };
    let fraction = rest.strip_prefix(b".").map_or(0, |rest| {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 { usize::MAX } else { digits + 1 }
    });
    let zone = rest.get(fraction..).unwrap_or_default();
    date(day)
        && shape(time, b"T00:00:00")
        && number(&time[1..3]) < 24
        && number(&time[4..6]) < 60
        && number(&time[7..9]) < 60
        && (zone == b"Z" || shape(zone, b"+00:00") || shape(zone, b"-00:00"))
}

fn date(text: &[u8]) -> bool {
    shape(text, b"0000-00-00") && (1..=12).contains(&number(&text[5..7])) && {
        let day = number(&text[8..10]);
        (1..=31).contains(&day)
    }
}

/// Whether `text` is like `example`, where `0` stands for any digit.
fn shape(text: &[u8], example: &[u8]) -> bool {
    let like =
        |(byte, wanted): (&u8, &u8)| if *wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == example.len() && text.iter().zip(example).all(like)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit.wrapping_sub(b'0')))
}

fn cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    bits.parse::<u8>().is_ok_and(|bits| bits <= if address.is_ipv4() { 32 } else { 128 })
}

fn uuid(text: &str) -> bool {
    let dashes = text.len() == 36 && [8, 13, 18, 23].iter().all(|&at| text.as_bytes()[at] == b'-');
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    digits == 32 && (dashes || text.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_read_as_the_server_reads_them() {
        for text in ["", "YQ==", "YWI=", "YWJj", "YWJj\nYWJj\n"] {
            assert!(base64(text), "{text}");
        }
        for text in ["a", "YQ", "YQ=", "pass word", "YQ==YQ==", "é"] {
            assert!(!base64(text), "{text}");
        }
        for text in ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123456+02:00"] {
            assert!(date_time(text), "{text}");
        }
        for text in
            ["", "2026-01-31", "2026-01-31 12:00:00Z", "2026-13-31T12:00:00Z", "2026-01-31T12:00:00.Z"]
        {
            assert!(!date_time(text), "{text}");
        }
        assert!(cidr("10.0.0.0/8") && cidr("::/0") && !cidr("10.0.0.0/33") && !cidr("10.0.0.0"));
        assert!(uuid("01234567-89ab-cdef-0123-456789abcdef") && !uuid("x"));
    }
}
