//! What a config of hadolint comes to in one of ours.
//!
//! Text in, text out: who reads and writes the files is `init`.

mod labels;

use std::fmt::Write as _;

use crate::rule::Registry;
use crate::syntax::tree::{Node, Schema};
use crate::syntax::yaml;
use crate::text::FileId;

/// The folder for the pages that a config of hadolint needs.
pub(super) const PAGES: &str = "plimsoll-rules";

/// A rule page that stands in for what hadolint is told in its config.
pub(super) struct Page {
    /// The name of its file.
    pub(super) name: &'static str,
    pub(super) text: String,
}

/// Our files for one of hadolint's.
pub(super) struct Translated {
    /// `plimsoll.toml`
    pub(super) config: String,
    /// Rule pages about trusted registries and labels, if it says something of them.
    pub(super) pages: Vec<Page>,
}

/// Severities by hadolint's names.
const SEVERITIES: [(&str, &str); 5] =
    [("error", "error"), ("warning", "warning"), ("info", "info"), ("style", "hint"), ("ignore", "never")];

/// What hadolint leaves out unless it is told otherwise.
const QUIET: [&str; 2] = ["DL1001", "DL3057"];

/// Translates a config; the message says why it cannot be read.
pub(super) fn translate(text: &str) -> Result<Translated, String> {
    let parsed = yaml::parse(FileId(0), text.into(), Schema::Core);
    if let Some(error) = parsed.errors.first() {
        let line = text.get(..error.span.start as usize).unwrap_or_default().matches('\n').count() + 1;
        return Err(format!("line {line}: {}", error.message));
    }
    let root = parsed.tree.roots().next();
    let get = |key: &str| root.and_then(|root| root.get(key));
    let registries = texts(get("trustedRegistries"));
    let strict = get("strict-labels").and_then(Node::as_bool) == Some(true);
    let mut pages = labels::pages(get("label-schema"), strict);
    if !registries.is_empty() {
        pages.push(Page { name: "untrusted-registry.md", text: page(&registries) });
    }
    let config = config(&get, !pages.is_empty());
    Ok(Translated { config, pages })
}

fn config<'t>(get: &impl Fn(&str) -> Option<Node<'t>>, has_page: bool) -> String {
    let registry = Registry::built_in();
    let mut unknown = Vec::new();
    let mut overridden: Vec<(String, &str)> = Vec::new();
    for (theirs, ours) in SEVERITIES.iter().take(4) {
        let ids = texts(get("override").and_then(|all| all.get(theirs)));
        overridden.extend(known(&registry, ids, &mut unknown).into_iter().map(|id| (id, *ours)));
    }
    let mut ignored = known(&registry, texts(get("ignored")), &mut unknown);
    let quiet = QUIET.iter().map(|id| format!("hadolint:{id}"));
    ignored.extend(quiet.filter(|id| !overridden.iter().any(|(other, _)| other == id)));
    ignored.dedup();

    let mut out = String::from(
        "# From a config of hadolint. `plimsoll rule hadolint:DL3008` tells what an id is called here.\n\n",
    );
    let threshold = get("failure-threshold").and_then(Node::as_str).unwrap_or("info");
    let fail_on = match SEVERITIES.iter().find(|(theirs, _)| *theirs == threshold) {
        Some((_, ours)) => ours,
        None if threshold == "none" => "never",
        None => "info",
    };
    let _ = writeln!(out, "fail-on = \"{fail_on}\"");
    out.push_str("# hadolint runs all its rules, also those that are strict here.\n");
    out.push_str("select = [\"recommended\"]\nextend-select = [\"dockerfile\"]\n");
    let _ = writeln!(out, "ignore = [{}]", quoted(&ignored));
    if has_page {
        let _ = writeln!(out, "# Trusted registries and labels are rule pages.\nrules = [\"{PAGES}\"]");
    }
    unknown.dedup();
    if !unknown.is_empty() {
        let _ = writeln!(out, "# No rule here has these ids: {}", unknown.join(", "));
    }
    if !overridden.is_empty() {
        out.push_str("\n[severity]\n");
        for (id, severity) in overridden {
            let _ = writeln!(out, "\"{id}\" = \"{severity}\"");
        }
    }
    out
}

/// The ids that a rule here has; the others go to `unknown`. Our grammar is nobody's to switch off.
fn known(registry: &Registry, ids: Vec<&str>, unknown: &mut Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    for id in ids {
        let full = format!("hadolint:{id}");
        let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let rules = if plain { registry.find(&full) } else { Vec::new() };
        if rules.is_empty() || rules.iter().any(|rule| rule.domain() == "meta") {
            unknown.push(id.escape_debug().to_string());
        } else if !out.contains(&full) {
            out.push(full);
        }
    }
    out
}

fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}

/// The texts in a list.
fn texts(list: Option<Node<'_>>) -> Vec<&str> {
    list.into_iter().flat_map(Node::items).filter_map(Node::as_str).collect()
}

/// A page that allows these registries; `*` at an end stands for anything.
fn page(registries: &[&str]) -> String {
    let patterns: Vec<String> = registries.iter().map(|registry| pattern(registry)).collect();
    let sample = registries.iter().find(|registry| !registry.contains('*'));
    let sample = sample.map_or_else(|| registries[0].replace('*', "sample"), |sample| (*sample).to_owned());
    let sample: String = sample.chars().filter(|char| is_plain(*char)).collect();
    format!(
        r#"---
summary: Image comes from a registry that is not trusted
severity: error
preset: recommended
for: image
report: image.registry
message: "`{{image.registry}}` is not among the trusted registries"
missing: "`docker.io` is not among the trusted registries; name one of them"
equivalents: [hadolint:DL3026]
---
# untrusted-registry

An image of a registry that is not on the list.

## Why

We build upon what we have looked at.

## Check

```cel
(image.registry == "" ? "docker.io" : image.registry).matches("^({})$")
```

## Bad

```dockerfile
FROM untrusted.invalid/acme/web:1.4
#    ^^^^^^^^^^^^^^^^^ `untrusted.invalid` is not among the trusted registries
```

## Good

```dockerfile
FROM {}/acme/web:1.4
```
"#,
        patterns.join("|"),
        if sample.contains('.') || sample.contains(':') { sample } else { format!("{sample}.example") },
    )
}

/// A pattern for a CEL text: dots are dots.
fn pattern(registry: &str) -> String {
    let mut out = String::new();
    for char in registry.chars() {
        match char {
            '*' => out.push_str(".*"),
            '.' => out.push_str("\\\\."),
            _ if is_plain(char) => out.push(char),
            _ => {}
        }
    }
    out
}

/// What the name of a registry may have.
fn is_plain(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_' | ':')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::parse;
    use crate::config::{Config, Selection};
    use crate::lint::{Linter, check_examples};

    const SAMPLE: &str = "\
ignored: [DL3008, SC2086, DL3059]
override:
  error: [DL3042]
  style: [DL3015, DL1001]
trustedRegistries: [docker.io, '*.example.com']
failure-threshold: warning
label-schema:
  author: text
  org.example.url: url
  build: rfc3339
  license: spdx
  revision: hash
  version: semver
  contact: email
strict-labels: true
";

    #[test]
    fn a_config_of_hadolint_becomes_one_of_ours() {
        let translated = translate(SAMPLE).unwrap_or_else(|error| panic!("{error}"));
        let root = Path::new("/r");
        let (config, errors) = parse(FileId(0), &translated.config, root, root);
        assert_eq!(errors, []);
        assert_eq!(config.rules.len(), 1);
        for line in [
            "fail-on = \"warning\"",
            "ignore = [\"hadolint:DL3008\", \"hadolint:DL3059\", \"hadolint:DL3057\"]",
            "# No rule here has these ids: SC2086",
            "\"hadolint:DL3042\" = \"error\"",
            "\"hadolint:DL1001\" = \"hint\"",
        ] {
            assert!(translated.config.contains(line), "{line} is not in\n{}", translated.config);
        }
        let page = &translated.pages.last().unwrap().text;
        assert!(page.contains(r#"matches("^(docker\\.io|.*\\.example\\.com)$")"#), "{page}");
    }

    #[test]
    fn pages_keep_what_they_say() {
        let translated = translate(SAMPLE).unwrap_or_else(|error| panic!("{error}"));
        let names: Vec<_> = translated.pages.iter().map(|page| page.name).collect();
        let expected =
            ["missing-label.md", "label-of-other-form.md", "unexpected-label.md", "untrusted-registry.md"];
        assert_eq!(names, expected);
        let mut registry = Registry::engine();
        let pages = translated.pages.iter().enumerate();
        let pages =
            pages.map(|(at, page)| (FileId(at as u32), page.name.to_owned(), page.text.as_str().into()));
        assert_eq!(registry.load(pages), []);
        let linter = Linter::new(registry);
        let profile = linter.profile(&Config::default(), &Selection::default());
        let profile = profile.unwrap_or_else(|errors| panic!("{errors:?}"));
        for rule in linter.registry().rules().iter().filter(|rule| !rule.is_built_in()) {
            let (examples, problems) = check_examples(&linter, &profile, rule);
            assert!(examples == 2 && problems.is_empty(), "{}: {problems:?}", rule.id());
        }
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        assert!(translate("ignored: [DL3008\nx: y: z").is_err_and(|error| error.starts_with("line ")));
    }
}
