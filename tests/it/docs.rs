//! The documentation keeps its word: the list of rules is generated, links lead somewhere, and flags exist.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use plimsoll::rule::meta::{REPOSITORY, split_equivalent};
use plimsoll::rule::{Registry, Rule};

use crate::{binary, bless, tree};

/// Pages for people, from the package's root.
fn pages() -> Vec<String> {
    let mut found = tree::files("docs");
    found.extend(
        ["README", "CONTRIBUTING", "SECURITY", "CHANGELOG", "rules/README"].map(|it| format!("{it}.md")),
    );
    found
}

#[test]
fn the_index_lists_every_rule() {
    bless::check("docs/rules.md", &index(&Registry::built_in()));
}

fn index(registry: &Registry) -> String {
    let mut out = String::from(
        "# Rules\n\n\
         Generated from the pages in [`rules`](../rules/README.md); `plimsoll rules` prints the same list, `plimsoll rule NAME`\n\
         a page. `recommended` rules run unless they are ignored, `strict` ones when they are selected.\n",
    );
    for domain in registry.domains() {
        let _ = write!(
            out,
            "\n## {domain}\n\n| rule | | severity | preset | looks at |\n|---|---|---|---|---|\n"
        );
        for rule in registry.rules().iter().filter(|rule| rule.domain() == domain) {
            let (head, summary) = (rule.head(), &rule.front().summary);
            let (severity, preset, subject) = (head.severity.name(), head.preset.name(), head.subject.name());
            let _ = writeln!(out, "| {} | {summary} | {severity} | {preset} | {subject} |", link(rule));
        }
    }
    out.push_str(
        "\n## Ids of other tools\n\nThe check that comes closest; select and suppress by these as well.\n",
    );
    for (tool, ids) in equivalents(registry) {
        let _ = write!(out, "\n### {tool}\n\n| id | rule |\n|---|---|\n");
        for (id, rules) in ids {
            let links: Vec<String> = rules.into_iter().map(link).collect();
            let _ = writeln!(out, "| `{id}` | {} |", links.join(", "));
        }
    }
    out
}

fn link(rule: &Rule) -> String {
    format!("[`{0}`](../rules/{1}/{0}.md)", rule.id(), rule.domain())
}

/// By tool, then by id.
fn equivalents(registry: &Registry) -> BTreeMap<&str, BTreeMap<&str, Vec<&Rule>>> {
    let mut found: BTreeMap<&str, BTreeMap<&str, Vec<&Rule>>> = BTreeMap::new();
    for rule in registry.rules() {
        for (tool, id) in rule.head().equivalents.iter().filter_map(|text| split_equivalent(text)) {
            found.entry(tool).or_default().entry(id).or_default().push(rule);
        }
    }
    found
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in targets(&prose(&tree::text(&page))) {
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = if path.is_empty() { page.clone() } else { format!("{folder}/{path}") };
            let path = path.trim_start_matches('/');
            if !tree::path(path).exists() {
                wrong.push(format!("{page}: there is no {target}"));
            } else if !anchor.is_empty() && !anchors(&tree::text(path)).contains(anchor) {
                wrong.push(format!("{page}: no heading for {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The text without its fenced blocks.
fn prose(text: &str) -> String {
    let mut fence: Option<usize> = None;
    let mut out = String::new();
    for line in text.lines() {
        let ticks = line.trim_start().bytes().take_while(|byte| *byte == b'`').count();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(opened) if ticks >= opened => fence = None,
            None => out.extend([line, "\n"]),
            Some(_) => {}
        }
    }
    out
}

/// The targets of links within the repository.
fn targets(text: &str) -> Vec<String> {
    let after = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let inner = after.map(|(target, _)| target.to_owned());
    inner.filter(|target| !target.starts_with("https://")).collect()
}

/// What GitHub calls the headings of a page.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text
        .lines()
        .filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')));
    let kept = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == ' ';
    headings
        .map(|text| text.to_lowercase().chars().filter(|c| kept(*c)).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn flags_and_verbs_exist() {
    let mut known = BTreeSet::new();
    let mut helps = String::new();
    for verb in ["", "check", "graph", "rules", "rule", "init", "schema", "completions"] {
        let arguments: Vec<&str> = [verb, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        helps += &binary::stdout(&binary::run(binary::root(), &arguments));
    }
    helps += &binary::stdout(&binary::run(binary::root(), &["rule", "new", "--help"]));
    known.extend(flags(&helps));
    let mut wrong = Vec::new();
    let others = ["action.yml", "action/run.sh", ".pre-commit-hooks.yaml"].map(str::to_owned);
    for page in pages().into_iter().chain(others) {
        for line in tree::text(&page).lines().filter(|line| !line.contains("cargo ")) {
            // What stands before the name belongs to another program.
            let Some((_, line)) = line.split_once("plimsoll") else { continue };
            let unknown = flags(line).into_iter().filter(|flag| !known.contains(flag));
            wrong.extend(unknown.map(|flag| format!("{page}: `{flag}` is in no help")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The long flags in a text, without their values.
fn flags(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.starts_with("--") && word.len() > 3).map(str::to_owned).collect()
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = tree::text("README.md");
    let (_, block) = readme.split_once("```text\n").unwrap();
    let (shown, _) = block.split_once("```").unwrap();
    assert!(tree::text("tests/it/snapshots/demo.txt").contains(shown), "the excerpt is not in the report");
}

#[test]
fn exit_codes_are_told_alike() {
    let help = binary::stdout(&binary::run(binary::root(), &["--help"]));
    for words in [
        "nothing found that fails the run",
        "findings at or above",
        "wrong use, or a config that cannot be used",
        "an input could not be analysed",
    ] {
        assert!(help.contains(words), "the help does not say `{words}`");
        for page in ["README.md", "docs/outputs.md"] {
            assert!(tree::text(page).contains(words), "{page} does not say `{words}`");
        }
    }
}

#[test]
fn every_key_of_the_config_is_explained() {
    let schema: serde_json::Value =
        serde_json::from_str(&tree::text("schemas/plimsoll.schema.json")).unwrap();
    let page = tree::text("docs/configuration.md");
    let top = &schema["properties"];
    let inner = [&top["limits"]["properties"], &top["override"]["items"]["properties"]];
    let keys = std::iter::once(top).chain(inner).flat_map(|keys| keys.as_object().unwrap().keys());
    let missing: Vec<&String> = keys
        .filter(|key| {
            ![format!("`{key}`"), format!("`[{key}]`"), format!("`[[{key}]]`")]
                .iter()
                .any(|it| page.contains(it))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_key_and_subject_of_a_page_is_explained() {
    let schema: serde_json::Value =
        serde_json::from_str(&tree::text("schemas/rule-page.schema.json")).unwrap();
    let keys = schema["properties"].as_object().unwrap().keys().cloned();
    let subjects = plimsoll::rule::Subject::ALL.into_iter().map(|subject| subject.name().to_owned());
    let page = tree::text("docs/writing-rules.md");
    let missing: Vec<String> =
        keys.chain(subjects).filter(|word| !page.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_input_of_the_action_is_explained() {
    let page = tree::text("docs/ci.md");
    let action = tree::text("action.yml");
    let names = action.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    let missing: Vec<&str> = names
        .filter(|name| !name.starts_with(' ') && *name != "steps" && !page.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_project_has_one_address() {
    let (_, name) = REPOSITORY.split_once("https://github.com/").unwrap();
    for page in pages() {
        for (at, _) in tree::text(&page).match_indices("https://github.com/plimsoll") {
            assert!(tree::text(&page)[at..].starts_with(REPOSITORY), "{page} has another address");
        }
    }
    assert!(tree::text("docs/ci.md").contains(&format!("uses: {name}@")));
}
