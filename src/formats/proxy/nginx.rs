//! nginx: `proxy_pass` and the like, through groups (`upstream`) and variables (`set`) of the same file.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::target::{target, variable};
use super::{Called, Host, MOST, Settings};
use crate::syntax::directives::Directives;

/// Directives that hand requests on, and the scheme of those whose word has none.
/// Source: the modules of nginx with `_pass` in their reference, without `http`, which is written out.
const PASSES: [(&str, Option<&str>); 6] = [
    ("proxy_pass", None),
    ("fastcgi_pass", Some("fastcgi")),
    ("uwsgi_pass", Some("uwsgi")),
    ("scgi_pass", Some("scgi")),
    ("grpc_pass", Some("grpc")),
    ("memcached_pass", Some("memcached")),
];

/// Values of one variable that are followed.
const MOST_VALUES: usize = 16;

pub(super) fn read(found: &Directives, text: &str) -> Settings {
    let mut settings = Settings::default();
    let mut values: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
    let mut passes = Vec::new();
    for number in 0..found.len() {
        let name = found.name(number, text);
        let mut words = found.words(number).skip(1);
        match (name, words.next()) {
            ("upstream", Some(group)) => settings.groups.push(group),
            ("server", Some(word)) if is_in_group(found, number, text) => {
                settings.called.extend(target(text, word, "server"));
            }
            ("set", Some(word)) => {
                let values = values.entry(text[word].trim_start_matches('$')).or_default();
                values.extend(words.next().filter(|_| values.len() < MOST_VALUES));
            }
            (name, Some(word)) => {
                passes.extend(PASSES.iter().find(|pass| pass.0 == name).map(|pass| (*pass, word)));
            }
            _ => {}
        }
    }
    let groups: HashSet<&str> = settings.groups.iter().filter_map(|place| text.get(place.clone())).collect();
    for (pass, word) in passes {
        if settings.called.len() >= MOST {
            break;
        }
        let leads = follow(text, word, pass.0, &values);
        let known = |called: &Called| match &called.host {
            Host::Name(place) => !groups.contains(&text[place.clone()]),
            Host::Variable(..) => true,
        };
        let scheme = |called: Called| Called {
            scheme: called
                .scheme
                .clone()
                .or_else(|| pass.1.map(str::to_owned))
                .filter(|_| !is_vague(text, &called)),
            ..called
        };
        settings.called.extend(leads.into_iter().filter(known).map(scheme));
    }
    settings.called.sort_by_key(|called| match &called.host {
        Host::Name(place) | Host::Variable(_, place) => place.start,
    });
    settings.called.dedup();
    settings
}

/// Whether a host may as well be a group of a file that is not here, so that nothing is missing if nobody has it. Then a
/// scheme says no more than the name does.
fn is_vague(text: &str, called: &Called) -> bool {
    let Host::Name(place) = &called.host else { return false };
    called.port.is_none() && !text[place.clone()].contains('.')
}

/// Whether a directive is in a group.
fn is_in_group(found: &Directives, number: usize, text: &str) -> bool {
    found.parent(number).is_some_and(|parent| found.name(parent, text) == "upstream")
}

/// Where a word leads: by the values of the variable, where the file sets the one that is its host or all of it.
fn follow(
    text: &str,
    word: Range<usize>,
    directive: &str,
    values: &HashMap<&str, Vec<Range<usize>>>,
) -> Vec<Called> {
    let written = &text[word.clone()];
    let from = written.find("://").map_or(0, |at| at + 3);
    let set = variable(&written[from..])
        .and_then(|(name, length)| Some((values.get(name)?, &written[from + length..])));
    let Some((values, rest)) = set else { return target(text, word, directive).into_iter().collect() };
    let port = rest.strip_prefix(':').map(|rest| rest.split('/').next().unwrap_or_default());
    let port = port.and_then(|port| port.parse().ok());
    let scheme = (from > 0).then(|| written[..from - 3].to_ascii_lowercase());
    let leads = values.iter().filter_map(|value| target(text, value.clone(), directive));
    let leads = leads.map(|called| Called {
        port: called.port.or(port),
        scheme: called.scheme.or_else(|| scheme.clone()),
        ..called
    });
    leads.collect()
}
