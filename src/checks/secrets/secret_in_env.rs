//! Literal secrets in environment variables, told by the variable's name or the value's shape.

use std::collections::HashSet;

use super::super::File;
use crate::model::env::EnvVar;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let names: HashSet<&str> =
        file.facts.env.iter().filter_map(|variable| variable.name.get()).map(String::as_str).collect();
    for variable in &file.facts.env {
        let (Some(name), Some(value), Some(span)) =
            (variable.name.get(), variable.value.get(), variable.value.span())
        else {
            continue;
        };
        if let Some(what) = verdict(name, value).filter(|_| !is_told_by_half(name, value, &names)) {
            let message = format!("{what} is written out in `{name}`; {}", mend(file, variable));
            out.push(Match::new(span, message).related(variable.anchor, "the variable"));
        }
    }
}

/// Whether this is the half of a pair of keys that is no secret by itself, and the other half is here.
fn is_told_by_half(name: &str, value: &str, names: &HashSet<&str>) -> bool {
    let other = |end: &str| {
        let start = name.strip_suffix("_ACCESS_KEY")?;
        Some(names.contains(format!("{start}{end}").as_str()))
    };
    shape(value).is_none() && ["_SECRET_KEY", "_SECRET_ACCESS_KEY"].into_iter().filter_map(other).any(|is| is)
}

fn mend(file: &File<'_>, variable: &EnvVar) -> &'static str {
    let instructions = &file.facts.instructions;
    if file.facts.compose.is_some() {
        return "keep it in a file that is not checked in, or a secret of Compose";
    }
    if file.dockerfile.is_none() {
        return "take it from a Secret with `secretKeyRef`";
    }
    let after = instructions.partition_point(|one| one.whole.start <= variable.anchor.start);
    match after.checked_sub(1).map(|at| instructions[at].kind) {
        Some(Kind::Arg) => "mount it with `RUN --mount=type=secret`",
        _ => "set it when the container starts",
    }
}

/// What kind of secret the variable holds, if any.
pub(super) fn verdict(name: &str, value: &str) -> Option<String> {
    if let Some(kind) = shape(value) {
        return Some(kind.to_owned());
    }
    if is_access_key_id(name) && value.len() >= 16 && value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Some("an access key".to_owned());
    }
    let word = secret_word(name)?;
    (is_literal_secret(value) && !is_mark(name, value)).then(|| format!("a {word}"))
}

/// Whether the value says that it is to be put in: `YOUR_TOKEN`, or the variable's own name.
fn is_mark(name: &str, value: &str) -> bool {
    let own = name.to_ascii_uppercase().replace('-', "_");
    value.starts_with("INSERT_") || value.starts_with("YOUR_") || own.contains('_') && value.contains(&own)
}

/// Prefixes of tokens that say themselves what they are. Source: the issuers' documentation of their formats.
const SHAPES: &[(&str, usize, &str)] = &[
    ("AKIA", 20, "an AWS access key"),
    ("ASIA", 20, "an AWS access key"),
    ("ghp_", 40, "a GitHub token"),
    ("gho_", 40, "a GitHub token"),
    ("ghs_", 40, "a GitHub token"),
    ("github_pat_", 60, "a GitHub token"),
    ("glpat-", 26, "a GitLab token"),
    ("xoxb-", 24, "a Slack token"),
    ("xoxp-", 24, "a Slack token"),
    ("sk_live_", 24, "a Stripe key"),
    ("AIza", 39, "a Google API key"),
    ("-----BEGIN", 30, "a private key"),
];

pub(super) fn shape(value: &str) -> Option<&'static str> {
    let value = value.trim();
    let known = SHAPES.iter().find(|(prefix, len, _)| value.starts_with(prefix) && value.len() >= *len);
    match known {
        Some((_, _, "a private key")) if !value.contains("PRIVATE KEY") => None,
        Some((_, _, what)) => Some(what),
        None => has_password_in_url(value).then_some("a password inside a URL"),
    }
}

/// `scheme://user:password@host`, the password neither empty nor a variable.
fn has_password_in_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let plain = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
    let Some((user, _host)) = authority.rsplit_once('@') else { return false };
    let password = user.split_once(':').map(|(_, password)| password);
    plain && password.is_some_and(|password| !password.is_empty() && !is_reference(password))
}

/// The word in a variable's name that says secret. `_FILE` and the like name places, not secrets.
pub(super) fn secret_word(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_uppercase();
    let parts: Vec<&str> = name.split(['_', '-', '.']).filter(|part| !part.is_empty()).collect();
    let last = *parts.last()?;
    // What tells clusters of etcd apart.
    if name.ends_with("_CLUSTER_TOKEN") || name == "ETCD_DISCOVERY_TOKEN" {
        return None;
    }
    if NOT_SECRET.contains(&last) || parts.iter().any(|part| *part == "PUBLIC" || *part == "ALLOW") {
        return None;
    }
    let whole =
        parts.iter().find_map(|part| WORDS.iter().find(|(word, _)| part == word).map(|(_, what)| *what));
    let tail =
        || WORDS.iter().find(|(word, _)| word.len() > 5 && last.ends_with(word)).map(|(_, what)| *what);
    let key = || match parts.as_slice() {
        [.., kind, "KEY"] if KEYS.contains(kind) => Some("key"),
        _ => None,
    };
    whole.or_else(tail).or_else(key)
}

/// Names of the half of an AWS key that is no secret by itself, but does not stand without the other one.
pub(super) fn is_access_key_id(name: &str) -> bool {
    name.to_ascii_uppercase().ends_with("ACCESS_KEY_ID")
}

const WORDS: &[(&str, &str)] = &[
    ("PASSWORD", "password"),
    ("PASSWD", "password"),
    ("PWORD", "password"),
    ("PASSPHRASE", "passphrase"),
    ("SECRET", "secret"),
    ("TOKEN", "token"),
    ("APIKEY", "key"),
    ("CREDENTIAL", "credential"),
    ("CREDENTIALS", "credential"),
];
const KEYS: &[&str] = &["API", "ACCESS", "PRIVATE", "ENCRYPTION", "SIGNING", "MASTER", "AUTH", "LICENSE"];
const NOT_SECRET: &[&str] = &[
    "FILE",
    "PATH",
    "DIR",
    "NAME",
    "URL",
    "URI",
    "ENDPOINT",
    "HOST",
    "PORT",
    "ID",
    "TYPE",
    "TTL",
    "EXPIRY",
    "EXPIRATION",
    "LENGTH",
    "ENABLED",
    "DISABLED",
    "REQUIRED",
    "AGE",
    "TIMEOUT",
    "INTERVAL",
    "ALGORITHM",
    "ISSUER",
    "AUDIENCE",
    "HEADER",
    "PREFIX",
    "POLICY",
    "MOUNT",
    "VERSION",
    "PERIOD",
    "SECONDS",
    "MINUTES",
    "USERNAME",
    "USER",
    "REF",
    "REGION",
    "PROVIDER",
    "BACKEND",
    "STORE",
    "NAMESPACE",
    "KEYS",
    "COUNT",
    "LIMIT",
    "LIFETIME",
    "FORMAT",
    "SCOPE",
    "SCOPES",
    "METHOD",
    "SOURCE",
    "HASH",
    "ROTATION",
    "CLASS",
    "MODE",
    "GENERATOR",
    "EXPIRE",
    "EXPIRES",
    "SERVICE",
];

/// Whether a value can be a secret: not empty, a reference, a path, a switch or a number.
fn is_literal_secret(value: &str) -> bool {
    let value = value.trim();
    let switch = ["true", "false", "yes", "no", "on", "off", "none", "null", "disabled", "enabled"];
    !(value.is_empty()
        || is_reference(value)
        || value.starts_with('/')
        || value.starts_with("./")
        || value.contains("://")
        || switch.contains(&value.to_ascii_lowercase().as_str())
        || (value.len() < 4 && value.bytes().all(|byte| byte.is_ascii_digit())))
}

/// Whether something else is put in for the value before it is used.
fn is_reference(value: &str) -> bool {
    let braces = [("$(", ")"), ("${", "}"), ("{{", "}}"), ("<", ">"), ("%(", ")s"), ("[[", "]]")];
    value.starts_with('$')
        || value.starts_with("vault:")
        || value.starts_with("ref+")
        || value.starts_with("op://")
        || braces.iter().any(|(open, close)| value.contains(open) && value.contains(close))
        || (value.len() > 1
            && value.bytes().all(|byte| byte == value.as_bytes()[0])
            && "*xX.".contains(&value[..1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_secrets_from_places() {
        for name in [
            "DB_PASSWORD",
            "POSTGRES_PASSWORD",
            "apiKey_token",
            "AWS_SECRET_ACCESS_KEY",
            "API_KEY",
            "PGPASSWORD",
        ] {
            assert!(verdict(name, "hunter2").is_some(), "{name}");
        }
        for name in [
            "PASSWORD_FILE",
            "TOKEN_URL",
            "SECRET_NAME",
            "KEYBOARD",
            "PUBLIC_KEY",
            "CACHE_KEY",
            "TOKEN_TTL",
            "ETCD_INITIAL_CLUSTER_TOKEN",
            "ETCD_DISCOVERY_TOKEN",
        ] {
            assert!(verdict(name, "hunter2").is_none(), "{name}");
        }
    }

    #[test]
    fn references_and_switches_are_no_secrets() {
        for value in [
            "",
            "$(DB)",
            "${DB}",
            "{{ x }}",
            "/run/secrets/db",
            "true",
            "<password>",
            "****",
            "INSERT_PASSWORD",
            "YOUR_PASSWORD",
            "__DB_PASSWORD__",
        ] {
            assert!(verdict("DB_PASSWORD", value).is_none(), "{value}");
        }
    }

    #[test]
    fn values_can_say_it_themselves() {
        assert_eq!(verdict("X", "AKIAIOSFODNN7EXAMPLE").as_deref(), Some("an AWS access key"));
        assert_eq!(
            verdict("DATABASE_URL", "postgres://u:p@db/x").as_deref(),
            Some("a password inside a URL")
        );
        assert_eq!(verdict("DATABASE_URL", "postgres://u:$(P)@db/x"), None);
        assert_eq!(verdict("DATABASE_URL", "postgres://u@db/x"), None);
        assert_eq!(verdict("AWS_ACCESS_KEY_ID", "abcdefghij0123456789").as_deref(), Some("an access key"));
        assert_eq!(verdict("AWS_ACCESS_KEY_ID", "minio"), None);
    }
}
