//! Dates and durations as numbers and as text. Knows no time zones but fixed offsets.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// The seconds that a timestamp may have: the years 1 to 9999.
pub(super) const VALID: RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

const DAY: i64 = 86_400;

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: i64,
    /// 1 to 31.
    pub(super) day: i64,
}

/// Days since 1970-01-01 of a date.
pub(super) fn days(date: Date) -> i64 {
    // Counted in years that begin in March, so that the leap day is the last.
    let year = if date.month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day counted from 1970-01-01.
pub(super) fn date(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    Date { year: era * 400 + year_of_era + i64::from(month <= 2), month, day }
}

/// Days since 1970 and seconds of that day.
pub(super) fn split(seconds: i64) -> (i64, i64) {
    (seconds.div_euclid(DAY), seconds.rem_euclid(DAY))
}

/// Reads RFC 3339: seconds since 1970, and nanoseconds.
pub(super) fn parse(text: &str) -> Option<(i64, u32)> {
    let number = |from: usize, to: usize| -> Option<i64> {
        let part = text.get(from..to)?;
        if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
    };
    let bytes = text.as_bytes();
    let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    if marks.iter().any(|&(at, mark)| bytes.get(at) != Some(&mark))
        || !matches!(bytes.get(10), Some(b'T' | b't'))
    {
        return None;
    }
    let date = Date { year: number(0, 4)?, month: number(5, 7)?, day: number(8, 10)? };
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !(1..=12).contains(&date.month) || !(1..=31).contains(&date.day) || self::date(days(date)) != date {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (nanos, zone) = fraction(text.get(19..)?)?;
    let offset = if matches!(zone, "Z" | "z") { 0 } else { zone_offset(zone)? };
    let seconds = days(date) * DAY + hour * 3_600 + minute * 60 + second - offset;
    VALID.contains(&seconds).then_some((seconds, nanos))
}

/// Cuts `.123` off: nanoseconds, and the rest.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let digits = &rest[..end.min(9)];
    let value: u32 = digits.parse().ok()?;
    Some((value * 10_u32.pow(9 - digits.len() as u32), &rest[end..]))
}

/// Seconds east of UTC of `UTC`, `+05:30`, `-02:30` or `02:00`.
pub(super) fn zone_offset(zone: &str) -> Option<i64> {
    if matches!(zone, "UTC" | "Z" | "GMT") {
        return Some(0);
    }
    let (sign, rest) = match zone.as_bytes().first()? {
        b'-' => (-1, &zone[1..]),
        b'+' => (1, &zone[1..]),
        _ => (1, zone),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let valid =
        [hours, minutes].iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (valid && hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// RFC 3339 in UTC, with as many digits of a second as are needed.
pub(super) fn show(seconds: i64, nanos: u32) -> String {
    let (days, second) = split(seconds);
    let date = date(days);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let mut out =
        format!("{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}", date.year, date.month, date.day);
    push_fraction(&mut out, u64::from(nanos));
    out.push('Z');
    out
}

fn push_fraction(out: &mut String, nanos: u64) {
    if nanos > 0 {
        let digits = format!("{nanos:09}");
        // Writing to a string cannot fail.
        let _ = write!(out, ".{}", digits.trim_end_matches('0'));
    }
}

/// Seconds with an `s`.
pub(super) fn show_duration(nanos: i64) -> String {
    let size = nanos.unsigned_abs();
    let mut out = if nanos < 0 { "-".to_owned() } else { String::new() };
    out.push_str(&(size / 1_000_000_000).to_string());
    push_fraction(&mut out, size % 1_000_000_000);
    out.push('s');
    out
}

/// Reads `1h30m`, `-1.5s`, `250ms`: nanoseconds.
pub(super) fn parse_duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (whole, part) = rest[..end].split_once('.').unwrap_or((&rest[..end], ""));
        if whole.len() + part.len() == 0 || part.contains('.') || whole.len() > 18 {
            return None;
        }
        rest = &rest[end..];
        let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        let unit: i128 = match &rest[..end] {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        rest = &rest[end..];
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        total = total.checked_add(whole * unit)?;
        let mut place = unit;
        for digit in part.bytes() {
            place /= 10;
            total += i128::from(digit - b'0') * place;
        }
    }
    i64::try_from(sign * total).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_agree() {
        assert_eq!(days(Date { year: 1970, month: 1, day: 1 }), 0);
        assert_eq!(days(Date { year: 2000, month: 3, day: 1 }), 11_017);
        for day in (-719_162..2_932_896).step_by(97) {
            assert_eq!(days(date(day)), day);
        }
    }

    #[test]
    fn text_round_trips() {
        for text in ["2009-02-13T23:31:30Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"] {
            assert_eq!(parse(text).map(|(seconds, nanos)| show(seconds, nanos)).as_deref(), Some(text));
        }
        assert_eq!(parse("2023-02-29T00:00:00Z"), None);
        assert_eq!(parse("2009-02-13T23:31:30+01:00"), parse("2009-02-13T22:31:30Z"));
        assert_eq!(parse_duration("1h45m47s").map(show_duration).as_deref(), Some("6347s"));
        assert_eq!(parse_duration("-1.5s").map(show_duration).as_deref(), Some("-1.5s"));
    }
}
