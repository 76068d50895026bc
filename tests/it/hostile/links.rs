//! What in a folder is no plain file: none of it is opened, and each is told.
#![expect(clippy::unwrap_used, reason = "without its files a test should fail")]

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use super::assert_outcome;
use super::rows::Expect::Incomplete;
use crate::scratch::{Folder, PRIVILEGED};

fn with_link(target: &str) -> Folder {
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
    symlink(target, folder.0.join("a.yaml")).unwrap();
    folder
}

#[test]
fn links_out_of_the_repository() {
    for target in
        ["/dev/zero", "/dev/stdin", "/proc/self/mem", "/proc/self/environ", "/etc/passwd", "..", "/"]
    {
        for arguments in [&["--isolated"][..], &["--isolated", "a.yaml", "sibling.yaml"]] {
            let run = with_link(target).check(arguments);
            let told = run.rules(|path| path.ends_with("a.yaml"));
            assert_eq!(told, ["unreadable-input"], "{target}: {}", run.told);
            assert_outcome(&run, "a.yaml", Incomplete("unreadable-input"), target);
        }
    }
}

#[test]
fn links_that_lead_nowhere() {
    for target in ["a.yaml", "nothing", "sibling.yaml/x"] {
        assert_outcome(&with_link(target).check(&[]), "a.yaml", Incomplete("unreadable-input"), target);
    }
    let folder = with_link("b.yaml");
    symlink("a.yaml", folder.0.join("b.yaml")).unwrap();
    assert_outcome(&folder.check(&[]), "a.yaml", Incomplete("unreadable-input"), "a loop of two");
}

#[test]
fn a_chain_of_links() {
    let folder = with_link("l0");
    for at in 0..200 {
        symlink(format!("l{}", at + 1), folder.0.join(format!("l{at}"))).unwrap();
    }
    folder.add("l200", PRIVILEGED);
    assert_outcome(&folder.check(&[]), "a.yaml", Incomplete("unreadable-input"), "a chain");
}

#[test]
fn a_link_to_a_neighbour_counts_once() {
    let run = with_link("sibling.yaml").check(&["--isolated"]);
    run.assert_sibling("sibling.yaml", "a link");
    assert_eq!(run.rules(|path| path == "a.yaml"), [""; 0]);
    assert_eq!(run.code, 1);
}

#[test]
fn folders_in_a_circle() {
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED), ("d/a.yaml", PRIVILEGED)]);
    symlink("..", folder.0.join("d/up")).unwrap();
    symlink(".", folder.0.join("d/here.yaml")).unwrap();
    let run = folder.check(&["--isolated"]);
    run.assert_sibling("sibling.yaml", "a circle");
    run.assert_sibling("d/a.yaml", "a circle");
}

#[test]
fn sockets() {
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
    let _socket = UnixListener::bind(folder.0.join("a.yaml")).unwrap();
    assert_outcome(&folder.check(&[]), "a.yaml", Incomplete("unreadable-input"), "a socket");
}

/// A pipe that nobody writes to would be waited for without end.
#[cfg(target_os = "linux")]
#[test]
fn pipes() {
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, folder.0.join("a.yaml"), kind, mode, 0).unwrap();
    assert_outcome(&folder.check(&[]), "a.yaml", Incomplete("unreadable-input"), "a pipe");
    assert_outcome(
        &folder.check(&["a.yaml", "sibling.yaml"]),
        "a.yaml",
        Incomplete("unreadable-input"),
        "a pipe by name",
    );
}

#[test]
fn ignore_files_and_configs_that_are_links() {
    for name in [".gitignore", ".plimsollignore"] {
        let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
        symlink("/dev/zero", folder.0.join(name)).unwrap();
        folder.check(&[]).assert_sibling("sibling.yaml", name);
    }
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
    symlink("/dev/zero", folder.0.join("plimsoll.toml")).unwrap();
    let output = crate::binary::run(&folder.0, &["check"]);
    assert_eq!(output.status.code(), Some(2), "a config that cannot be read is never passed over");
}
