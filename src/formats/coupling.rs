//! Values → addresses, topics and details of datastores: what every format's lowering shares.

use crate::model::coupling::{Channel, Coupling, Detail, Holder, Told};
use crate::model::graph::Signal;
use crate::model::workload::Word;
use crate::syntax::address::{self, Address};
use crate::text::Span;

/// Somebody who is told something, and by what kind of text.
#[derive(Clone, Copy)]
pub(super) struct Listener {
    /// Who.
    pub(super) holder: Holder,
    /// What kind of text it is.
    pub(super) signal: Signal,
}

/// Ends of keys whose value is a topic, a queue or the like.
const CHANNELS: [&str; 8] =
    ["TOPIC", "QUEUE", "QUEUE_NAME", "TOPIC_NAME", "EXCHANGE", "STREAM", "SUBSCRIPTION", "CHANNEL"];

/// Parts of the keys of channels that one reads from.
const READS: [&str; 4] = ["CONSUM", "INPUT", "INBOUND", "SUBSCRI"];

/// Ends of keys whose value is the name of a database, or of who signs in to it.
const DETAILS: [&str; 10] = [
    "_DB",
    "DATABASE",
    "DBNAME",
    "DB_NAME",
    "DATABASE_NAME",
    "_USER",
    "_USERNAME",
    "_DB_USER",
    "DB_USERNAME",
    "DATABASE_USER",
];

/// Parts of keys whose value says where something else finds this one, or where a browser goes; not whom it calls.
const ELSEWHERE: [&str; 14] = [
    "ADVERTISED",
    "ALLOWED_HOST",
    "CALLBACK",
    "CORS",
    "HOST_NAME",
    "ISSUER",
    "LISTEN",
    "NEXT_PUBLIC_",
    "ORIGIN",
    "PUBLIC_URL",
    "REDIRECT",
    "REACT_APP_",
    "SELFURL",
    "SELF_URL",
];

/// Parts of keys whose value is a version, a path or a picture of something, and no address.
const OTHERS: [&str; 5] = ["IMAGE", "VERSION", "_TAG", "LICENSE", "SCHEMA"];

/// Adds what a value tells. `span` gives the place of the bytes `from..to` of `text`.
pub(super) fn told(
    coupling: &mut Coupling,
    listener: Listener,
    key: &str,
    text: &str,
    span: &dyn Fn(usize, usize) -> Span,
) {
    let upper = key.to_ascii_uppercase();
    let has = |parts: &[&str]| parts.iter().any(|part| upper.contains(part));
    if has(&OTHERS) || has(&ELSEWHERE) {
        return;
    }
    let holder = listener.holder;
    let whole = || Word { text: text.to_owned(), span: span(0, text.len()) };
    if is_name(text) {
        let ends = |ends: &[&str]| ends.iter().any(|end| upper.ends_with(end));
        if ends(&CHANNELS) {
            let channel = Channel { holder, key: key.to_owned(), name: whole(), reads: has(&READS) };
            coupling.channels.push(channel);
            return;
        }
        if ends(&DETAILS) {
            coupling.details.push(Detail { holder, key: key.to_owned(), value: whole() });
            return;
        }
    }
    if let Some(found) = injected(listener, key, text, span) {
        coupling.told.push(found);
        return;
    }
    let found = address::addresses(key, text);
    coupling.told.extend(found.into_iter().map(|address| of_address(listener, key, text, address, span)));
}

/// `$(ORDERS_SERVICE_HOST)`: the variable that Kubernetes sets for the Service `orders`.
fn injected(listener: Listener, key: &str, text: &str, span: &dyn Fn(usize, usize) -> Span) -> Option<Told> {
    let at = text.find("$(")?;
    let name = text[at + 2..].split("_SERVICE_HOST)").next().filter(|name| !name.contains([')', '$']))?;
    let whole = span(at, at + "$(_SERVICE_HOST)".len() + name.len());
    let address = Address { bare: true, ..Address::default() };
    let host = Word { text: name.to_ascii_lowercase().replace('_', "-"), span: whole };
    Some(Told { host, ..of_address(listener, key, "", address, span) })
}

/// One address as somebody is told it.
pub(super) fn of_address(
    listener: Listener,
    key: &str,
    text: &str,
    address: Address,
    span: &dyn Fn(usize, usize) -> Span,
) -> Told {
    let word = |range: std::ops::Range<usize>| Word {
        text: text.get(range.clone()).unwrap_or_default().to_owned(),
        span: span(range.start, range.end),
    };
    Told {
        holder: listener.holder,
        signal: listener.signal,
        key: key.to_owned(),
        host: word(address.host),
        scheme: address.scheme,
        port: address.port,
        user: address.user.map(word),
        database: address.database.map(word),
        bare: address.bare,
    }
}

/// Whether a text is one name, as topics, databases and users have.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The words of a command line as flags and their values: `--db-host=x`, `--db-host x`, and what stands alone.
pub(super) fn arguments(coupling: &mut Coupling, listener: Listener, words: &[Word]) {
    let mut flag = "";
    for word in words {
        let text = word.text.as_str();
        let exact = word.span.len() == text.len();
        let span = |from: usize, to: usize| if exact { word.span.slice(from, to) } else { word.span };
        let named = text.split_once('=').filter(|(name, value)| {
            // A connection string begins like a setting, and is one value with others in it.
            is_flag(name) && (name.starts_with('-') || !value.contains('='))
        });
        match named {
            Some((name, value)) => {
                let at = text.len() - value.len();
                told(coupling, listener, key_of(name), value, &|from, to| span(from + at, to + at));
                flag = "";
            }
            None if text.starts_with('-') => flag = key_of(text),
            // Images and scripts look like addresses too, and are something else.
            None if text.contains(char::is_whitespace) && !text.contains('=') => flag = "",
            None => {
                told(coupling, listener, flag, text, &span);
                flag = "";
            }
        }
    }
}

fn is_flag(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The name of a flag as a key. Of flags, unlike variables, a target or a service may be anything.
fn key_of(flag: &str) -> &str {
    match flag.trim_start_matches('-') {
        // The only letter that many programs give one meaning.
        "h" => "host",
        name if ["target", "service"].iter().any(|word| name.ends_with(word)) => "",
        name => name,
    }
}

/// Programs that wait for another one, or look whether it is there.
const WAITING: [&str; 12] = [
    "nc",
    "ncat",
    "nslookup",
    "dig",
    "ping",
    "pg_isready",
    "mysqladmin",
    "redis-cli",
    "wait-for",
    "wait-for-it",
    "wait-for.sh",
    "wait-for-it.sh",
];

/// Words after which a URL is asked again and again, or once before all else.
const ASKING: [&str; 7] = ["curl", "dockerize", "until", "wait", "wget", "while", "--wait"];

/// The hosts that a script waits for: `until nc -z db 5432; do …`. `span` as for [`told`].
pub(super) fn waits(
    coupling: &mut Coupling,
    holder: Holder,
    script: &str,
    span: &dyn Fn(usize, usize) -> Span,
) {
    let listener = Listener { holder, signal: Signal::Wait };
    let (mut waiting, mut flag, mut asking) = (false, false, false);
    for (start, word) in words(script) {
        let place = |from: usize, to: usize| span(start + from, start + to);
        let name = word.rsplit('/').next().unwrap_or(word);
        asking |= ASKING.contains(&name);
        if WAITING.contains(&name) {
            (waiting, flag) = (true, false);
        } else if asking && word.contains("://") {
            told(coupling, listener, "", word, &place);
        } else if waiting && word.starts_with('-') {
            flag = word == "-h";
        } else if waiting && (flag || is_called(word)) {
            told(coupling, listener, "host", word, &place);
            waiting = false;
        }
    }
}

/// Whether a word may be a host, and not a number or a time.
fn is_called(word: &str) -> bool {
    let host = word.split(':').next().unwrap_or_default();
    host.starts_with(|c: char| c.is_ascii_alphabetic()) && address::is_host(host)
}

/// The words of a script with their places, without quotes and what separates commands.
fn words(script: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c.is_whitespace() || ";|&()\"'`<>".contains(c);
    let mut at = 0;
    script.split(ends).filter_map(move |word| {
        let start = at;
        // What separates is one byte, or a wider blank; the start of the next word follows from the text.
        at = start + word.len() + script[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn place(from: usize, to: usize) -> Span {
        Span::new(FileId(0), from, to)
    }

    fn hosts(coupling: &Coupling) -> Vec<&str> {
        coupling.told.iter().map(|told| told.host.text.as_str()).collect()
    }

    #[test]
    fn what_a_script_waits_for() {
        let waits = |script: &str| {
            let mut coupling = Coupling::default();
            waits(&mut coupling, Holder::Image, script, &place);
            let at: Vec<_> = coupling.told.iter().map(|told| &script[told.host.span.range()]).collect();
            assert_eq!(at, hosts(&coupling));
            at.join(" ")
        };
        assert_eq!(waits("until nc -z db 5432; do sleep 1; done"), "db");
        assert_eq!(
            waits("until nslookup myservice.ns.svc; do echo waiting for db; done"),
            "myservice.ns.svc"
        );
        assert_eq!(waits("pg_isready -h \"pg\" -p 5432"), "pg");
        assert_eq!(waits("dockerize -wait tcp://mq:5672 -timeout 60s"), "mq");
        assert_eq!(waits("./wait-for-it.sh orders:80 -- run"), "orders");
        assert_eq!(waits("echo hello && sleep 5"), "");
        assert_eq!(waits("until curl -f http://orders:80/; do sleep 1; done"), "orders");
        assert_eq!(waits("./serve --backend-url http://orders:80/"), "");
        assert_eq!(waits("nc -z $HOST 80"), "");
    }

    #[test]
    fn connection_strings_are_whole_words() {
        for (words, host, database) in [
            (&["--store", "Server=db;Database=shop;User Id=me;Password=x"][..], "db", "shop"),
            (&["psql", "host=db port=5432 dbname=shop"], "db", "shop"),
            (&["--store=Server=db;Database=shop"], "db", "shop"),
        ] {
            let mut coupling = Coupling::default();
            let words: Vec<Word> = words
                .iter()
                .map(|text| Word { text: (*text).to_owned(), span: place(0, text.len()) })
                .collect();
            let listener = Listener { holder: Holder::Image, signal: Signal::Argument };
            arguments(&mut coupling, listener, &words);
            assert_eq!(hosts(&coupling), [host], "{words:?}");
            let found = coupling.told[0].database.as_ref().map(|word| word.text.as_str());
            assert_eq!(found, Some(database), "{words:?}");
        }
    }

    #[test]
    fn values_that_are_no_calls() {
        for (key, text) in [
            ("SERVICE_IMAGE", "a:80"),
            ("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092"),
            ("OAUTH_REDIRECT_URL", "http://web/cb"),
            ("NEXT_PUBLIC_API_URL", "http://api"),
        ] {
            let mut coupling = Coupling::default();
            told(&mut coupling, Listener { holder: Holder::Image, signal: Signal::Env }, key, text, &place);
            assert!(hosts(&coupling).is_empty(), "{key}");
        }
    }
}
