//! A rule in words for a terminal: what its page says, without its machinery.
//!
//! Does not colour or wrap; the page's Markdown stays as it is.

use std::fmt::Write as _;

use super::loaded::Rule;

/// The sections of a page that a person wants, in order.
const SECTIONS: [&str; 5] = ["Why", "Bad", "Good", "When to allow it", "References"];

/// Plain text about `rule`, with a line end at its end.
pub fn explain(rule: &Rule) -> String {
    let listing = rule.listing();
    let mut out = format!("{}/{}: {}\n\n", listing.domain, listing.id, listing.summary);
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name:<12} {value}");
        }
    };
    row("severity", listing.severity);
    row("preset", listing.preset);
    row("looks at", &listing.subjects.join(", "));
    row("formats", &listing.formats.join(", "));
    row("kinds", &rule.head().kinds.join(", "));
    row("fix", listing.fix);
    row("same as", &listing.equivalents.join(", "));
    row("help", &rule.front().help);
    row("page", &listing.url);
    paragraph(&mut out, "", rule.page.lead());
    for title in SECTIONS {
        paragraph(&mut out, title, rule.page.section(title));
    }
    for (at, reference) in rule.front().references.iter().enumerate() {
        let _ = writeln!(out, "{}  {reference}", if at == 0 { "\nSee also\n\n" } else { "" });
    }
    out
}

fn paragraph(out: &mut String, title: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    if !title.is_empty() {
        let _ = writeln!(out, "\n{title}");
    }
    out.push('\n');
    for line in text.lines() {
        let _ = writeln!(out, "{}{line}", if line.is_empty() { "" } else { "  " });
    }
}
