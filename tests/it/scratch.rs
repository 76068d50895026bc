//! Folders made for one test each, and what a run in them gave.
#![expect(clippy::disallowed_methods, reason = "tests make their own files")]
#![expect(clippy::unwrap_used, reason = "without its files a test should fail")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};

use plimsoll::report::{Format, escape};
use serde_json::Value;

use crate::binary;

/// A pod with one defect that no other file may hide.
pub(crate) const PRIVILEGED: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: sibling\nspec:\n  containers:\n  \
    - name: a\n    image: nginx:1.29.1\n    securityContext:\n      privileged: true\n";

/// A folder that goes away with its test; a repository of its own.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("plimsoll-it-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().canonicalize().unwrap().join(name);
        fs::create_dir_all(path.join(".git")).unwrap();
        Folder(path)
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        for (path, text) in files {
            folder.add(path, text);
        }
        folder
    }

    pub(crate) fn add(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs `check` in every format at once.
    pub(crate) fn check(&self, arguments: &[&str]) -> Run {
        let formats = Format::ALL.map(|format| format!("--format={0}=.git/out.{0}", format.name()));
        let formats: Vec<&str> = formats.iter().map(String::as_str).collect();
        let output =
            binary::run(&self.0, &[&["check", "--no-progress"], formats.as_slice(), arguments].concat());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code().unwrap_or_else(|| panic!("killed: {told}"));
        let reports = Format::ALL.map(|format| {
            let path = self.0.join(".git").join(format!("out.{}", format.name()));
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("no report, exit code {code}: {told}"))
        });
        let json = Format::ALL.iter().position(|format| *format == Format::Json).unwrap();
        let json = serde_json::from_str(&reports[json]).unwrap();
        Run { code, reports, json, told }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    /// In the order of `Format::ALL`.
    pub(crate) reports: [String; Format::ALL.len()],
    pub(crate) json: Value,
    /// What it wrote to standard error.
    pub(crate) told: String,
}

impl Run {
    /// The rules that report something in files whose path passes, in order.
    pub(crate) fn rules(&self, path: impl Fn(&str) -> bool) -> Vec<&str> {
        let findings = self.json["findings"].as_array().unwrap().iter();
        let of_path = findings.filter(|finding| finding["path"].as_str().is_some_and(&path));
        of_path.map(|finding| finding["rule"].as_str().unwrap()).collect()
    }

    /// Fails unless every file is accounted for, and no report has a byte that only a file could have put there.
    pub(crate) fn assert_sound(&self, what: &str) {
        let files = &self.json["summary"]["files"];
        let count = |name: &str| files[name].as_u64().unwrap();
        assert_eq!(count("discovered"), count("analysed") + count("skipped"), "{what}");
        for (format, report) in Format::ALL.iter().zip(&self.reports).chain([(&Format::Full, &self.told)]) {
            let hidden = report.chars().find(|&c| c != '\n' && escape::is_hidden(c));
            assert_eq!(hidden, None, "{what}: {}", format.name());
            for line in report.lines().filter(|line| line.trim_start().starts_with("::")) {
                let ours = ["::error ", "::warning ", "::notice "].iter().any(|word| line.starts_with(word));
                assert!(ours && *format == Format::Github && line.contains("title="), "{what}: {line}");
            }
        }
    }

    /// The same, and the file that [`PRIVILEGED`] is in was checked as ever.
    pub(crate) fn assert_sibling(&self, path: &str, what: &str) {
        self.assert_sound(what);
        let found = self.rules(|other| other == path);
        assert!(found.contains(&"privileged-container"), "{what}: {found:?}\n{}", self.told);
    }
}
