//! Official images of Docker Hub: which there are, and what is known of those that people build upon.
//!
//! Source of all tables: github.com/docker-library/official-images and the Dockerfiles that it names (2026-08).

use super::image::Image;

/// The name of the official image of Docker Hub that this is, if it is one.
pub fn official(image: &Image) -> Option<&'static str> {
    let repository = &image.repository.text;
    let short = repository.strip_prefix("library/").unwrap_or(repository);
    let hub = image.registry.as_ref().is_none_or(|registry| registry.text == "docker.io");
    let known = image.hidden.is_none() || image.tag.is_some() && !repository.is_empty();
    (hub && known).then(|| named(short)).flatten()
}

/// The official image of this name.
pub fn named(name: &str) -> Option<&'static str> {
    OFFICIAL.binary_search(&name).ok().map(|at| OFFICIAL[at])
}

/// Whether this official image has no health check: Docker asks them to leave it to whoever runs them.
pub fn has_no_health(name: &str) -> bool {
    WITHOUT_HEALTH.contains(&name)
}

/// Whether containers of this official image start as root, unless told otherwise.
pub fn starts_as_root(name: &str) -> bool {
    STARTS_AS_ROOT.contains(&name)
}

/// Whether this official image has no `ENTRYPOINT`, so that what a container is told is its whole command.
pub fn has_no_entrypoint(name: &str) -> bool {
    WITHOUT_ENTRYPOINT.contains(&name)
}

/// An official image that writes to its root when it starts.
pub struct Writer {
    /// Its name.
    pub image: &'static str,
    /// The folders that it writes to, volumes of its own left out.
    pub folders: &'static [&'static str],
    /// The file that may have it write elsewhere, and the folder of that.
    config: (&'static str, &'static str),
}

impl Writer {
    /// Whether this text, a path or a command, may change where it writes.
    pub fn is_configured_by(&self, text: &str) -> bool {
        let (file, folder) = self.config;
        text.contains(file) || text.trim_end_matches('/').ends_with(folder)
    }
}

/// What this official image writes when it starts.
pub fn writer(name: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|writer| writer.image == name)
}

/// All of them, those included that are no longer built; sorted.
const OFFICIAL: &[&str] = &[
    "adminer",
    "aerospike",
    "almalinux",
    "alpine",
    "alt",
    "amazoncorretto",
    "amazonlinux",
    "api-firewall",
    "arangodb",
    "archlinux",
    "backdrop",
    "bash",
    "bonita",
    "buildpack-deps",
    "busybox",
    "caddy",
    "cassandra",
    "centos",
    "chronograf",
    "cirros",
    "clearlinux",
    "clefos",
    "clojure",
    "composer",
    "consul",
    "convertigo",
    "couchbase",
    "couchdb",
    "crate",
    "dart",
    "debian",
    "docker",
    "drupal",
    "eclipse-mosquitto",
    "eclipse-temurin",
    "eggdrop",
    "elasticsearch",
    "elixir",
    "emqx",
    "erlang",
    "express-gateway",
    "fedora",
    "flink",
    "fluentd",
    "friendica",
    "gazebo",
    "gcc",
    "geonetwork",
    "ghost",
    "golang",
    "gradle",
    "groovy",
    "haproxy",
    "haskell",
    "haxe",
    "hello-world",
    "hitch",
    "httpd",
    "hylang",
    "ibm-semeru-runtimes",
    "ibmjava",
    "influxdb",
    "irssi",
    "java",
    "jenkins",
    "jetty",
    "jobber",
    "joomla",
    "jruby",
    "julia",
    "kapacitor",
    "kibana",
    "kong",
    "krakend",
    "lightstreamer",
    "liquibase",
    "logstash",
    "mageia",
    "mariadb",
    "matomo",
    "maven",
    "mediawiki",
    "memcached",
    "mongo",
    "mongo-express",
    "monica",
    "mono",
    "mysql",
    "nats",
    "nats-streaming",
    "neo4j",
    "neurodebian",
    "nextcloud",
    "nginx",
    "node",
    "notary",
    "nuxeo",
    "odoo",
    "open-liberty",
    "openjdk",
    "opensuse",
    "oraclelinux",
    "orientdb",
    "percona",
    "perl",
    "photon",
    "php",
    "php-zendserver",
    "phpmyadmin",
    "plone",
    "postfixadmin",
    "postgres",
    "pypy",
    "python",
    "r-base",
    "rabbitmq",
    "rakudo-star",
    "rapidoid",
    "redis",
    "redmine",
    "registry",
    "rethinkdb",
    "rocket.chat",
    "rockylinux",
    "ros",
    "ruby",
    "rust",
    "sapmachine",
    "satosa",
    "silverpeas",
    "sl",
    "solr",
    "sonarqube",
    "sourcemage",
    "spark",
    "spiped",
    "storm",
    "swarm",
    "swift",
    "swipl",
    "teamspeak",
    "telegraf",
    "thrift",
    "tomcat",
    "tomee",
    "traefik",
    "ubuntu",
    "unit",
    "varnish",
    "vault",
    "websphere-liberty",
    "wordpress",
    "xwiki",
    "yourls",
    "znc",
    "zookeeper",
];

/// Those without a health check that people wait for.
const WITHOUT_HEALTH: &[&str] = &[
    "alpine",
    "amazoncorretto",
    "amazonlinux",
    "bash",
    "buildpack-deps",
    "busybox",
    "caddy",
    "cassandra",
    "consul",
    "couchbase",
    "couchdb",
    "debian",
    "drupal",
    "eclipse-temurin",
    "elasticsearch",
    "elixir",
    "erlang",
    "fedora",
    "ghost",
    "golang",
    "gradle",
    "haproxy",
    "httpd",
    "influxdb",
    "jetty",
    "joomla",
    "kong",
    "logstash",
    "mariadb",
    "maven",
    "memcached",
    "mongo",
    "mysql",
    "nats",
    "neo4j",
    "nextcloud",
    "nginx",
    "node",
    "openjdk",
    "oraclelinux",
    "perl",
    "php",
    "postgres",
    "python",
    "rabbitmq",
    "redis",
    "registry",
    "rockylinux",
    "ruby",
    "rust",
    "solr",
    "swift",
    "tomcat",
    "traefik",
    "ubuntu",
    "vault",
    "wordpress",
    "zookeeper",
];

/// Those whose Dockerfiles name no user in any version; some give up root themselves once they run.
const STARTS_AS_ROOT: &[&str] = &[
    "almalinux",
    "alpine",
    "amazoncorretto",
    "amazonlinux",
    "bash",
    "buildpack-deps",
    "busybox",
    "caddy",
    "centos",
    "debian",
    "eclipse-temurin",
    "elixir",
    "erlang",
    "fedora",
    "gcc",
    "golang",
    "httpd",
    "mariadb",
    "maven",
    "mongo",
    "mysql",
    "nginx",
    "node",
    "openjdk",
    "oraclelinux",
    "perl",
    "php",
    "postgres",
    "python",
    "rabbitmq",
    "redis",
    "registry",
    "rockylinux",
    "ruby",
    "rust",
    "swift",
    "tomcat",
    "traefik",
    "ubuntu",
    "wordpress",
];

/// Those without an `ENTRYPOINT` in any version.
const WITHOUT_ENTRYPOINT: &[&str] = &[
    "almalinux",
    "alpine",
    "amazoncorretto",
    "amazonlinux",
    "buildpack-deps",
    "busybox",
    "centos",
    "debian",
    "elixir",
    "erlang",
    "fedora",
    "gcc",
    "golang",
    "httpd",
    "openjdk",
    "oraclelinux",
    "perl",
    "pypy",
    "python",
    "rockylinux",
    "ruby",
    "rust",
    "swift",
    "tomcat",
    "ubuntu",
];

/// Caches, sockets and process numbers, without which the server does not start.
const WRITERS: &[Writer] = &[
    Writer {
        image: "httpd",
        folders: &["/usr/local/apache2/logs"],
        config: ("httpd.conf", "/usr/local/apache2/conf"),
    },
    Writer { image: "mariadb", folders: &["/run/mysqld", "/tmp"], config: (".cnf", "/etc/mysql/conf.d") },
    Writer { image: "mysql", folders: &["/run/mysqld", "/tmp"], config: (".cnf", "/etc/mysql/conf.d") },
    Writer { image: "nginx", folders: &["/run", "/var/cache/nginx"], config: ("nginx.conf", "/etc/nginx") },
    Writer {
        image: "postgres",
        folders: &["/run/postgresql"],
        config: ("postgresql.conf", "/etc/postgresql"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_knows_only_official_images() {
        assert!(OFFICIAL.is_sorted());
        let all = [WITHOUT_HEALTH, STARTS_AS_ROOT, WITHOUT_ENTRYPOINT].concat();
        let all = all.into_iter().chain(WRITERS.iter().map(|writer| writer.image));
        let unknown: Vec<&str> = all.filter(|name| named(name).is_none()).collect();
        assert_eq!(unknown, [""; 0]);
    }
}
