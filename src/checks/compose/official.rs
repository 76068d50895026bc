//! Images that are known to have no health check of their own.

use crate::model::image::Image;

/// Whether this is an official image of Docker Hub without a health check.
pub(super) fn is_official(image: &Image) -> bool {
    let repository = &image.repository.text;
    let short = repository.strip_prefix("library/").unwrap_or(repository);
    let hub = image.registry.as_ref().is_none_or(|registry| registry.text == "docker.io");
    let known = image.hidden.is_none() || image.tag.is_some() && !repository.is_empty();
    hub && known && OFFICIAL.contains(&short)
}

/// Official images that people build upon and wait for, none of which has a health check: Docker asks them to leave it
/// to whoever runs them. Source: their Dockerfiles (github.com/docker-library, 2026-08).
const OFFICIAL: &[&str] = &[
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
