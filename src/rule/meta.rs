//! What is known of a rule besides its check: names, words, and where to read more.
//!
//! Does not read pages; see [`page`](super::page).

use super::Severity;

/// Where the project lives. A guess until it is published; every address that is shown starts with this one.
pub const REPOSITORY: &str = "https://github.com/plimsoll/plimsoll";

/// Where the page of a built-in rule can be read.
pub fn page_url(domain: &str, id: &str) -> String {
    format!("{REPOSITORY}/blob/main/rules/{domain}/{id}.md")
}

/// What a report needs to know of a rule.
#[derive(Debug)]
pub struct RuleRef {
    /// Its name, kebab-case.
    pub id: String,
    /// The folder its page is in: `workload`, `image`, `meta` …
    pub domain: String,
    /// One line without a full stop.
    pub summary: String,
    /// The page's `## Why` in Markdown; empty if it has none.
    pub why: String,
    /// What to do about a finding, one line; empty if the page says nothing.
    pub help: String,
    /// Severity before the config's overrides.
    pub severity: Severity,
    /// Where the page can be read; empty for users' own rules.
    pub url: String,
}

/// Which set of rules a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    /// On unless somebody turns it off.
    Recommended,
    /// For those who ask for more.
    Strict,
}

impl Preset {
    /// All, from the smallest set to the largest.
    pub const ALL: [Preset; 2] = [Preset::Recommended, Preset::Strict];

    /// The word for it in pages and config.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Recommended => "recommended",
            Preset::Strict => "strict",
        }
    }

    /// The preset with this name.
    pub fn parse(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }
}

/// The tool and the name of a check in it, from `hadolint:DL3008`; the name may hold more colons.
pub fn split_equivalent(text: &str) -> Option<(&str, &str)> {
    let (tool, id) = text.split_once(':')?;
    let is_tool = !tool.is_empty()
        && tool.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let is_id = !id.is_empty() && !id.contains(char::is_whitespace);
    (is_tool && is_id).then_some((tool, id))
}
