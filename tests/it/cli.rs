//! `check` from end to end: what a user types, what comes back, and how the run ends.
#![expect(clippy::disallowed_methods, reason = "tests start the program that they test")]
#![expect(clippy::unwrap_used, reason = "what cannot be started should fail the test")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use plimsoll::report::Format;
use serde_json::Value;

use crate::scratch::{Folder, PRIVILEGED, Run};
use crate::{binary, bless};

const CLEAN: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n";

fn found(run: &Run) -> Vec<&str> {
    run.rules(|_| true)
}

/// Exit code and standard output of a run that reads `text`.
fn pipe(folder: &Folder, arguments: &[&str], text: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
    command.current_dir(&folder.0).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), binary::stdout(&output))
}

#[test]
fn a_broken_document_hides_no_other() {
    let broken = format!("{PRIVILEGED}---\napiVersion: v1\nkind: Pod\nmetadata: {{name: b\n");
    let run = Folder::with(&[("a.yaml", &broken)]).check(&[]);
    assert!(found(&run).contains(&"privileged-container") && found(&run).contains(&"syntax-error"));
    assert_eq!(run.code, 3);
}

#[test]
fn templates_are_judged_by_what_is_written() {
    let chart = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  containers:\n    \
        {{- range .Values.names }}\n    - name: {{ . }}\n      image: {{ $.Values.image }}:latest\n      \
        securityContext:\n        privileged: {{ $.Values.privileged }}\n    {{- end }}\n    - name: b\n      \
        image: nginx:1.29.1\n      securityContext:\n        privileged: true\n";
    let folder = Folder::with(&[("c/Chart.yaml", "name: c\n"), ("c/templates/a.yaml", chart)]);
    let run = folder.check(&["--select", "privileged-container"]);
    let lines: Vec<&Value> =
        run.json["findings"].as_array().unwrap().iter().map(|one| &one["span"]["start"]["line"]).collect();
    assert_eq!(found(&run), ["privileged-container"], "{}", run.told);
    assert_eq!(lines, [16]);
}

#[test]
fn exit_codes() {
    let code = |text: &str, arguments: &[&str]| Folder::with(&[("a.yaml", text)]).check(arguments).code;
    assert_eq!(code(CLEAN, &[]), 0);
    assert_eq!(code(PRIVILEGED, &[]), 1);
    assert_eq!(code(PRIVILEGED, &["--exit-zero"]), 0);
    assert_eq!(code(PRIVILEGED, &["--fail-on", "never"]), 0);
    assert_eq!(code(PRIVILEGED, &["--select", "mutable-image-tag"]), 0);
    assert_eq!(code(&format!("{CLEAN}x: ["), &["--exit-zero"]), 3, "nothing hides what could not be read");
    assert_eq!(code(CLEAN, &["nothing.yaml"]), 3);
    let usage = |arguments: &[&str]| binary::run(&Folder::new().0, arguments).status.code();
    assert_eq!(usage(&["check", "--no-such-flag"]), Some(2));
    assert_eq!(usage(&["check", "--select", "no-such-rule"]), Some(2));
    assert_eq!(usage(&["check", "--format", "full=/no/such/folder/out"]), Some(2));
    assert_eq!(usage(&["check", "--config", "nothing.toml"]), Some(2));
}

#[test]
fn one_run_reports_in_many_ways() {
    let folder = Folder::with(&[("a.yaml", PRIVILEGED)]);
    let output = binary::run(&folder.0, &["--format", "concise", "--format", "json=out.json", "a.yaml"]);
    assert!(binary::stdout(&output).starts_with("a.yaml:"));
    let json = std::fs::read_to_string(folder.0.join("out.json")).unwrap();
    assert!(json.contains("privileged-container"));
}

#[test]
fn standard_input_has_a_name() {
    let folder = Folder::new();
    folder.add("plimsoll.toml", "[[override]]\npaths = [\"tests/**\"]\nignore = [\"recommended\"]\n");
    let check = |name: &str| {
        pipe(&folder, &["check", "-", "--stdin-filename", name, "--format", "concise"], PRIVILEGED)
    };
    let (code, text) = check("deploy/web.yaml");
    assert_eq!(code, Some(1));
    assert!(text.starts_with("deploy/web.yaml:"), "{text}");
    assert_eq!(check("tests/web.yaml"), (Some(0), String::new()), "its config is that of the name");
    let (code, text) = pipe(&folder, &["-", "--format", "concise"], "FROM a\nRUN cd /x\n");
    assert_eq!(code, Some(1), "without a name, the text decides: {text}");
}

#[test]
fn named_files_count_unless_told_otherwise() {
    let folder = Folder::with(&[("a.yaml", PRIVILEGED), (".gitignore", "a.yaml\n")]);
    assert_eq!(folder.check(&[]).code, 0);
    assert_eq!(folder.check(&["a.yaml"]).code, 1);
    assert_eq!(folder.check(&["a.yaml", "--force-exclude"]).code, 0);
    folder.add("plimsoll.toml", "exclude = [\"b.yaml\"]\n");
    folder.add("b.yaml", PRIVILEGED);
    assert_eq!(folder.check(&["b.yaml"]).code, 1);
    assert_eq!(folder.check(&["b.yaml", "--force-exclude"]).code, 0);
}

#[test]
fn color_is_a_choice() {
    let folder = Folder::with(&[("a.yaml", PRIVILEGED)]);
    let colored = |arguments: &[&str]| binary::stdout(&binary::run(&folder.0, arguments)).contains('\u{1b}');
    assert!(!colored(&["check"]), "NO_COLOR is set");
    assert!(colored(&["check", "--color", "always"]));
    let output =
        Command::new(env!("CARGO_BIN_EXE_plimsoll")).current_dir(&folder.0).env_remove("NO_COLOR").output();
    assert!(!binary::stdout(&output.unwrap()).contains('\u{1b}'), "a pipe is no terminal");
}

#[test]
fn a_broken_config_is_shown_in_its_own_text() {
    let config =
        "select = [\"recomended\"]\nfail-on = \"fatal\"\ncolour = true\n\n[severity]\nhost-path = \"loud\"\n";
    let folder = Folder::with(&[("a.yaml", PRIVILEGED), ("plimsoll.toml", config)]);
    let output = binary::run(&folder.0, &["check"]);
    assert_eq!((output.status.code(), binary::stdout(&output)), (Some(2), String::new()));
    bless::check("tests/it/snapshots/config.txt", &String::from_utf8_lossy(&output.stderr));
}

/// What became of the one finding of `privileged-container`: the kind of suppression and its reason.
fn suppressed(text: &str) -> Option<(String, String)> {
    let run = Folder::with(&[("a.yaml", text)]).check(&["--select", "privileged-container"]);
    assert_eq!(found(&run), ["privileged-container"]);
    let mark = &run.json["findings"][0]["suppressed"];
    let word = |key: &str| mark[key].as_str().map(str::to_owned);
    assert_eq!(run.code, i32::from(mark.is_null()));
    Some((word("kind")?, word("reason")?))
}

#[test]
fn suppressions_are_kept_and_marked() {
    let comment = Some(("comment".to_owned(), "why".to_owned()));
    let rule = "# plimsoll: ignore[privileged-container] why\n";
    assert_eq!(suppressed(PRIVILEGED), None);
    assert_eq!(suppressed(&PRIVILEGED.replace("true\n", &format!("true  {rule}"))), comment);
    assert_eq!(
        suppressed(&PRIVILEGED.replace("      privileged", &format!("      {rule}      privileged"))),
        comment
    );
    assert_eq!(suppressed(&PRIVILEGED.replace("spec:", &format!("{rule}spec:"))), comment);
    assert_eq!(suppressed(&format!("{}{PRIVILEGED}", rule.replace("ignore", "ignore-file"))), comment);
    let annotation = "  annotations: {ignore.plimsoll.dev/privileged-container: why}\nspec:";
    let kind = Some(("annotation".to_owned(), "why".to_owned()));
    assert_eq!(suppressed(&PRIVILEGED.replace("spec:", annotation)), kind);
}

#[test]
fn suppressions_are_judged_too() {
    let with = |comment: &str| {
        let folder = Folder::with(&[(
            "a.yaml",
            &PRIVILEGED.replace("  - name", &format!("  # plimsoll: {comment}\n  - name")),
        )]);
        folder.check(&["--select", "privileged-container,host-network,meta"])
    };
    assert_eq!(found(&with("ignore[privileged-container] why")), ["privileged-container"]);
    assert!(found(&with("ignore[host-network] why")).contains(&"unused-suppression"));
    assert!(found(&with("ignore[privileged-containr] why")).contains(&"unknown-suppression"));
    assert!(found(&with("ignore[privileged-container]")).contains(&"suppression-without-reason"));
    assert!(found(&with("disable[privileged-container] why")).contains(&"unknown-suppression"));
}

#[test]
fn overrides_are_for_objects_by_kind_and_name() {
    let code = |condition: &str| {
        let config = format!(
            "select = [\"privileged-container\"]\n[[override]]\n{condition}\nignore = [\"privileged-container\"]\n"
        );
        Folder::with(&[("a.yaml", PRIVILEGED), ("plimsoll.toml", &config)]).check(&[]).code
    };
    assert_eq!(code("kinds = [\"Pod\"]"), 0);
    assert_eq!(code("kinds = [\"Deployment\"]"), 1);
    assert_eq!(code("names = [\"sib*\"]"), 0);
    assert_eq!(code("names = [\"other\"]"), 1);
    assert_eq!(code("kinds = [\"Pod\"]\nnames = [\"other\"]"), 1);
}

#[test]
fn every_file_is_accounted_for() {
    let folder = Folder::with(&[
        ("a.yaml", PRIVILEGED),
        ("b.yaml", "just: text\n"),
        ("c/Dockerfile", "FROM a:1\n"),
        ("d.json", "{"),
        ("e.yaml", &format!("{CLEAN}# {}", "x".repeat(2_000))),
        ("f.txt", "FROM a\n"),
    ]);
    let run = folder.check(&["--max-file-size", "1KiB"]);
    run.assert_sound("all");
    assert_eq!(
        run.json["summary"]["files"],
        serde_json::json!({"discovered": 3, "analysed": 2, "skipped": 1})
    );
    assert_eq!(run.rules(|path| path == "e.yaml"), ["unreadable-input"]);
    assert_eq!(run.code, 3);
}

#[test]
fn reports_do_not_depend_on_order_or_threads() {
    let mut texts: Vec<(String, String)> = (0..40)
        .map(|at| (format!("d{}/a{at}.yaml", at % 7), PRIVILEGED.replace("sibling", &format!("p{at}"))))
        .collect();
    texts.push(("x/Dockerfile".into(), "FROM a\nRUN cd /\nADD http://x y\n".into()));
    texts.push((
        "y.yaml".into(),
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {a: b}}\n---\n{".into(),
    ));
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::with(&files);
    let names: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    let run = |threads: &str, names: &[&str]| {
        folder.check(&[&["--select", "ALL", "--quiet", "--threads", threads], names].concat()).reports
    };
    let first = run("1", &names);
    for round in 1..6 {
        let mut shuffled = names.clone();
        shuffled.sort_by_key(|name| {
            name.bytes().fold(round, |hash: u32, byte| hash.wrapping_mul(31) ^ u32::from(byte))
        });
        for (format, (one, other)) in
            Format::ALL.iter().zip(first.iter().zip(run(["1", "2", "8"][round as usize % 3], &shuffled)))
        {
            assert!(*one == other, "{} differs in round {round}", format.name());
        }
    }
    assert!(first[0].contains("privileged-container"));
}

#[test]
fn json_follows_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/check.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = Folder::with(&[("a.yaml", PRIVILEGED), ("b.yaml", "apiVersion: v1\nkind: [")]);
    let run = folder.check(&["--select", "ALL", "a.yaml", "b.yaml", "nothing"]);
    let errors: Vec<String> = validator.iter_errors(&run.json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}
