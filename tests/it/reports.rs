//! Every format of a small outcome that has one of each: compared with files, and with schemas.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::sync::Arc;

use plimsoll::lint::{Finding, Outcome, RuleRef, Subject, Suppression, SuppressionKind, Totals};
use plimsoll::report::{self, Format, Style};
use plimsoll::rule::{Applicability, Fix, Label, Severity};
use plimsoll::text::{Edit, FileId, Source, Span};
use serde_json::Value;

use crate::bless;

const WEB: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: é𐐀x} # comment\u{202e}
spec:
\tcontainers:
    - image: nginx:latest
      command: |
        curl http://x | sh
        echo ##[error]no
";

const HOSTILE: &str =
    "kind: Service\nname: \u{1b}[31mweb # plimsoll: ignore[dangling-service] -- soon gone\n";

fn rule(id: &str, domain: &str, severity: Severity) -> Arc<RuleRef> {
    Arc::new(RuleRef {
        id: id.into(),
        domain: domain.into(),
        summary: format!("Summary of {id}"),
        why: "Because `<b>` is <b>bad</b>.".into(),
        help: "name a version".into(),
        severity,
        url: format!("https://plimsoll.example/rules/{id}"),
    })
}

/// The `nth` place, from 0, of `text` in a file.
fn span(outcome: &Outcome, file: FileId, text: &str, nth: usize) -> Span {
    let (at, _) = outcome.sources.get(file).text.match_indices(text).nth(nth).unwrap();
    Span::new(file, at, at + text.len())
}

fn finding(rule: &Arc<RuleRef>, span: Span, message: &str) -> Finding {
    Finding {
        rule: Arc::clone(rule),
        severity: rule.severity,
        message: message.into(),
        span,
        related: Vec::new(),
        subject: None,
        fix: None,
        suppressed: None,
        fingerprint: format!("{:032x}", u64::from(span.start) * 7919 + u64::from(span.end)),
    }
}

fn outcome() -> Outcome {
    let mut outcome = Outcome::default();
    let hostile = outcome.sources.add(Source::new("a\n::error title=x::\u{1b}[31m, 100%.yaml", HOSTILE));
    let web = outcome.sources.add(Source::new("deploy/web.yaml", WEB));
    outcome.totals = Totals { discovered: 3, analysed: 2, skipped: 1, incomplete: 0 };

    let dangling = rule("dangling-service", "wiring", Severity::Error);
    let mut suppressed = finding(&dangling, span(&outcome, hostile, "web", 0), "selects nothing");
    suppressed.suppressed = Some(Suppression {
        kind: SuppressionKind::Comment,
        span: Some(span(&outcome, hostile, "# plimsoll", 0)),
        reason: "soon gone".into(),
    });
    let kind = span(&outcome, hostile, "Service", 0);
    let mut escapes = finding(&dangling, kind, "no workload has `\u{1b}[31mweb`\n::error::<i>x</i> | 100%");
    escapes.related = vec![
        Label { span: span(&outcome, web, "name: é𐐀x", 0), message: "the nearest\u{202e} one".into() },
        Label { span: span(&outcome, hostile, "\u{1b}[31mweb", 0), message: "asked for here".into() },
    ];

    let unicode = rule("odd-name", "meta", Severity::Hint);
    let odd = finding(&unicode, span(&outcome, web, "x", 0), "`x` follows [odd](https://evil.example)");

    let mutable = rule("mutable-image-tag", "image", Severity::Warning);
    let tag = span(&outcome, web, "latest", 0);
    let mut image = finding(&mutable, tag, "`latest` can point to a different image tomorrow");
    image.subject = Some(Subject {
        kind: "Deployment".into(),
        namespace: None,
        name: "é𐐀x".into(),
        address: "default/Deployment/é𐐀x".into(),
    });
    image.related = vec![
        Label { span: span(&outcome, web, "nginx", 0), message: "of this image".into() },
        Label { span: span(&outcome, web, "Deployment", 0), message: "in this workload".into() },
    ];
    image.fix = Some(Fix {
        applicability: Applicability::Unsafe,
        edits: vec![Edit { span: tag, text: "1.29.1".into() }],
    });

    let piped = rule("curl-to-shell", "image", Severity::Info);
    let script = span(&outcome, web, "|\n        curl http://x | sh\n        echo ##[error]no\n", 0);
    let mut block = finding(&piped, script, "`curl http://x | sh` runs what nobody checked ##[error]");
    block.fix = Some(Fix {
        applicability: Applicability::Safe,
        edits: vec![
            Edit { span: span(&outcome, web, "        curl http://x | sh\n", 0), text: String::new() },
            Edit { span: Span::at(web, WEB.len()), text: "# <end>\n".into() },
        ],
    });

    outcome.findings = vec![escapes, suppressed, odd, image, block];
    outcome
}

fn snapshot(name: &str, actual: &str) {
    bless::check(&format!("tests/it/snapshots/reports/{name}"), actual);
}

#[test]
fn formats_are_as_recorded() {
    let outcome = outcome();
    let plain = Style::default();
    snapshot("full.txt", &report::render(Format::Full, &outcome, &plain));
    snapshot("full-color.txt", &report::render(Format::Full, &outcome, &Style { color: true, ..plain }));
    snapshot("concise.txt", &report::render(Format::Concise, &outcome, &plain));
    snapshot("check.json", &report::render(Format::Json, &outcome, &plain));
    snapshot("results.sarif", &report::render(Format::Sarif, &outcome, &plain));
    snapshot("github.txt", &report::render(Format::Github, &outcome, &plain));
    snapshot("summary.md", &report::render(Format::Markdown, &outcome, &plain));
}

/// Fails unless a text is JSON that follows a schema.
pub(crate) fn assert_valid(schema: &str, json: &str) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let json: Value = serde_json::from_str(json).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

const CHECK_SCHEMA: &str = include_str!("../../schemas/check.schema.json");
const RULES_SCHEMA: &str = include_str!("../../schemas/rules.schema.json");
const SARIF_SCHEMA: &str = include_str!("../../fixtures/schemas/sarif-written.schema.json");

#[test]
fn reports_follow_their_schemas() {
    for outcome in [outcome(), Outcome::default()] {
        let render = |format| report::render(format, &outcome, &Style::default());
        assert_valid(CHECK_SCHEMA, &render(Format::Json));
        assert_valid(SARIF_SCHEMA, &render(Format::Sarif));
    }
}

#[test]
fn rules_schema_takes_a_rule() {
    let rules = r#"[{"id": "mutable-image-tag", "domain": "image", "summary": "Image tag can change under you",
        "severity": "warning", "preset": "recommended", "subjects": ["image"], "formats": ["kubernetes"],
        "fix": null, "equivalents": ["hadolint:DL3006"], "url": null}]"#;
    assert_valid(RULES_SCHEMA, rules);
}

#[test]
fn nothing_foreign_is_markup_or_control() {
    let outcome = outcome();
    for format in Format::ALL {
        let text = report::render(format, &outcome, &Style::default());
        let hidden = text.chars().find(|&c| c != '\n' && report::escape::is_hidden(c));
        assert_eq!(hidden, None, "{}", format.name());
        assert!(!text.contains("##["), "{}", format.name());
        for line in text.lines().filter(|line| line.trim_start().starts_with("::")) {
            assert!(format == Format::Github && line.contains("title="), "{line}");
        }
    }
}

#[test]
fn json_columns_count_code_points() {
    let json = report::render(Format::Json, &outcome(), &Style::default());
    let json: Value = serde_json::from_str(&json).unwrap();
    let start = &json["findings"][2]["span"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&3.into(), &20.into()));
    assert_eq!(start["offset"], WEB.find('x').unwrap());
    assert_eq!(json["findings"][0]["path"], "a\n::error title=x::\u{1b}[31m, 100%.yaml", "nothing is lost");
}

#[test]
fn summary_names_what_is_missing() {
    let expected = "4 findings (1 error, 1 warning, 1 info, 1 hint) in 2 files; \
        1 suppressed; 1 file could not be analysed";
    assert_eq!(report::summary(&outcome(), None), expected);
    let none = Outcome {
        totals: Totals { discovered: 1, analysed: 1, skipped: 0, incomplete: 0 },
        ..Outcome::default()
    };
    let elapsed = std::time::Duration::from_millis(214);
    assert_eq!(report::summary(&none, Some(elapsed)), "no findings in 1 file; 0.21 s");
    let part = Totals { incomplete: 1, ..none.totals };
    let part = Outcome { totals: part, ..Outcome::default() };
    assert_eq!(report::summary(&part, None), "no findings in 1 file; 1 file read only in part");
}

/// `count` findings on one line of `width` bytes, all different.
fn crowd(count: usize, width: usize) -> Outcome {
    let mut outcome = Outcome::default();
    let file = outcome.sources.add(Source::new("wide.yaml", "a".repeat(width)));
    let severities = [Severity::Info, Severity::Error, Severity::Warning];
    let rules = severities.map(|severity| rule(severity.name(), "image", severity));
    outcome.findings =
        (0..count).map(|at| finding(&rules[at % 3], Span::at(file, at * (width / count)), "found")).collect();
    outcome
}

#[test]
fn github_gets_what_it_shows() {
    let text = report::render(Format::Github, &crowd(100, 1000), &Style::default());
    let count = |word: &str| text.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 10, 10));
    assert!(text.ends_with("::notice title=plimsoll::71 more findings; see the job summary or the log\n"));
}

#[test]
fn sarif_keeps_the_most_severe() {
    let text = report::render(Format::Sarif, &crowd(30_000, 60_000), &Style::default());
    let json: Value = serde_json::from_str(&text).unwrap();
    let run = &json["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.iter().filter(|result| result["level"] == "note").count(), 5_000);
    let notice = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(*notice, "5000 findings left out, the least severe ones");
}

#[test]
fn a_line_of_ten_mebibytes_is_cut_to_the_finding() {
    let outcome = crowd(300, 10 << 20);
    let style = Style { color: false, width: 80 };
    let full = report::render(Format::Full, &outcome, &style);
    assert!(full.lines().all(|line| line.chars().count() < 100));
    assert!(report::render(Format::Markdown, &crowd(30_000, 60_000), &style).len() < 1 << 20);
}

#[test]
fn hostile_spans_do_not_matter() {
    for text in ["", "é", "\u{feff}", "\u{feff}\r\n", "a\r\nb", "\r", "\n\n"] {
        let mut outcome = Outcome::default();
        let file = outcome.sources.add(Source::new("x", text));
        let rule = rule("any", "meta", Severity::Error);
        for start in 0..6 {
            for end in start..7 {
                let mut found = finding(&rule, Span::new(file, start, end), "m");
                found.related = vec![Label { span: Span::new(file, 0, end), message: String::new() }];
                outcome.findings.push(found);
            }
        }
        for format in Format::ALL {
            assert!(!report::render(format, &outcome, &Style::default()).is_empty());
        }
    }
}
