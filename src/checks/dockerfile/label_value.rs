//! Values of labels: none, or not what the standard for images says.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::{Dockerfile, Kind, Pair};

/// The start of the names that the standard gives.
const STANDARD: &str = "org.opencontainers.image.";

pub(super) fn empty(file: &File<'_>, out: &mut Vec<Match>) {
    each(file.dockerfile, |pair, key, value| {
        if value.is_empty() {
            out.push(Match::new(
                pair.key.span,
                format!("the label `{key}` says nothing; give it a value, or drop it"),
            ));
        }
    });
}

pub(super) fn malformed(file: &File<'_>, out: &mut Vec<Match>) {
    each(file.dockerfile, |pair, key, value| {
        let Some(name) = key.strip_prefix(STANDARD).filter(|_| !value.is_empty() && !value.contains('$'))
        else {
            return;
        };
        let wanted = match name {
            "created" if !is_time(value) => "a time such as `2025-01-31T12:00:00Z`",
            "url" | "source" | "documentation" if !is_url(value) => {
                "an address such as `https://example.com/`"
            }
            "licenses" if !is_license(value) => "an SPDX expression such as `Apache-2.0 OR MIT`",
            "base.digest" if !value.contains(':') => "a digest such as `sha256:…`",
            _ => return,
        };
        let span = pair.value.as_ref().map_or(pair.key.span, |value| value.span);
        out.push(Match::new(span, format!("`{key}` takes {wanted}")));
    });
}

fn each(dockerfile: Option<&Dockerfile>, mut look: impl FnMut(&Pair, &str, &str)) {
    let Some(dockerfile) = dockerfile else { return };
    for outer in &dockerfile.instructions {
        let labels = if outer.kind == Kind::Onbuild { outer.inner().unwrap_or(outer) } else { outer };
        if labels.kind != Kind::Label {
            continue;
        }
        for pair in labels.pairs() {
            let Some(value) = &pair.value else { continue };
            let (key, value) = (pair.key.unquoted(dockerfile.escape), value.unquoted(dockerfile.escape));
            look(pair, key.as_str(), value.as_str());
        }
    }
}

/// RFC 3339: date, `T`, time, zone.
fn is_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let digits = |text: &str, lengths: &[usize], separator: char| {
        let parts: Vec<&str> = text.split(separator).collect();
        parts.len() == lengths.len()
            && parts
                .iter()
                .zip(lengths)
                .all(|(part, length)| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let zone = time.find(['Z', 'z', '+', '-']);
    let Some((clock, zone)) = zone.map(|at| time.split_at(at)) else { return false };
    let clock = clock.split('.').next().unwrap_or_default();
    let offset =
        zone.eq_ignore_ascii_case("Z") || zone.get(1..).is_some_and(|zone| digits(zone, &[2, 2], ':'));
    digits(date, &[4, 2, 2], '-') && digits(clock, &[2, 2, 2], ':') && offset
}

fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    }) && !text.contains(char::is_whitespace)
}

/// Words of letters, digits, `-`, `.` and `+`, joined by operators.
fn is_license(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "()".contains(c)).filter(|word| !word.is_empty()).collect();
    let plain =
        |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+:".contains(&byte));
    let joined =
        |pair: &[&str]| pair.iter().filter(|word| ["AND", "OR", "WITH"].contains(*word)).count() == 1;
    words.iter().all(plain) && words.windows(2).all(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_form_of_their_standard() {
        assert!(is_time("2025-01-31T12:00:00Z") && is_time("2025-01-31T12:00:00.5+01:00"));
        assert!(!is_time("2025-01-31") && !is_time("31.01.2025 12:00:00Z") && !is_time("today"));
        assert!(is_url("https://example.com/x") && !is_url("example.com") && !is_url("https://a b"));
        assert!(
            is_license("Apache-2.0")
                && is_license("(MIT OR GPL-2.0-only WITH x)")
                && !is_license("Apache License, 2")
        );
    }
}
