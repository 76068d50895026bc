//! The project that the README shows: its report, word for word.

use crate::{binary, bless};

#[test]
fn the_report_is_the_one_that_is_shown() {
    let output = binary::run(binary::root(), &["check", "fixtures/projects/demo", "--format", "full"]);
    bless::check("tests/it/snapshots/demo.txt", &binary::stdout(&output));
    assert_eq!(output.status.code(), Some(1), "it has errors, and everything could be analysed");
}

#[test]
fn a_suppressed_finding_is_kept_with_its_reason() {
    let output = binary::run(binary::root(), &["fixtures/projects/demo", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let suppressed: Vec<_> = findings.iter().filter(|finding| !finding["suppressed"].is_null()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["rule"], "host-path");
    assert_eq!(suppressed[0]["suppressed"]["reason"], "one node only, until carts move to the database");
}

#[test]
fn what_cannot_be_known_is_not_reported() {
    let output = binary::run(binary::root(), &["fixtures/projects/demo", "--format", "concise"]);
    let report = binary::stdout(&output);
    let template = report.lines().filter(|line| line.contains("chart/templates/mailer.yaml:18:"));
    assert_eq!(template.count(), 0, "the image is filled in by the chart");
    assert!(report.contains("chart/templates/mailer.yaml:27:"), "the image beside it is not");
    assert!(!report.contains("Dockerfile:9:"), "the base is an argument of the build");
}

#[test]
fn a_part_of_the_project_is_not_compared_with_itself() {
    let alone = |arguments: &[&str]| {
        let paths =
            ["fixtures/projects/demo/deploy/cart.yaml", "fixtures/projects/demo/deploy/services.yaml"];
        let output = binary::run(binary::root(), &[&["--format", "concise"], arguments, &paths].concat());
        binary::stdout(&output).contains("[service-selects-nothing]")
    };
    assert!(alone(&[]), "the Service's pods are in a file that was not given");
    assert!(!alone(&["--partial"]));
}
