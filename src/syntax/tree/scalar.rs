//! Which type a plain scalar has.
//!
//! Reads text only; which scalars are plain, and what their tags are, is the tree's to say.

use super::Style;

/// The rules that type plain scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// As the Kubernetes API server's decoder has it: YAML 1.1 booleans and octals, `0o`, no sexagesimals.
    Kubernetes,
    /// YAML 1.2 core: `true`, `false`, decimal, `0o`, `0x`; merge keys too, as Compose and others read them.
    Core,
    /// JSON: the literals only.
    Json,
}

/// A typed scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// Another number.
    Float(f64),
    /// Text.
    String,
    /// Not knowable.
    Unknown,
}

impl Schema {
    /// Whether a plain `<<` key merges.
    pub fn merges(self) -> bool {
        self != Schema::Json
    }

    /// The type of a scalar of this text, style and tag.
    pub fn resolve(self, text: &str, style: Style, tag: Option<&str>) -> Resolved {
        match tag.map(short_tag) {
            None if style == Style::Plain => self.plain(text),
            None if style == Style::Absent => Resolved::Null,
            Some("null" | "bool" | "int") => self.plain(text),
            Some("float") => match self.plain(text) {
                Resolved::Int(value) => Resolved::Float(rounded(value)),
                other => other,
            },
            _ => Resolved::String,
        }
    }

    fn plain(self, text: &str) -> Resolved {
        match self {
            Schema::Kubernetes => kubernetes(text),
            Schema::Core => core(text),
            Schema::Json => json(text),
        }
    }
}

/// The nearest float, as decoders into floats have it.
#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 the nearest float is what a decoder gives too")]
pub(super) fn rounded(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "as `rounded`")]
fn rounded_unsigned(value: u64) -> f64 {
    value as f64
}

/// The name of a tag of YAML's own repository; other tags as they are.
fn short_tag(tag: &str) -> &str {
    let long = tag.strip_prefix("!<tag:yaml.org,2002:").and_then(|rest| rest.strip_suffix('>'));
    long.or_else(|| tag.strip_prefix("!!")).unwrap_or(tag)
}

/// YAML 1.1 as go-yaml reads it and hands it on as JSON.
fn kubernetes(text: &str) -> Resolved {
    let Some(&first) = text.as_bytes().first() else { return Resolved::Null };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => old_word(text),
        b'.' => infinite(text).unwrap_or_else(|| decimal_fraction(text)),
        b'0'..=b'9' | b'+' | b'-' => infinite(text).unwrap_or_else(|| kubernetes_number(text)),
        _ => Resolved::String,
    }
}

fn old_word(text: &str) -> Resolved {
    match text {
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        _ => Resolved::String,
    }
}

fn infinite(text: &str) -> Option<Resolved> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(Resolved::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(Resolved::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Resolved::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

fn kubernetes_number(text: &str) -> Resolved {
    let joined;
    let text = if text.contains('_') {
        joined = text.replace('_', "");
        &joined
    } else {
        text
    };
    let (sign, digits) = signed(text);
    let lead = digits.as_bytes();
    let whole = match (lead.first(), lead.get(1)) {
        (Some(b'0'), Some(b'x' | b'X')) => integer(sign, &digits[2..], 16),
        (Some(b'0'), Some(b'b' | b'B')) => integer(sign, &digits[2..], 2),
        (Some(b'0'), Some(b'o' | b'O')) => integer(sign, &digits[2..], 8),
        (Some(b'0'), Some(_)) => integer(sign, &digits[1..], 8),
        _ => integer(sign, digits, 10),
    };
    whole.unwrap_or_else(|| decimal_fraction(text))
}

/// A number with a fraction or an exponent; a whole one counts as an integer, as it does after the way through JSON.
fn decimal_fraction(text: &str) -> Resolved {
    match fraction(text) {
        // Exact in both types: below 2^63 in magnitude and without a fraction.
        Some(value) if value.fract() == 0.0 && value.abs() < 9.2e18 => Resolved::Int(value as i64),
        Some(value) if value.is_finite() => Resolved::Float(value),
        _ => Resolved::String,
    }
}

fn core(text: &str) -> Resolved {
    let Some(&first) = text.as_bytes().first() else { return Resolved::Null };
    match first {
        b'~' | b'n' | b'N' if matches!(text, "~" | "null" | "Null" | "NULL") => Resolved::Null,
        b't' | b'T' if matches!(text, "true" | "True" | "TRUE") => Resolved::Bool(true),
        b'f' | b'F' if matches!(text, "false" | "False" | "FALSE") => Resolved::Bool(false),
        b'0'..=b'9' | b'+' | b'-' | b'.' => infinite(text).unwrap_or_else(|| core_number(text)),
        _ => Resolved::String,
    }
}

fn core_number(text: &str) -> Resolved {
    let (sign, digits) = signed(text);
    let whole = if let Some(octal) = text.strip_prefix("0o") {
        integer("", octal, 8)
    } else if let Some(hex) = text.strip_prefix("0x") {
        integer("", hex, 16)
    } else {
        integer(sign, digits, 10)
    };
    whole.or_else(|| fraction(text).map(Resolved::Float)).unwrap_or(Resolved::String)
}

fn json(text: &str) -> Resolved {
    match text {
        "null" => Resolved::Null,
        "true" => Resolved::Bool(true),
        "false" => Resolved::Bool(false),
        _ if !json_number(text) => Resolved::String,
        _ => {
            let (sign, digits) = signed(text);
            let whole = integer(sign, digits, 10);
            whole.or_else(|| fraction(text).map(Resolved::Float)).unwrap_or(Resolved::String)
        }
    }
}

/// `-? ( 0 | [1-9] digits? ) ( '.' digits )? ( [eE] [-+]? digits )?`, of what else [`fraction`] lets pass.
fn json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    let leading_zero = whole > 1 && digits.starts_with('0');
    let bare_point = digits[whole..].strip_prefix('.').is_some_and(|rest| !rest.starts_with(ascii_digit));
    whole > 0 && !leading_zero && !bare_point
}

fn ascii_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn signed(text: &str) -> (&str, &str) {
    match text.as_bytes().first() {
        Some(b'+' | b'-') => text.split_at(1),
        _ => ("", text),
    }
}

/// An integer; `None` if there is a byte that is no digit of the base, or if it needs more than 64 bits.
fn integer(sign: &str, digits: &str, base: u32) -> Option<Resolved> {
    if digits.is_empty() || !digits.bytes().all(|byte| (byte as char).is_digit(base)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, base).ok()?;
    let value =
        if sign == "-" { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() };
    match value {
        Some(value) => Some(Resolved::Int(value)),
        None if sign.is_empty() => Some(Resolved::Float(rounded_unsigned(magnitude))),
        None => None,
    }
}

/// `[-+]? ( '.' digits | digits ('.' digits?)? ) ([eE] [-+]? digits)?`
fn fraction(text: &str) -> Option<f64> {
    let (_, rest) = signed(text);
    let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = &rest[whole..];
    if let Some(after) = rest.strip_prefix('.') {
        let part = after.bytes().take_while(u8::is_ascii_digit).count();
        if whole + part == 0 {
            return None;
        }
        rest = &after[part..];
    } else if whole == 0 {
        return None;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let (_, digits) = signed(exponent);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        rest = "";
    }
    if rest.is_empty() { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Resolved::{Bool, Float, Int, Null, String};

    fn kubernetes(text: &str) -> Resolved {
        Schema::Kubernetes.resolve(text, Style::Plain, None)
    }

    fn core(text: &str) -> Resolved {
        Schema::Core.resolve(text, Style::Plain, None)
    }

    #[test]
    fn kubernetes_reads_the_words_of_yaml_1_1() {
        for text in ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"] {
            assert_eq!(kubernetes(text), Bool(true), "{text}");
        }
        for text in ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"] {
            assert_eq!(kubernetes(text), Bool(false), "{text}");
        }
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(kubernetes(text), Null, "{text}");
        }
        for text in ["tRue", "yEs", "nULL", "oN", "=", "<<", "nginx", "-", "+", ".", "_", "0x", "0b", "_1"] {
            assert_eq!(kubernetes(text), String, "{text}");
        }
    }

    #[test]
    fn kubernetes_reads_numbers_of_yaml_1_1() {
        let whole = [
            ("0", 0),
            ("0644", 420),
            ("0o17", 15),
            ("0x1F", 31),
            ("0b11", 3),
            ("-0b11", -3),
            ("1_000", 1000),
            ("1__0", 10),
            ("08", 8),
            ("1.", 1),
            ("1e3", 1000),
            ("+1", 1),
            ("-0x10", -16),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ];
        for (text, value) in whole {
            assert_eq!(kubernetes(text), Int(value), "{text}");
        }
        for (text, value) in [(".5", 0.5), ("1_000.5", 1000.5), ("-1.5e-1", -0.15)] {
            assert_eq!(kubernetes(text), Float(value), "{text}");
        }
        assert_eq!(kubernetes("12345678901234567890123"), Float(12_345_678_901_234_567_890_123.0));
        assert_eq!(kubernetes("9223372036854775808"), Float(9_223_372_036_854_775_808.0));
        assert_eq!(kubernetes("-9223372036854775809"), Float(-9_223_372_036_854_775_809.0));
        assert_eq!(kubernetes("0777777777777777777777777"), Float(777_777_777_777_777_777_777_777.0));
        assert_eq!([kubernetes("0x1ffffffffffffffff"), kubernetes("1e400")], [String, String]);
        assert_eq!(kubernetes(".inf"), Float(f64::INFINITY));
        for text in
            ["1:30", "190:20:30.15", "2001-12-14", "2001-12-14T21:59:43.10-05:00", "1.2.3", "1e", "0o9"]
        {
            assert_eq!(kubernetes(text), String, "{text}");
        }
    }

    #[test]
    fn core_reads_only_the_words_of_yaml_1_2() {
        for text in ["yes", "no", "on", "off", "y", "n", "tRue", "0b11", "1_000", "-0x10"] {
            assert_eq!(core(text), String, "{text}");
        }
        for (text, value) in [("0644", 644), ("0o17", 15), ("0x1F", 31), ("-12", -12)] {
            assert_eq!(core(text), Int(value), "{text}");
        }
        assert_eq!(core("True"), Bool(true));
        assert_eq!(core("1e3"), Float(1000.0));
    }

    #[test]
    fn json_reads_its_literals_only() {
        let json = |text| Schema::Json.resolve(text, Style::Plain, None);
        assert_eq!([json("true"), json("null"), json("-0")], [Bool(true), Null, Int(0)]);
        assert_eq!([json("1.5e2"), json("12")], [Float(150.0), Int(12)]);
        for text in ["True", "~", "01", ".5", "1.", "2.e3", "0.e1", "+1", "0x1", "-.5", "-"] {
            assert_eq!(json(text), String, "{text}");
        }
    }

    #[test]
    fn a_tag_decides_before_the_text() {
        let resolve = |text, style, tag| Schema::Kubernetes.resolve(text, style, Some(tag));
        assert_eq!(resolve("12", Style::Plain, "!!str"), String);
        assert_eq!(resolve("12", Style::Double, "!!int"), Int(12));
        assert_eq!(resolve("12", Style::Plain, "!!float"), Float(12.0));
        assert_eq!(resolve("12", Style::Plain, "!<tag:yaml.org,2002:int>"), Int(12));
        assert_eq!(resolve("true", Style::Plain, "!Ref"), String);
        assert_eq!(resolve("", Style::Absent, "!!null"), Null);
    }
}
