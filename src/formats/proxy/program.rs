//! Whose settings a text is: by its name, and by words that say that it names other programs. A text without those says
//! nothing that is asked for, and is left alone.

use memchr::memmem;

use crate::syntax::directives::Grammar;

/// A program whose settings are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// nginx and what is built upon it.
    Nginx,
    /// The HTTP server of Apache.
    Apache,
    /// Caddy, by its Caddyfile.
    Caddy,
    /// `HAProxy`.
    Haproxy,
    /// Fluent Bit, in its own format.
    FluentBit,
    /// Fluentd.
    Fluentd,
    /// Envoy.
    Envoy,
    /// Traefik, by its file provider.
    Traefik,
    /// Prometheus, and what scrapes as it does.
    Prometheus,
    /// Grafana's data sources.
    Grafana,
    /// A collector of `OpenTelemetry`.
    Collector,
    /// Vector.
    Vector,
}

/// What settings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Directives.
    Directives(Grammar),
    /// YAML, JSON or TOML.
    Data,
}

impl Program {
    /// What its settings are written in.
    pub fn syntax(self) -> Syntax {
        match self {
            Program::Nginx => Syntax::Directives(Grammar::Semicolons),
            Program::Caddy => Syntax::Directives(Grammar::Braces),
            Program::Apache | Program::Fluentd => Syntax::Directives(Grammar::Tags),
            Program::Haproxy | Program::FluentBit => Syntax::Directives(Grammar::Sections),
            Program::Envoy
            | Program::Traefik
            | Program::Prometheus
            | Program::Grafana
            | Program::Collector
            | Program::Vector => Syntax::Data,
        }
    }

    /// The program that a text of this name is for, if it says something of others.
    pub fn of(path: &str, text: &str) -> Option<Program> {
        match Kind::of(path)? {
            Kind::Conf => conf(text),
            Kind::Haproxy => says_any(text, &["server ", "server-template "]).then_some(Program::Haproxy),
            Kind::Caddy => {
                says_any(text, &["reverse_proxy", "php_fastcgi", "forward_auth"]).then_some(Program::Caddy)
            }
            Kind::Data => data(path, text),
        }
    }
}

/// What a name alone says.
enum Kind {
    Conf,
    Haproxy,
    Caddy,
    Data,
}

impl Kind {
    fn of(path: &str) -> Option<Kind> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let lower = name.to_ascii_lowercase();
        // Both are filled in before a program reads them.
        let plain = [".template", ".tmpl"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
        let ends = |ends: &[&str]| ends.iter().any(|end| plain.ends_with(end));
        if name == "Caddyfile" || lower.starts_with("caddyfile.") || ends(&[".caddyfile", ".caddy"]) {
            Some(Kind::Caddy)
        } else if ends(&[".cfg"]) && path.to_ascii_lowercase().contains("haproxy") {
            Some(Kind::Haproxy)
        } else if ends(&[".conf"]) {
            Some(Kind::Conf)
        } else if is_toml(&lower) {
            // Many programs have settings in TOML; of these two only the path tells.
            let lower = path.to_ascii_lowercase();
            (lower.contains("traefik") || lower.contains("vector")).then_some(Kind::Data)
        } else {
            ends(&[".yaml", ".yml", ".json"]).then_some(Kind::Data)
        }
    }
}

/// Whether a path is that of a file in TOML.
pub fn is_toml(path: &str) -> bool {
    path.len() > 5 && path.get(path.len() - 5..).is_some_and(|end| end.eq_ignore_ascii_case(".toml"))
}

/// Whether a file of this path, that is not of a format by its name already, could be settings.
pub fn is_candidate(path: &str) -> bool {
    match Kind::of(path) {
        Some(Kind::Data) => is_toml(path),
        kind => kind.is_some(),
    }
}

/// The program that a file is for by its path alone, if somebody names it.
pub fn called(path: &str) -> Option<Program> {
    let lower = path.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match Kind::of(path)? {
        Kind::Conf if has(&["nginx", "openresty"]) => Some(Program::Nginx),
        Kind::Conf if has(&["httpd", "apache"]) => Some(Program::Apache),
        Kind::Haproxy => Some(Program::Haproxy),
        Kind::Caddy => Some(Program::Caddy),
        _ => None,
    }
}

/// Whether only the text of a file of this path tells that it is settings: programs of all kinds have a `.conf`.
pub fn may_be(path: &str) -> bool {
    matches!(Kind::of(path), Some(Kind::Conf)) || is_toml(path)
}

fn conf(text: &str) -> Option<Program> {
    const PASSES: [&str; 6] =
        ["proxy_pass", "fastcgi_pass", "uwsgi_pass", "grpc_pass", "scgi_pass", "memcached_pass"];
    if says(text, ";") && (says_any(text, &PASSES) || says(text, "upstream ") && says(text, "server ")) {
        Some(Program::Nginx)
    } else if says_any(text, &["ProxyPass", "BalancerMember", "proxy:fcgi://"]) {
        Some(Program::Apache)
    } else if says(text, "[OUTPUT]") {
        Some(Program::FluentBit)
    } else if says(text, "<match ") && says(text, "@type") {
        Some(Program::Fluentd)
    } else {
        let haproxy = says(text, "\nbackend ") && says(text, "server ");
        haproxy.then_some(Program::Haproxy)
    }
}

fn data(path: &str, text: &str) -> Option<Program> {
    let name = path.rsplit('/').next().unwrap_or(path);
    // Values and templates of charts hold such settings in text, or under other keys.
    if name.starts_with("values") || path.split('/').any(|part| part == "templates") {
        return None;
    }
    if is_toml(name) {
        return if says_any(text, &["loadBalancer", "forwardAuth"]) {
            Some(Program::Traefik)
        } else {
            says(text, "[sinks.").then_some(Program::Vector)
        };
    }
    let top = |key: &str| at_top(text, key);
    if says_any(text, &["socket_address", "socketAddress"]) && says(text, "luster") {
        let known =
            ["static_resources", "resources", "staticResources", "admin", "node", "dynamic_resources"];
        return known.iter().any(|key| top(key)).then_some(Program::Envoy);
    }
    if says(text, "scrape_configs") && top("scrape_configs") {
        return Some(Program::Prometheus);
    }
    if says(text, "exporters") && top("exporters") && top("receivers") && top("service") {
        return Some(Program::Collector);
    }
    if says(text, "sinks") && top("sinks") && top("sources") {
        return Some(Program::Vector);
    }
    if says(text, "datasources") && top("datasources") && top("apiVersion") {
        return Some(Program::Grafana);
    }
    let balances = says_any(text, &["loadBalancer", "forwardAuth"]);
    (balances && (top("http") || top("tcp") || top("udp"))).then_some(Program::Traefik)
}

/// Whether a key stands at the top of YAML, or somewhere in JSON.
fn at_top(text: &str, key: &str) -> bool {
    let starts = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    if text.trim_start().starts_with('{') {
        return says(text, &format!("\"{key}\""));
    }
    memmem::find_iter(text.as_bytes(), key)
        .any(|at| (at == 0 || text.as_bytes()[at - 1] == b'\n') && starts(&text[at..]))
}

fn says(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

fn says_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| says(text, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_told_by_name_and_by_what_they_say() {
        let nginx = "location / { proxy_pass http://a; }";
        for name in ["nginx.conf", "a/default.conf.template", "x.conf.tmpl"] {
            assert_eq!(Program::of(name, nginx), Some(Program::Nginx), "{name}");
        }
        assert_eq!(Program::of("nginx.conf", "worker_processes 1;"), None);
        assert_eq!(Program::of("web.txt", nginx), None);
        assert_eq!(Program::of("my.conf", "[mysqld]\nport=1\n"), None);
        assert_eq!(Program::of("a.conf", "ProxyPass / http://a/"), Some(Program::Apache));
        assert_eq!(Program::of("haproxy/a.cfg", "backend a\n server b c:1"), Some(Program::Haproxy));
        assert_eq!(Program::of("setup.cfg", "backend a\n server b c:1"), None);
        assert_eq!(Program::of("Caddyfile.dev", "reverse_proxy a"), Some(Program::Caddy));
        assert!(is_candidate("a/x.conf") && is_candidate("Caddyfile") && !is_candidate("x.cfg"));
        assert!(may_be("a/x.conf") && !may_be("Caddyfile"));
        assert!(is_candidate("traefik/dynamic.toml") && !is_candidate("a.toml") && !is_candidate("a.yaml"));
        assert_eq!((called("nginx/a.conf"), called("my.conf")), (Some(Program::Nginx), None));
    }

    #[test]
    fn data_are_told_by_their_keys() {
        let of = |text| Program::of("a.yaml", text);
        assert_eq!(of("global:\n  x: 1\nscrape_configs:\n- job_name: a\n"), Some(Program::Prometheus));
        assert_eq!(of("server:\n  scrape_configs:\n  - job_name: a\n"), None);
        assert_eq!(Program::of("values.yaml", "scrape_configs: []\n"), None);
        assert_eq!(of("apiVersion: 1\ndatasources:\n- url: x\n"), Some(Program::Grafana));
        assert_eq!(of("http:\n  services:\n    a:\n      loadBalancer: {}\n"), Some(Program::Traefik));
        assert_eq!(of("receivers: {}\nexporters: {}\nservice: {}\n"), Some(Program::Collector));
        assert_eq!(of("sources: {}\nsinks: {}\n"), Some(Program::Vector));
        assert_eq!(Program::of("vector.toml", "[sinks.a]\n"), Some(Program::Vector));
        assert_eq!(Program::of("Cargo.toml", "[sinks.a]\n"), None);
        let envoy = "{\"static_resources\": {\"clusters\": [{\"socket_address\": {}}]}}";
        assert_eq!(Program::of("envoy.json", envoy), Some(Program::Envoy));
    }
}
