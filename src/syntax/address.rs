//! Addresses of other programs inside of values: URLs, `host:port`, connection strings, and bare names under keys that
//! say that an address is meant.
//!
//! Total and linear. Says nothing about whether anybody has the address.

use std::ops::Range;

/// An address in a text. All ranges are bytes in that text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The scheme of a URL, in lower case: `http`; of nested ones the last, `postgresql` of `jdbc:postgresql`.
    pub scheme: Option<String>,
    /// The host: a name, or a literal IP address without brackets.
    pub host: Range<usize>,
    /// The port.
    pub port: Option<u16>,
    /// The user that signs in.
    pub user: Option<Range<usize>>,
    /// The database that is used: the path of a datastore's URL, `Database=` and the like.
    pub database: Option<Range<usize>>,
    /// Whether only the key tells that it is an address.
    pub bare: bool,
}

impl Address {
    /// The host in `text`, which the address was found in.
    pub fn host_in<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.host.clone()).unwrap_or_default()
    }
}

/// Addresses that are taken from one text at most.
const MOST: usize = 64;

/// Longer texts are not values but documents.
const LONGEST: usize = 16 * 1024;

/// Ends of keys under which a bare word is a host.
const KEYS: [&str; 19] = [
    "HOST",
    "HOSTS",
    "HOSTNAME",
    "ADDR",
    "ADDRESS",
    "ADDRESSES",
    "URL",
    "URLS",
    "URI",
    "ENDPOINT",
    "SERVER",
    "SERVERS",
    "BROKER",
    "BROKERS",
    "BOOTSTRAP",
    "SERVICE",
    "DSN",
    "UPSTREAM",
    "TARGET",
];

/// Names of the parameter that holds the host in a connection string.
const HOST: [&str; 7] = ["server", "host", "data source", "datasource", "addr", "address", "hostname"];

/// Names of the parameter that holds the database.
const DATABASE: [&str; 5] = ["database", "initial catalog", "dbname", "defaultdatabase", "db"];

/// Names of the parameter that holds the user.
const USER: [&str; 6] = ["user id", "uid", "user", "username", "userid", "user name"];

/// The addresses in `text`, the value of `key`, in the order of the text.
pub fn addresses(key: &str, text: &str) -> Vec<Address> {
    if text.len() > LONGEST || text.is_empty() {
        return Vec::new();
    }
    let mut found = connection(text);
    if found.is_empty() {
        let covered = urls(text, &mut found);
        pairs(text, &covered, &mut found);
        found.sort_by_key(|address| address.host.start);
    }
    if found.is_empty() && is_address_key(key) {
        bare(text, &mut found);
    }
    found.truncate(MOST);
    found
}

/// Whether a key says that its value is an address: `ORDERS_HOST`, `ordersUrl`, `redis-address`.
pub fn is_address_key(key: &str) -> bool {
    let last = key.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_' || c == '-');
    let says = |word: &str| {
        let Some(at) = last.len().checked_sub(word.len()) else { return false };
        let Some(end) = last.get(at..) else { return false };
        // A word of its own: all of the key, behind a mark, or where a capital begins.
        let before = last.as_bytes().get(at.wrapping_sub(1)).copied();
        let apart = match before {
            Some(before) if before.is_ascii_alphanumeric() => {
                before.is_ascii_lowercase() && end.starts_with(|c: char| c.is_ascii_uppercase())
            }
            _ => true,
        };
        apart && end.eq_ignore_ascii_case(word)
    };
    KEYS.iter().chain(&["CONNECTIONSTRING", "CONNECTION"]).any(|word| says(word))
}

/// `Server=orders;Database=x;User Id=y`, `host=db port=5432 dbname=x`
fn connection(text: &str) -> Vec<Address> {
    let mark = if text.contains(';') { ';' } else { ' ' };
    if !text.contains('=') || text.contains("://") {
        return Vec::new();
    }
    let mut address = Address::default();
    let mut has_host = false;
    let mut port = None;
    let mut parameters = 0;
    let mut at = 0;
    for part in text.split(mark) {
        let start = at;
        at += part.len() + 1;
        let Some((name, value)) = part.split_once('=') else { continue };
        parameters += 1;
        let place = trimmed(text, start + name.len() + 1..start + part.len());
        let name = name.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
        match name.as_str() {
            name if HOST.contains(&name) && !has_host => has_host = take_host(text, place, &mut address),
            name if DATABASE.contains(&name) => address.database = known(text, place),
            name if USER.contains(&name) => address.user = known(text, place),
            "port" => port = value.trim().parse().ok(),
            _ => {}
        }
    }
    address.port = address.port.or(port);
    if has_host && parameters >= 2 { vec![address] } else { Vec::new() }
}

/// `tcp:orders,1433`, `orders:5432`, `orders\instance`
fn take_host(text: &str, place: Range<usize>, address: &mut Address) -> bool {
    let value = &text[place.clone()];
    let skipped = if value.starts_with("tcp:") { 4 } else { 0 };
    let value = &value[skipped..];
    let host = value.split([',', ':', '\\', '/']).next().unwrap_or_default();
    let start = place.start + skipped;
    address.host = start..start + host.len();
    address.port = value[host.len()..].strip_prefix([',', ':']).and_then(|port| port.trim().parse().ok());
    is_host(host)
}

/// Schemes whose authority is no host: buckets, models, files, sockets, images.
const NO_ADDRESSES: [&str; 16] = [
    "data",
    "docker",
    "file",
    "gs",
    "hf",
    "hostpath",
    "image",
    "kubernetes",
    "memory",
    "oci",
    "pvc",
    "s3",
    "s3a",
    "sqlite",
    "unix",
    "wasb",
];

/// Every `scheme://…`; gives what of the text they take.
fn urls(text: &str, found: &mut Vec<Address>) -> Vec<Range<usize>> {
    let mut covered = Vec::new();
    for (at, _) in text.match_indices("://").take(MOST) {
        let before = &text[..at];
        let start =
            before.rfind(|c: char| !(c.is_ascii_alphanumeric() || "+.-".contains(c))).map_or(0, |end| {
                // What ends a scheme is one byte, or the rest of a wider character.
                end + before[end..].chars().next().map_or(1, char::len_utf8)
            });
        let scheme = before[start..].to_ascii_lowercase();
        let from = at + 3;
        let rest = &text[from..];
        let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'`<>|".contains(c)).unwrap_or(rest.len());
        let authority = &rest[..end];
        let path = path(text, from + end);
        covered.push(start..path.end);
        if NO_ADDRESSES.contains(&scheme.as_str()) {
            continue;
        }
        authority_of(text, from, authority, &scheme, path, found);
    }
    covered
}

/// The hosts of `user:password@host:port,host:port`.
fn authority_of(
    text: &str,
    from: usize,
    authority: &str,
    scheme: &str,
    path: Range<usize>,
    found: &mut Vec<Address>,
) {
    let (user, hosts) = match authority.rfind('@') {
        Some(at) => {
            let user = authority[..at].split(':').next().unwrap_or_default();
            (known(text, from..from + user.len()), at + 1)
        }
        None => (None, 0),
    };
    let database = known(text, path).filter(|_| !scheme.starts_with("http"));
    let mut at = from + hosts;
    for one in authority[hosts..].split(',') {
        let start = at;
        at += one.len() + 1;
        // Some write a protocol around it: `tcp(db:3306)`.
        let (open, one) = one.find('(').map_or((0, one), |open| (open + 1, &one[open + 1..]));
        let one = one.trim_end_matches(')');
        let (host, port) = one.split_once(':').map_or((one, None), |(host, port)| (host, Some(port)));
        let number: Option<u16> = port.and_then(|port| port.parse().ok());
        let start = start + open;
        if is_host(host) && (port.is_none() || number.is_some() || port.is_some_and(is_hidden)) {
            found.push(Address {
                scheme: Some(scheme.to_owned()),
                host: start..start + host.len(),
                port: number,
                user: user.clone(),
                database: database.clone(),
                bare: false,
            });
        }
    }
}

/// The first part of a path that begins at `from`.
fn path(text: &str, from: usize) -> Range<usize> {
    let rest = &text[from..];
    let Some(rest) = rest.strip_prefix('/') else { return from..from };
    let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'`<>|,;".contains(c)).unwrap_or(rest.len());
    from + 1..from + 1 + end
}

/// Every `host:port` outside of URLs, and `user:password@tcp(host:port)/database`.
fn pairs(text: &str, covered: &[Range<usize>], found: &mut Vec<Address>) {
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices(':') {
        if found.len() >= MOST {
            return;
        }
        if covered.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let before = &text[..at];
        let length = before.bytes().rev().take_while(|byte| is_host_byte(*byte)).count();
        let (start, host) = (at - length, &before[at - length..]);
        let previous = start.checked_sub(1).map(|at| bytes[at]);
        let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let next = bytes.get(at + 1 + digits);
        let port = text[at + 1..at + 1 + digits].parse::<u16>().ok().filter(|port| *port != 0);
        let ends = next.is_none_or(|next| b" \t\n,;/\"'`)]}|&\\".contains(next));
        let begins =
            previous.is_none_or(|byte| !(byte.is_ascii_alphanumeric() || b"./:-_$@{}\x01".contains(&byte)));
        if let Some(port) = port
            && ends
            && is_host(host)
            && (begins || signed_in(previous))
        {
            let host = start..start + host.len();
            let database = next.filter(|next| **next == b')' && bytes.get(at + 2 + digits) == Some(&b'/'));
            let database = database.and_then(|_| known(text, path(text, at + 2 + digits)));
            found.push(Address { host, port: Some(port), database, ..Address::default() });
        }
    }
}

/// Whether a user is written in front of it.
fn signed_in(previous: Option<u8>) -> bool {
    previous == Some(b'@')
}

/// Every word that can be a host, of a list.
fn bare(text: &str, found: &mut Vec<Address>) {
    let mut at = 0;
    for word in text.split([',', ';', ' ']) {
        let place = trimmed(text, at..at + word.len());
        at += word.len() + 1;
        let word = &text[place.clone()];
        let host = word.split('/').next().unwrap_or_default();
        if is_host(host) && !host.contains("..") {
            let host = place.start..place.start + host.len();
            found.push(Address { host, bare: true, ..Address::default() });
        }
    }
}

/// `place` without blanks and quotes around it.
fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let value = &text[place.clone()];
    let quotes = |c: char| c.is_whitespace() || c == '"' || c == '\'';
    let start = place.start + (value.len() - value.trim_start_matches(quotes).len());
    start..start + value.trim_matches(quotes).len()
}

/// `place`, if something is written there that no variable hides.
fn known(text: &str, place: Range<usize>) -> Option<Range<usize>> {
    let value = text.get(place.clone())?;
    (!value.is_empty() && !is_hidden(value)).then_some(place)
}

/// Whether a variable or a template stands in it.
fn is_hidden(value: &str) -> bool {
    value.contains(['$', '{', '<', '%', '*'])
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

/// Words that stand where hosts do, and are protocols or switches.
const NO_HOSTS: [&str; 16] = [
    "auto",
    "default",
    "disabled",
    "enabled",
    "false",
    "http",
    "https",
    "no",
    "none",
    "null",
    "plaintext",
    "ssl",
    "tcp",
    "true",
    "udp",
    "yes",
];

/// Whether a text can be the name of a host, or an IPv4 address.
pub fn is_host(text: &str) -> bool {
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    let is_name = bytes.iter().any(u8::is_ascii_alphabetic) || is_ip(text);
    bytes.len() <= 253
        && is_name
        && !NO_HOSTS.iter().any(|word| text.eq_ignore_ascii_case(word))
        && edge(bytes.first())
        && edge(bytes.last().filter(|last| **last != b'.').or(bytes.get(bytes.len().wrapping_sub(2))))
        && bytes.iter().all(|byte| is_host_byte(*byte))
}

/// Whether a text is an IPv4 address.
pub fn is_ip(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests;
