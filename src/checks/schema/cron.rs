//! The schedules that a `CronJob` understands: five fields, or a word such as `@daily`. Source:
//! <https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax>.
//!
//! Does not know the time: it says what a schedule is, not when it is due.

use std::ops::RangeInclusive;

/// What cannot be read, and where in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// First byte.
    pub(super) from: usize,
    /// Past the last byte.
    pub(super) to: usize,
    /// What is wrong.
    pub(super) what: String,
}

/// The days that a schedule names, as bits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Days {
    /// Days of the month.
    of_month: u64,
    months: u64,
    /// Whether any day of the week will do.
    any_weekday: bool,
}

impl Days {
    /// Whether no month of these has such a day.
    pub(super) fn never(&self) -> bool {
        let long = |month: u64| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let mut months = (1..=12).filter(|month| self.months & (1 << month) != 0);
        self.any_weekday && !months.any(|month| self.of_month & ((2_u64 << long(month)) - 2) != 0)
    }
}

struct Field {
    name: &'static str,
    range: RangeInclusive<u32>,
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { name: "minute", range: 0..=59, names: &[] },
    Field { name: "hour", range: 0..=23, names: &[] },
    Field { name: "day of the month", range: 1..=31, names: &[] },
    Field {
        name: "month",
        range: 1..=12,
        names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Field {
        name: "day of the week",
        range: 0..=6,
        names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    },
];

const WORDS: &[&str] = &["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// The days of a schedule; `None` for a word, which is always due.
pub(super) fn parse(text: &str) -> Result<Option<Days>, Fault> {
    let fault = |from, to, what: String| Err(Fault { from, to, what });
    if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        let end = text.find(' ').unwrap_or(text.len());
        return fault(0, end, "a time zone does not belong into the schedule; set `timeZone`".to_owned());
    }
    if text.starts_with('@') {
        let known = WORDS.contains(&text) || text.strip_prefix("@every ").is_some_and(is_duration);
        return if known { Ok(None) } else { fault(0, text.len(), format!("there is no `{text}`")) };
    }
    let words = words(text);
    if words.len() != 5 {
        let what = format!("a schedule has five fields, not {}", words.len());
        return fault(0, text.len(), what);
    }
    let mut bits = [0; 5];
    for (at, (from, word)) in words.iter().enumerate() {
        bits[at] = field(word, &FIELDS[at]).map_err(|(part, len, what)| Fault {
            from: from + part,
            to: from + part + len,
            what,
        })?;
    }
    let any_weekday = words[4].1.starts_with(['*', '?']);
    Ok(Some(Days { of_month: bits[2], months: bits[3], any_weekday }))
}

/// Words with where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(|word| (word.as_ptr() as usize - start, word)).collect()
}

/// What is wrong with part of a field: where it begins, how long it is, and why.
type Wrong = (usize, usize, String);

fn field(word: &str, field: &Field) -> Result<u64, Wrong> {
    let mut bits = 0;
    let mut at = 0;
    for part in word.split(',') {
        if !part.is_empty() {
            bits |= range(part, field).map_err(|what| (at, part.len(), what))?;
        }
        at += part.len() + 1;
    }
    if bits == 0 { Err((0, word.len(), format!("the {} is empty", field.name))) } else { Ok(bits) }
}

/// The numbers of `*`, `5`, `1-5`, `*/2`, `1-5/2` or `5/2`.
fn range(part: &str, field: &Field) -> Result<u64, String> {
    let (least, most) = (*field.range.start(), *field.range.end());
    let (span, step) = match part.split_once('/') {
        Some((span, step)) => (span, Some(step)),
        None => (part, None),
    };
    let (low, high) = if span.starts_with(['*', '?']) && span.len() == 1 {
        (least, most)
    } else {
        match span.split_once('-') {
            Some((low, high)) => (number(low, field)?, number(high, field)?),
            None if step.is_some() => (number(span, field)?, most),
            None => (number(span, field)?, number(span, field)?),
        }
    };
    if low > high {
        return Err(format!("`{part}` ends before it begins"));
    }
    let step = match step.map(str::parse::<u32>) {
        None => 1,
        Some(Ok(step)) if step > 0 => step,
        Some(_) => return Err(format!("the step of `{part}` is not a number above 0")),
    };
    let step = usize::try_from(step).unwrap_or(usize::MAX);
    Ok((low..=high).step_by(step).fold(0, |bits, number| bits | 1 << number))
}

fn number(text: &str, field: &Field) -> Result<u32, String> {
    let named = field.names.iter().position(|name| text.eq_ignore_ascii_case(name));
    if let Some(at) = named.and_then(|at| u32::try_from(at).ok()) {
        return Ok(at + field.range.start());
    }
    let (least, most) = (field.range.start(), field.range.end());
    match text.parse::<u32>() {
        Ok(number) if field.range.contains(&number) => Ok(number),
        _ => Err(format!("`{text}` is no {}, which is {least} to {most}", field.name)),
    }
}

/// Whether Go reads the text as a duration: `1h30m`.
fn is_duration(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let unit = ["ns", "us", "µs", "ms", "s", "m", "h"].iter().find(|unit| {
            let after = rest[digits..].strip_prefix(**unit);
            after.is_some_and(|after| after.is_empty() || after.starts_with(|c: char| c.is_ascii_digit()))
        });
        let Some(unit) = unit.filter(|_| digits > 0) else { return false };
        rest = &rest[digits + unit.len()..];
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> &str {
        match parse(text) {
            Err(Fault { from, to, .. }) => &text[from..to],
            Ok(_) => "",
        }
    }

    #[test]
    fn the_controllers_syntax_is_read() {
        for text in [
            "* * * * *",
            "*/5 0-6,12 1,15 jan-MAR mon",
            "0 4 ? * 5/2",
            "@daily",
            "@every 1h30m",
            " 0  0 1 1 0 ",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn faults_stand_where_they_are() {
        assert_eq!(wrong("60 * * * *"), "60");
        assert_eq!(wrong("0 4 * * 1,7"), "7");
        assert_eq!(wrong("0 4 * * 5-1"), "5-1");
        assert_eq!(wrong("*/0 * * * *"), "*/0");
        assert_eq!(wrong("0 0 L * *"), "L");
        assert_eq!(wrong("0 0 * * * *"), "0 0 * * * *");
        assert_eq!(wrong("@fortnightly"), "@fortnightly");
        assert_eq!(wrong("CRON_TZ=UTC 0 0 * * *"), "CRON_TZ=UTC");
        assert_eq!(wrong("é 0 * * *"), "é");
    }

    #[test]
    fn some_days_never_come() {
        let never = |text| parse(text).is_ok_and(|days| days.is_some_and(|days| days.never()));
        assert!(never("0 0 30 2 *"));
        assert!(never("0 0 31 4,6 *"));
        assert!(!never("0 0 29 2 *"));
        assert!(!never("0 0 31 */2 *"));
        assert!(!never("0 0 30 2 1"));
    }
}
