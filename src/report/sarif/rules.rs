//! The rules behind the results, as code scanning wants them described.
//!
//! Lists only rules that found something: an outcome knows no others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::wire::{Configuration, Help, Rule, RuleProperties, Text};
use crate::lint::{Finding, RuleRef};
use crate::report::escape;
use crate::rule::Severity;

/// Characters that GitHub takes in a description.
const DESCRIPTION: usize = 1024;
/// Characters of a rule's reasons that go into its help.
const REASONS: usize = 8 * 1024;

/// Domains whose findings are shown as security alerts, and so need a score.
const SECURITY: [&str; 5] = ["image", "pod-security", "rbac", "secrets", "workload"];

/// The rules of these findings by name, each with its index in the list.
pub(super) fn rules(findings: &[&Finding]) -> (Vec<Rule>, BTreeMap<String, usize>) {
    let by_id: BTreeMap<&str, &Arc<RuleRef>> =
        findings.iter().map(|finding| (finding.rule.id.as_str(), &finding.rule)).collect();
    let index = by_id.keys().enumerate().map(|(at, &id)| (id.to_owned(), at)).collect();
    (by_id.values().map(|rule| describe(rule)).collect(), index)
}

/// SARIF knows no level below `note` that it would show.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

fn describe(rule: &RuleRef) -> Rule {
    let security = SECURITY.contains(&rule.domain.as_str());
    let mut tags = vec![escape::line(&rule.domain).into_owned()];
    if security {
        tags.push("security".into());
    }
    let reasons = if rule.why.trim().is_empty() { &rule.summary } else { &rule.why };
    Rule {
        id: rule.id.clone(),
        name: pascal_case(&rule.id),
        short_description: text(&rule.summary),
        full_description: text(reasons.trim()),
        help: help(rule),
        help_uri: (!rule.url.is_empty()).then(|| rule.url.clone()),
        default_configuration: Configuration { level: level(rule.severity) },
        properties: RuleProperties {
            tags,
            // A value that cannot be known never makes a rule fire.
            precision: "high",
            problem_severity: problem_severity(rule.severity),
            security_severity: security.then(|| security_severity(rule.severity)),
        },
    }
}

fn text(text: &str) -> Text {
    Text { text: escape::shorten(text, DESCRIPTION).into_owned() }
}

fn help(rule: &RuleRef) -> Help {
    let advice = if rule.help.is_empty() { &rule.summary } else { &rule.help };
    let advice = escape::shorten(advice, DESCRIPTION);
    let mut markdown = markup(&advice);
    if !rule.why.trim().is_empty() {
        let why = markup(&escape::shorten(rule.why.trim(), REASONS));
        markdown = format!("{markdown}\n\n## Why\n\n{why}");
    }
    let mut text = advice.into_owned();
    if !rule.url.is_empty() {
        text = format!("{text}\n{}", rule.url);
    }
    Help { text, markdown }
}

/// Markdown without raw HTML: a `<` outside code is text. A page may come from the repository under test.
fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match code_length(rest) {
            Some(length) => {
                out.push_str(&rest[..length]);
                length
            }
            None if rest.starts_with('<') => {
                out.push_str("&lt;");
                1
            }
            None => {
                out.push_str("\\`");
                1
            }
        };
        rest = &rest[taken..];
    }
    out + rest
}

/// Bytes of the code that `text` starts with: up to the next run of as many backticks as it begins with.
fn code_length(text: &str) -> Option<usize> {
    let fence = text.len() - text.trim_start_matches('`').len();
    if fence == 0 {
        return None;
    }
    let mut at = fence;
    while let Some(next) = text[at..].find('`') {
        let run = &text[at + next..];
        let length = run.len() - run.trim_start_matches('`').len();
        at += next + length;
        if length == fence {
            return Some(at);
        }
    }
    None
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "recommendation",
    }
}

/// Middle of GitHub's bands: high from 7, medium from 4, low below. We call nothing critical.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "8.0",
        Severity::Warning => "5.5",
        Severity::Info => "3.0",
        Severity::Hint => "1.0",
    }
}

fn pascal_case(id: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    id.split('-').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_rules_in_pascal_case() {
        assert_eq!(pascal_case("mutable-image-tag"), "MutableImageTag");
    }

    #[test]
    fn keeps_code_and_disarms_html() {
        assert_eq!(markup("a <b> `<c>` ``x`<``"), "a &lt;b> `<c>` ``x`<``");
        assert_eq!(markup("```\n<x>\n```\n<script>"), "```\n<x>\n```\n&lt;script>");
        assert_eq!(markup("lone ` and <i>"), "lone \\` and &lt;i>");
    }
}
