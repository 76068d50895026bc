//! The GitHub action: its script as the runner would run it, with inputs that try to be run themselves.
#![expect(
    clippy::disallowed_methods,
    reason = "tests start the program that they test, and read what it wrote"
)]
#![expect(clippy::unwrap_used, reason = "what cannot be prepared should fail the test")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::binary;

/// A job: an empty workspace, and the folders of the runner.
struct Job(PathBuf);

/// What a step left behind.
struct Step {
    code: Option<i32>,
    log: String,
    outputs: HashMap<String, String>,
    summary: String,
}

impl Job {
    fn new(name: &str) -> Job {
        let folder = std::env::temp_dir().join(format!("plimsoll-action-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for inner in ["workspace", "temp", "bin"] {
            fs::create_dir_all(folder.join(inner)).unwrap();
        }
        Job(folder.canonicalize().unwrap())
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.0.join("workspace").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A program in a folder that comes first on the `PATH`.
    fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.0.join("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs the step; the plimsoll under test is on the `PATH`.
    fn step(&self, inputs: &[(&str, &str)]) -> Step {
        let built = Path::new(env!("CARGO_BIN_EXE_plimsoll")).parent().unwrap();
        self.step_with(&built.display().to_string(), inputs)
    }

    fn step_with(&self, programs: &str, inputs: &[(&str, &str)]) -> Step {
        let own = self.0.join("bin");
        let mut command = Command::new("bash");
        command
            .arg(binary::root().join("action/run.sh"))
            .current_dir(self.0.join("workspace"))
            .env("PATH", format!("{}:{programs}:/usr/bin:/bin", own.display()))
            .env("GITHUB_ACTION_PATH", binary::root())
            .env("GITHUB_WORKSPACE", self.0.join("workspace"))
            .env("GITHUB_OUTPUT", self.0.join("output"))
            .env("GITHUB_STEP_SUMMARY", self.0.join("summary"))
            .env("RUNNER_TEMP", self.0.join("temp"));
        for (name, value) in inputs {
            command.env(format!("PLIMSOLL_{name}"), value);
        }
        let output = command.output().unwrap();
        let read = |name: &str| fs::read_to_string(self.0.join(name)).unwrap_or_default();
        let told = String::from_utf8_lossy(&output.stderr);
        Step {
            code: output.status.code(),
            log: format!("{}{told}", String::from_utf8_lossy(&output.stdout)),
            outputs: outputs(&read("output")),
            summary: read("summary"),
        }
    }

    /// What is in the workspace.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.join("workspace")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Reads `name<<delimiter`, lines, `delimiter`, as the runner does.
fn outputs(text: &str) -> HashMap<String, String> {
    let mut lines = text.lines();
    let mut found = HashMap::new();
    while let Some((name, delimiter)) = lines.next().and_then(|line| line.split_once("<<")) {
        let value: Vec<&str> = lines.by_ref().take_while(|line| *line != delimiter).collect();
        found.insert(name.to_owned(), value.join("\n"));
    }
    found
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: nginx:latest\n      securityContext: {privileged: true, runAsNonRoot: true, runAsUser: 101}\n      resources: {limits: {memory: 1Mi}}\n";

#[test]
fn counts_annotations_summary_and_sarif() {
    let job = Job::new("all");
    job.file("pod.yaml", POD);
    let step = job.step(&[("PATHS", "."), ("SARIF_FILE", "out.sarif")]);
    assert_eq!(step.code, Some(1), "{}", step.log);
    let output = |name: &str| step.outputs[name].as_str();
    assert_eq!((output("exit-code"), output("findings")), ("1", "2"));
    assert_eq!((output("errors"), output("warnings")), ("1", "1"));
    assert_eq!(output("sarif-file"), "out.sarif");
    assert!(step.log.contains("\n::error file=pod.yaml,line=8,"), "{}", step.log);
    assert!(step.summary.contains("| error | `pod.yaml:8:"), "{}", step.summary);
    assert_eq!(job.names(), ["out.sarif", "pod.yaml"]);
    assert_eq!(fs::read_dir(job.0.join("temp")).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn commands_are_stopped_around_the_report() {
    let job = Job::new("stopped");
    job.file("pod.yaml", POD);
    let log = job.step(&[]).log;
    let (_, rest) = log.split_once("::stop-commands::").unwrap();
    let (token, rest) = rest.split_once('\n').unwrap();
    let (report, after) = rest.split_once(&format!("\n::{token}::\n")).unwrap();
    assert_eq!(token.len(), 32);
    assert!(report.contains("mutable-image-tag") && !report.contains("::error"));
    assert!(after.contains("::error"));
    assert!(!job.step(&[]).log.contains(token), "another run, another token");
}

#[test]
fn inputs_are_data() {
    let job = Job::new("data");
    job.file("$(touch ran).yaml", POD);
    job.file("`touch ran`;touch ran.yaml", POD);
    job.file("--config=x.yaml", POD);
    job.file("a b.yaml", POD);
    let paths = "$(touch ran).yaml\n`touch ran`;touch ran.yaml\r\n--config=x.yaml\n\na b.yaml";
    let before = job.names();
    let step = job.step(&[("PATHS", paths), ("ARGS", "--select=privileged-container")]);
    assert_eq!((step.code, step.outputs["findings"].as_str()), (Some(1), "4"), "{}", step.log);
    for (name, hostile) in [
        ("ARGS", "--select=$(touch ran)\n; touch ran"),
        ("CONFIG", "$(touch ran)"),
        ("FAIL_ON", "`touch ran`"),
        ("ANNOTATIONS", "$(touch ran)"),
        ("SUMMARY", "true\n::error::x"),
        ("UPLOAD_SARIF", "a[$(touch ran)]"),
    ] {
        let step = job.step(&[(name, hostile)]);
        assert_eq!((step.code, step.outputs["exit-code"].as_str()), (Some(2), "2"), "{name}: {}", step.log);
        assert!(!step.log.contains("\n::error::x"), "{}", step.log);
        assert_eq!(job.names(), before, "{name} was run");
    }
}

#[test]
fn outputs_cannot_be_forged() {
    let job = Job::new("forged");
    let step = job.step(&[("SARIF_FILE", "a\nfindings<<x\n99\nx\nb")]);
    assert_eq!((step.code, step.outputs["findings"].as_str()), (Some(0), "0"), "{}", step.log);
    assert_eq!(step.outputs["sarif-file"], "a\nfindings<<x\n99\nx\nb");
}

#[test]
fn exit_codes_pass_through() {
    let job = Job::new("codes");
    assert_eq!(job.step(&[]).code, Some(0));
    let missing = job.step(&[("PATHS", "no-such-file.yaml")]);
    assert_eq!((missing.code, missing.outputs["exit-code"].as_str()), (Some(3), "3"));
    job.file("out.sarif", "{}");
    let wrong = job.step(&[("ARGS", "--select=no-such-rule"), ("SARIF_FILE", "out.sarif")]);
    assert_eq!((wrong.code, wrong.outputs["findings"].as_str()), (Some(2), ""), "no count is no zero");
    assert_eq!(wrong.outputs["sarif-file"], "", "that file is not ours");
    job.file("pod.yaml", POD);
    assert_eq!(job.step(&[("FAIL_ON", "never")]).code, Some(0));
}

#[test]
fn what_can_be_left_out_is_left_out() {
    let job = Job::new("less");
    job.file("pod.yaml", POD);
    let step = job.step(&[("ANNOTATIONS", "false"), ("SUMMARY", "false")]);
    assert!(!step.log.contains("::error") && step.summary.is_empty());
    assert_eq!(step.outputs["sarif-file"], "");
    let step = job.step(&[("UPLOAD_SARIF", "true")]);
    assert!(step.outputs["sarif-file"].ends_with("/temp/plimsoll.sarif"));
}

#[test]
fn builds_away_from_the_workspace_when_its_version_is_not_there() {
    let job = Job::new("build");
    job.program("plimsoll", "echo plimsoll 0.0.0");
    let built = env!("CARGO_BIN_EXE_plimsoll");
    job.program(
        "cargo",
        &format!(
            "pwd >\"$RUNNER_TEMP/where\"\nfor last; do :; done\nmkdir -p \"$last/bin\"\ncp {built} \"$last/bin/\""
        ),
    );
    let step = job.step_with("/none", &[]);
    assert_eq!(step.code, Some(0), "{}", step.log);
    let place = fs::read_to_string(job.0.join("temp/where")).unwrap();
    assert_eq!(Path::new(place.trim()), binary::root(), "a config of cargo in the workspace has no say");
}

#[test]
fn a_program_in_the_workspace_is_not_run() {
    let job = Job::new("planted");
    let version = env!("CARGO_PKG_VERSION");
    job.program("plimsoll", &format!("echo plimsoll {version}"));
    fs::rename(job.0.join("bin/plimsoll"), job.0.join("workspace/plimsoll")).unwrap();
    let programs = job.0.join("workspace").display().to_string();
    job.program("cargo", "exit 9");
    assert_eq!(job.step_with(&programs, &[]).code, Some(9), "it goes on to build");
}
