//! Which rules run, and how severely, on which files and objects.

use std::path::Path;

use super::*;
use crate::config::parse;
use crate::text::{FileId, Span};

/// `a1` and `a2` in domain `a`, `b1` and `b2` in domain `b`; the second of each is strict.
fn with_rules<T>(run: impl FnOnce(&[Candidate<'_>]) -> T) -> T {
    let foreign = [Cow::Borrowed("hadolint:DL3008")];
    let rule =
        |id, domain, preset| Candidate { id, domain, preset, equivalents: &[], severity: Severity::Warning };
    let rules = [
        rule("a1", "a", "recommended"),
        rule("a2", "a", "strict"),
        rule("b1", "b", "recommended"),
        Candidate { equivalents: &foreign, ..rule("b2", "b", "strict") },
    ];
    run(&rules)
}

fn words(text: &str) -> Selection {
    let (mut config, errors) = parse(FileId(0), text, Path::new("/r"), Path::new("/r"));
    assert_eq!(errors, []);
    config.selections.remove(0)
}

fn plan(config: &str, arguments: &str) -> Plan {
    let (config, errors) = parse(FileId(0), config, Path::new("/r"), Path::new("/r"));
    assert_eq!(errors, []);
    with_rules(|rules| Plan::new(&config, &words(arguments), rules)).expect("every name is known")
}

fn on(plan: &Plan, path: &str, object: Option<Object<'_>>) -> String {
    let scope = plan.scope(Path::new(path));
    let names = ["a1", "a2", "b1", "b2"];
    let on = (0..4).filter(|rule| plan.verdict(*rule, &scope, object).is_some());
    on.map(|rule| names[rule]).collect::<Vec<_>>().join(" ")
}

#[test]
fn which_rules_run() {
    for (config, arguments, expected) in [
        ("", "", "a1 b1"),
        ("select = ['ALL']", "", "a1 a2 b1 b2"),
        ("select = ['strict']", "", "a1 a2 b1 b2"),
        ("select = []", "", ""),
        ("extend-select = ['a']", "", "a1 a2 b1"),
        ("extend-select = ['HADOLINT:dl3008']", "", "a1 b1 b2"),
        ("ignore = ['recommended']", "", ""),
        ("extend-select = ['ALL']\nignore = ['strict']", "", "a1 b1"),
        // The more specific wins, wherever it stands.
        ("select = ['a1']\nignore = ['a']", "", "a1"),
        ("select = ['a']\nignore = ['a1']", "", "a2"),
        ("select = ['a1']\nignore = ['a1']", "", ""),
        // To ignore everything is to start anew.
        ("ignore = ['ALL']", "", ""),
        ("select = ['a1']\nignore = ['ALL']\nextend-select = ['b']", "", "b1 b2"),
        ("select = ['a1']\nextend-select = ['b1']", "ignore = ['ALL']", ""),
        ("ignore = ['ALL']", "select = ['b1']", "b1"),
        ("ignore = ['a1']\nextend-select = ['a']", "", "a2 b1"),
        // The command line's `select` is the base, the config's other lists add up.
        ("select = ['a']", "select = ['b']", "b1 b2"),
        ("ignore = ['b1']", "select = ['b']", "b2"),
        ("ignore = ['b1']", "select = ['b1']", "b1"),
        ("extend-select = ['a2']", "select = ['b']", "a2 b1 b2"),
        ("select = ['a']", "ignore = ['a1']", "a2"),
        ("ignore = ['a1']", "extend-select = ['a1']", "a1 b1"),
        // Severity `off` is `ignore`.
        ("[severity]\na1 = 'off'", "", "b1"),
        ("[severity]\na1 = 'off'", "select = ['a1']", "a1"),
        ("[severity]\na2 = 'error'", "", "a1 b1"),
    ] {
        assert_eq!(on(&plan(config, arguments), "/r/x.yaml", None), expected, "{config} / {arguments}");
    }
}

#[test]
fn overrides_stand_between_config_and_arguments() {
    let config = "[[override]]\npaths = ['t/**']\nselect = ['b2']\n[[override]]\npaths = ['t/**']\nextend-select = ['a1']";
    assert_eq!(on(&plan(config, ""), "/r/t/x.yaml", None), "a1 b2");
    assert_eq!(on(&plan(config, ""), "/r/x.yaml", None), "a1 b1");
    assert_eq!(on(&plan(config, "select = ['b1']"), "/r/t/x.yaml", None), "a1 b1");
}

#[test]
fn an_override_can_leave_files_alone() {
    let plan = plan("select = ['a1', 'b1']\n[[override]]\npaths = ['t/**']\nignore = ['ALL']", "");
    assert_eq!(on(&plan, "/r/t/x.yaml", None), "");
    assert_eq!(on(&plan, "/r/x.yaml", None), "a1 b1");
}

#[test]
fn overrides_of_objects() {
    let config = "[[override]]\nkinds = ['Job']\nnamespaces = ['dev-*']\nignore = ['a']\nextend-select = ['b2']\nreason = 'why'";
    let plan = plan(config, "");
    let job = |namespace| Some(Object { kind: "Job", namespace, name: "x" });
    assert_eq!(on(&plan, "/r/x.yaml", job(Some("dev-1"))), "b1 b2");
    assert_eq!(on(&plan, "/r/x.yaml", job(None)), "a1 b1");
    assert_eq!(on(&plan, "/r/x.yaml", None), "a1 b1");
    let scope = plan.scope(Path::new("/r/x.yaml"));
    assert!(plan.may_run(3, &scope), "`b2` runs for some jobs");
    assert!(!plan.may_run(1, &scope), "`a2` runs for nobody");
    assert_eq!(plan.reasons(&scope, job(Some("dev-1"))).collect::<Vec<_>>(), ["why"]);
}

#[test]
fn severities() {
    let at = |config: &str, path: &str| {
        let plan = plan(config, "");
        plan.verdict(0, &plan.scope(Path::new(path)), None)
    };
    assert_eq!(at("", "/r/x"), Some(Severity::Warning));
    assert_eq!(at("[severity]\na1 = 'error'\na = 'hint'", "/r/x"), Some(Severity::Error));
    assert_eq!(at("[severity]\nALL = 'info'", "/r/x"), Some(Severity::Info));
    let layered = "[severity]\na1 = 'error'\n[[override]]\npaths = ['x']\nseverity = { a1 = 'hint' }";
    assert_eq!(at(layered, "/r/x"), Some(Severity::Hint));
    assert_eq!(at(layered, "/r/y"), Some(Severity::Error));
    let on = |config: &str| plan(config, "").verdict_on(0, &FileScope::default(), None, Some(Severity::Hint));
    assert_eq!(on(""), Some(Severity::Hint), "a finding has a severity of its own");
    assert_eq!(on("[severity]\na = 'info'"), Some(Severity::Info), "and a config wins over it");
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    let text =
        "ignore = ['hadolint:DL3009', 'a9']\n[severity]\nrecomended = 'error'\nnothing-like-it = 'off'";
    let (config, _) = parse(FileId(0), text, Path::new("/r"), Path::new("/r"));
    let errors =
        with_rules(|rules| Plan::new(&config, &Selection::default(), rules)).expect_err("unknown names");
    let told: Vec<_> = errors.iter().map(|error| (&text[error.span.range()], error.help.as_str())).collect();
    assert_eq!(told[0], ("'hadolint:DL3009'", "did you mean `hadolint:DL3008`?"));
    assert_eq!(told[2], ("recomended", "did you mean `recommended`?"));
    assert_eq!(told[3], ("nothing-like-it", "`plimsoll rules` lists them"));
    assert_eq!(errors[1].message, "no rule, domain or preset is called `a9`");
    assert_eq!(errors[1].span, Span::new(FileId(0), 29, 33));
}
