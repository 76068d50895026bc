//! What is known of images by their names.

use crate::model::image::Image;
use crate::syntax::shell::Flavour;

/// Images whose `sh` is dash unless their tag says otherwise. Docker's official ones are built upon Debian or Ubuntu, if
/// not said otherwise. Source: <https://github.com/docker-library/official-images/tree/master/library>.
const DASH: &str = "buildpack-deps cassandra clojure couchbase debian drupal elixir erlang gcc ghost golang haproxy \
    haskell httpd joomla jruby julia mariadb memcached mongo neo4j nginx node perl php postgres \
    pypy python r-base rabbitmq redis redmine rethinkdb ruby rust swift tomcat ubuntu wordpress";

/// Words in tags of images that are built upon Debian or Ubuntu.
const DASH_TAGS: &str = "debian ubuntu wheezy jessie stretch buster bullseye bookworm trixie trusty xenial bionic focal \
    jammy noble ubuntu16 ubuntu18 ubuntu20 ubuntu22 ubuntu24";

/// Names and words in tags of images whose `sh` is bash.
const BASH: &str = "almalinux amazonlinux amzn2 amzn2023 archlinux azurelinux centos centos6 centos7 centos8 fedora mageia mariner \
    opensuse oracle oraclelinux oraclelinux7 oraclelinux8 oraclelinux9 photon rockylinux ubi ubi-minimal ubi-micro ubi-init ubi7 \
    ubi8 ubi8-minimal ubi9 ubi9-minimal ubi10-minimal ubi10 ol7 ol8 ol9 rhel leap tumbleweed";

/// Releases of Debian and Ubuntu to come: their dash may know more.
const TO_COME: &str = "sid unstable testing forky devel rolling 26 experimental";

/// Which program `sh` is in an image, as far as its name tells.
pub(super) fn flavour(image: &Image) -> Flavour {
    let repository = image.repository.text.as_str();
    let name = repository.rsplit('/').next().unwrap_or_default();
    // Parts of a tag may be known where all of it is not: `${VERSION}-bookworm`.
    let known = image.hidden.is_none();
    let written = image.reference.split('@').next().unwrap_or_default();
    let tag = written.rsplit('/').next().and_then(|last| last.split_once(':')).map_or("", |(_, tag)| tag);
    let words: Vec<&str> = tag.split(['-', '.', '_']).collect();
    let is = |list: &str| has(list, name) || words.iter().any(|word| has(list, word));
    if name.is_empty() || is(TO_COME) {
        return Flavour::Unknown;
    }
    let alpine = name.split('-').chain(words.iter().copied()).any(|word| word.starts_with("alpine"));
    if alpine || name == "busybox" {
        return Flavour::Busybox;
    }
    let owner = repository.split('/').next().unwrap_or_default();
    if is(BASH) || ["opensuse", "centos", "fedora"].contains(&owner) {
        return Flavour::Bash;
    }
    let own = ["debian", "ubuntu"].contains(&name);
    let official = official(image) && has(DASH, name);
    if is(DASH_TAGS) || ((known || own) && official) { Flavour::Dash } else { Flavour::Unknown }
}

/// Whether a list of words has this one.
fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|one| one == word)
}

/// Whether it is one of Docker's own images, or a copy under the same name in a registry that mirrors them.
fn official(image: &Image) -> bool {
    let registry = image.registry.as_ref().map_or("docker.io", |registry| registry.text.as_str());
    let repository = image.repository.text.as_str();
    match registry {
        "docker.io" | "index.docker.io" | "mirror.gcr.io" => {
            !repository.trim_start_matches("library/").contains('/')
        }
        "public.ecr.aws" => repository.starts_with("docker/library/"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::flavour;
    use crate::model::image::Image;
    use crate::syntax::shell::Flavour;
    use crate::text::{FileId, Span};

    #[test]
    fn names_and_tags_tell_the_shell() {
        let of = |text: &str| flavour(&Image::parse(text, |from, to| Span::new(FileId(0), from, to)));
        let all = |texts: &[&str], expected: Flavour| {
            for text in texts {
                assert_eq!(of(text), expected, "{text}");
            }
        };
        all(
            &["debian", "ubuntu:\u{1}", "python:3.13-slim", "node:22", "docker.io/library/golang:1.25"],
            Flavour::Dash,
        );
        all(
            &["mcr.microsoft.com/dotnet/sdk:8.0-jammy", "nvidia/cuda:12.4.1-base-ubuntu22.04"],
            Flavour::Dash,
        );
        all(
            &["alpine:3.22", "python:3.13-alpine3.22", "busybox", "acme/alpine", "acme/alpine-java:8"],
            Flavour::Busybox,
        );
        all(
            &["fedora:42", "redhat/ubi9:9.5", "nvidia/cuda:\u{1}-base-ubi9", "mysql:8-oracle"],
            Flavour::Bash,
        );
        all(
            &["node:\u{1}", "acme/python:3", "debian:sid", "node:\u{1}-slim", "\u{1}", "mysql:8"],
            Flavour::Unknown,
        );
    }
}
