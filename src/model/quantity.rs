//! Amounts of resources as Kubernetes writes them: `500m`, `1.5Gi`, `1e3`.

use std::fmt;

/// An amount, exact to a billionth; finer digits round up, as the API server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    nanos: i128,
}

const NANOS: i128 = 1_000_000_000;

impl Quantity {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Quantity { nanos: i128::from(value) * NANOS }
    }

    /// The amount that `text` says, or nothing if it is not a quantity.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, suffix) = rest.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.len() + fraction.len() == 0 || fraction.contains('.') {
            return None;
        }
        let nanos = scale(whole, fraction, Suffix::parse(suffix)?)?;
        Some(Quantity { nanos: if negative { -nanos } else { nanos } })
    }

    /// The integer, if it is one and fits.
    pub fn as_i64(self) -> Option<i64> {
        if self.nanos % NANOS == 0 { i64::try_from(self.nanos / NANOS).ok() } else { None }
    }

    /// The nearest floating-point number.
    #[expect(clippy::cast_precision_loss, reason = "the nearest is what is asked for")]
    pub fn as_f64(self) -> f64 {
        self.nanos as f64 / NANOS as f64
    }

    /// -1, 0 or 1.
    pub fn sign(self) -> i64 {
        self.nanos.signum() as i64
    }

    /// The sum, unless it is absurdly large.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.nanos.checked_add(other.nanos).map(|nanos| Quantity { nanos })
    }

    /// The difference, unless it is absurdly large.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.nanos.checked_sub(other.nanos).map(|nanos| Quantity { nanos })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos % NANOS == 0 {
            return write!(f, "{}", self.nanos / NANOS);
        }
        match self.nanos {
            nanos if nanos % 1_000_000 == 0 => write!(f, "{}m", nanos / 1_000_000),
            nanos if nanos % 1_000 == 0 => write!(f, "{}u", nanos / 1_000),
            nanos => write!(f, "{nanos}n"),
        }
    }
}

/// What a number is multiplied by.
#[derive(Clone, Copy)]
enum Suffix {
    Binary(u32),
    Decimal(i32),
}

impl Suffix {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "" => Suffix::Decimal(0),
            "n" => Suffix::Decimal(-9),
            "u" => Suffix::Decimal(-6),
            "m" => Suffix::Decimal(-3),
            "k" => Suffix::Decimal(3),
            "M" => Suffix::Decimal(6),
            "G" => Suffix::Decimal(9),
            "T" => Suffix::Decimal(12),
            "P" => Suffix::Decimal(15),
            "E" => Suffix::Decimal(18),
            "Ki" => Suffix::Binary(10),
            "Mi" => Suffix::Binary(20),
            "Gi" => Suffix::Binary(30),
            "Ti" => Suffix::Binary(40),
            "Pi" => Suffix::Binary(50),
            "Ei" => Suffix::Binary(60),
            _ => Suffix::Decimal(text.strip_prefix(['e', 'E'])?.parse().ok()?),
        })
    }
}

/// The nanos of `whole.fraction` times the suffix, rounded up; nothing if that is absurdly large.
fn scale(whole: &str, fraction: &str, suffix: Suffix) -> Option<i128> {
    let (mut digits, shift) = match suffix {
        Suffix::Binary(bits) => (1_i128 << bits, 9),
        Suffix::Decimal(power) => (1, power.checked_add(9)?),
    };
    // Digits beyond these cannot change the result except by rounding up.
    let kept = fraction.len().min(18);
    let dropped = fraction.as_bytes()[kept..].iter().any(|&byte| byte != b'0');
    let mut mantissa: i128 = 0;
    for byte in whole.bytes().chain(fraction.bytes().take(kept)) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
    }
    digits = mantissa.checked_mul(digits)?;
    let shift = shift.checked_sub(i32::try_from(kept).ok()?)?;
    if digits == 0 {
        return Some(i128::from(dropped));
    }
    let power = 10_i128.checked_pow(shift.unsigned_abs());
    if shift >= 0 {
        return digits.checked_mul(power?);
    }
    let Some(power) = power else { return Some(1) };
    let round = i128::from(digits % power != 0 || dropped);
    Some(digits / power + round)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_scale() {
        let same = |left: &str, right: &str| {
            let (a, b) = (Quantity::parse(left), Quantity::parse(right));
            assert!(a.is_some() && a == b, "{left} = {right}: {a:?} {b:?}");
        };
        same("1", "1000m");
        same("1Ki", "1024");
        same("1.5Gi", "1536Mi");
        same("1e3", "1k");
        same("2E", "2000P");
        same(".5", "500m");
        same("5.", "5");
        same("-1", "-1000m");
        same("0.1234567891", "123456790n");
    }

    #[test]
    fn other_text_is_not_a_quantity() {
        for text in ["", ".", "m", "1 Gi", "1gi", "1Kib", "--1", "1.2.3", "1e", "1e99", "é", "-", "1K"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn shows_the_shortest_exact_form() {
        let show = |text| Quantity::parse(text).map(|quantity| quantity.to_string());
        assert_eq!(show("1.50"), Some("1500m".to_owned()));
        assert_eq!(show("2Ki"), Some("2048".to_owned()));
    }
}
