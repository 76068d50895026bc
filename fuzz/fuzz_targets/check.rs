//! No file, whatever its name, makes a run panic: every rule runs over it, and every report shows what they found
//! without a byte that only the file could have put there.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plimsoll::config::{Config, Selection, Written};
use plimsoll::lint::{self, Linter, Profile};
use plimsoll::report::{self, Format, Style, escape};
use plimsoll::rule::Registry;
use plimsoll::text::{FileId, Span};

/// Names under which a text is read in different ways.
const NAMES: [&str; 12] = [
    "main.tf",
    "terraform.tfvars",
    "web.yaml",
    "chart/templates/web.yaml",
    "kustomization.yaml",
    "web.json",
    "Dockerfile",
    "compose.yaml",
    ".dockerignore",
    "nginx.conf",
    "Caddyfile",
    "web",
];

static EVERYTHING: LazyLock<(Linter, Profile)> = LazyLock::new(|| {
    let linter = Linter::new(Registry::built_in());
    let all = Written { value: "ALL".to_owned(), span: Span::at(FileId(0), 0) };
    let selection = Selection { select: Some(vec![all]), ..Selection::default() };
    match linter.profile(&Config::default(), &selection) {
        Ok(profile) => (linter, profile),
        Err(errors) => panic!("{errors:?}"),
    }
});

fuzz_target!(|text: &str| {
    let (linter, profile) = &*EVERYTHING;
    // One name for each text: all would be as many times slower, and the next text has the next name.
    let name = NAMES[text.len() % NAMES.len()];
    let outcome = lint::check_texts(linter, profile, &[(name, text)]);
    for finding in &outcome.findings {
        assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
        assert!(!finding.message.contains("crashed"), "{finding:?}");
    }
    for format in Format::ALL {
        let report = report::render(format, &outcome, &Style::default());
        let hidden = report.chars().find(|&c| c != '\n' && escape::is_hidden(c));
        assert_eq!(hidden, None, "{}", format.name());
        let foreign =
            |line: &&str| line.starts_with("::") && !(format == Format::Github && line.contains("title="));
        assert_eq!(report.lines().find(foreign), None, "{}", format.name());
    }
});
