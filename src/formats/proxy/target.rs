//! The place where a word of settings leads: `http://orders:8080/v1`, `orders:8080`, `${ORDERS_HOST}`.

use std::ops::Range;

use super::{Called, Host};
use crate::syntax::address::is_host;

/// The address in the word at `place`, under a directive. Nothing for sockets of files, and for hosts that only the
/// program can tell.
pub(super) fn target(text: &str, place: Range<usize>, directive: &str) -> Option<Called> {
    let word = text.get(place.clone())?;
    let (scheme, from) = match word.find("://") {
        Some(at) => (Some(scheme(&word[..at])?), at + 3),
        None => (None, 0),
    };
    let authority = &word[from..];
    let end = authority.find(['/', '?', '#', '"', ',']).filter(|_| !authority.starts_with('"'));
    let authority = &authority[..end.unwrap_or(authority.len())];
    let skipped = authority.rfind('@').map_or(0, |at| at + 1);
    let start = place.start + from + skipped;
    let (host, rest) = host(&authority[skipped..], start)?;
    let port = match rest.strip_prefix(':') {
        Some(port) => port.parse().ok().filter(|port| *port != 0),
        // Something is appended to it, so that it is not all of the host.
        None if !rest.is_empty() => return None,
        None => None,
    };
    Some(Called { directive: directive.to_owned(), scheme, host, port })
}

/// A scheme in lower case; of nested ones the last. None for what is not reached over a network.
fn scheme(text: &str) -> Option<String> {
    let last = text.rsplit([':', '+']).next()?.to_ascii_lowercase();
    let fits =
        !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    (fits && !["unix", "balancer", "file"].contains(&last.as_str())).then_some(last)
}

/// The host that a text starts with, which begins at `start`, and what follows it.
fn host(text: &str, start: usize) -> Option<(Host, &str)> {
    if let Some((name, length)) = variable(text) {
        let host = Host::Variable(name.to_owned(), start..start + length);
        return is_of_environment(name).then_some((host, &text[length..]));
    }
    let end = text.find(':').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let known = is_host(name) && name != "unix";
    known.then(|| (Host::Name(start..start + end), rest))
}

/// The name of the variable that a text starts with, and how long all of it is: `$A`, `${A}`, `"${A}"`, and `{$A}`,
/// `{$A:default}`, `{env.A}` of Caddy.
pub(super) fn variable(text: &str) -> Option<(&str, usize)> {
    let quote = usize::from(text.starts_with('"'));
    let inner = &text[quote..];
    let opened = ["${", "{$", "{env."].into_iter().find(|open| inner.starts_with(open));
    let open = opened.unwrap_or("$");
    let name = inner.strip_prefix(open)?;
    let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    let rest = &name[length..];
    let close = match opened {
        Some(_) => rest.find('}').filter(|at| *at == 0 || rest.starts_with(':'))? + 1,
        None => 0,
    };
    let end = quote + open.len() + length + close;
    let quoted = usize::from(quote == 1 && text[end..].starts_with('"'));
    (length > 0 && quoted == quote).then_some((&name[..length], end + quoted))
}

/// Whether the name of a variable is written as those of the environment are, and not as those of a proxy: `$host`.
pub(super) fn is_of_environment(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str) -> String {
        let Some(called) = target(word, 0..word.len(), "d") else { return "none".to_owned() };
        let (kind, host) = match &called.host {
            Host::Name(range) => ("", word[range.clone()].to_owned()),
            Host::Variable(name, range) => ("$", format!("{name}@{}", &word[range.clone()])),
        };
        format!("{}|{kind}{host}|{:?}", called.scheme.as_deref().unwrap_or_default(), called.port)
    }

    #[test]
    fn words_lead_to_hosts() {
        for (word, wanted) in [
            ("http://orders:8080/v1", "http|orders|Some(8080)"),
            ("HTTP://u:p@orders/", "http|orders|None"),
            ("orders.shop.svc:80", "|orders.shop.svc|Some(80)"),
            ("proxy:fcgi://php:9000", "fcgi|php|Some(9000)"),
            ("http://${ORDERS_HOST}:8080/", "http|$ORDERS_HOST@${ORDERS_HOST}|Some(8080)"),
            ("$ORDERS:$PORT", "|$ORDERS@$ORDERS|None"),
            ("{$ORDERS:a:1}:80", "|$ORDERS@{$ORDERS:a:1}|Some(80)"),
            ("\"${ORDERS}\":80", "|$ORDERS@\"${ORDERS}\"|Some(80)"),
            ("http://$host:80", "none"),
            ("http://a-${X}:80", "none"),
            ("http://${X}.svc:80", "none"),
            ("unix:/run/x.sock", "none"),
            ("http://unix:/run/x.sock", "none"),
            ("balancer://orders", "none"),
            ("/api", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(word), wanted, "{word}");
        }
    }
}
