//! Any settings of a proxy are read, whatever they are written in, and every place lies in the text, on the bounds of
//! characters; directives lie in the text in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::formats::proxy::{Host, told};
use plimsoll::syntax::directives::{Grammar, parse};

/// Names and words that make a text count as settings of each program.
const PROGRAMS: [(&str, &str); 9] = [
    ("nginx.conf", "# proxy_pass;\n"),
    ("httpd.conf", "# ProxyPass\n"),
    ("fluent-bit.conf", "# [OUTPUT]\n"),
    ("fluent.conf", "# <match @type\n"),
    ("haproxy.cfg", "# server \n"),
    ("Caddyfile", "# reverse_proxy\n"),
    ("envoy.yaml", "# socket_address cluster\nadmin: {}\n"),
    ("prometheus.yaml", "scrape_configs:\n"),
    ("traefik.yaml", "# loadBalancer\nhttp:\n"),
];

fuzz_target!(|text: &str| {
    for grammar in [Grammar::Semicolons, Grammar::Braces, Grammar::Tags, Grammar::Sections] {
        let found = parse(text, grammar);
        for number in 0..found.len() {
            assert!(text.get(found.range(number)).is_some());
            assert!(found.words(number).all(|word| text.get(word).is_some()));
            assert!(found.parent(number).is_none_or(|parent| parent < number));
        }
        assert!(found.comments().all(|comment| text.get(comment).is_some()));
    }
    for (name, sign) in PROGRAMS {
        let text = format!("{sign}{text}");
        let settings = told(name, &text).unwrap_or_default();
        assert!(settings.groups.into_iter().all(|group| text.get(group).is_some()));
        for called in settings.called {
            let (Host::Name(place) | Host::Variable(_, place)) = called.host;
            assert!(text.get(place).is_some_and(|host| !host.is_empty()));
        }
    }
});
