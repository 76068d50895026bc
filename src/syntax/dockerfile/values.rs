//! The forms of single values that BuildKit parses.

/// Whether `text` can name a stage.
pub(super) fn is_stage_name(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_alphabetic())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'))
}

/// Whether `text` is a count of retries; empty is the default.
pub(super) fn is_retries(text: &str) -> bool {
    text.is_empty() || text.parse::<i32>().is_ok_and(|number| number >= 0)
}

/// Whether `text` is a Go duration of zero, or of a millisecond or more; empty is the default.
pub(super) fn is_duration(text: &str) -> bool {
    if matches!(text, "" | "0" | "+0" | "-0") {
        return true;
    }
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut nanoseconds = 0.0;
    while !rest.is_empty() {
        let number = rest.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.');
        let Ok(amount) = rest[..rest.len() - number.len()].parse::<f64>() else { return false };
        let unit = number.trim_start_matches(|char: char| !char.is_ascii_digit() && char != '.');
        let Some(scale) = nanoseconds_in(&number[..number.len() - unit.len()]) else { return false };
        nanoseconds += amount * scale;
        rest = unit;
    }
    !text.trim_start_matches('+').is_empty() && !(1.0..1e6).contains(&nanoseconds)
}

fn nanoseconds_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" => 1.0,
        "us" | "µs" | "μs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "m" => 6e10,
        "h" => 3.6e12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for good in ["", "0", "30s", "1m30s", "1.5h", "1ms", "0s", "+5s", ".5s"] {
            assert!(is_duration(good), "{good}");
        }
        for bad in ["5", "s", "-5s", "1us", "3 s", "1d", "1.2.3s", "+", "$X"] {
            assert!(!is_duration(bad), "{bad}");
        }
    }

    #[test]
    fn names_and_numbers() {
        assert!(
            is_stage_name("Build-1.x_y")
                && !is_stage_name("1st")
                && !is_stage_name("a/b")
                && !is_stage_name("")
        );
        assert!(is_retries("3") && !is_retries("-1") && !is_retries("3s"));
    }
}
