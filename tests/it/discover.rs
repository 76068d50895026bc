//! The walk and the reading of files, against folders made for each test.
#![expect(clippy::disallowed_methods, reason = "tests make their own files, and bound the time")]
#![expect(clippy::expect_used, reason = "without its files a test should fail")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};

use plimsoll::discover::{Configs, Discovered, Options, ProblemKind, Which, discover, read, read_bytes};

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("plimsoll-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().canonicalize().expect("a temporary folder").join(name);
        fs::create_dir(&path).expect("a new folder");
        Folder(path)
    }

    /// A folder with a `.git`, so that it is a repository.
    fn repository(files: &[(&str, &str)]) -> Self {
        let folder = Folder::new();
        fs::create_dir(folder.0.join(".git")).expect("a new folder");
        for (path, text) in files {
            folder.file(path, text.as_bytes());
        }
        folder
    }

    fn file(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a new folder");
        fs::write(path, bytes).expect("a new file");
    }

    fn walk(&self, roots: &[&str]) -> Discovered {
        self.walk_with(roots, |_| {})
    }

    fn walk_with(&self, roots: &[&str], change: impl FnOnce(&mut Options<'_>)) -> Discovered {
        let roots: Vec<PathBuf> = roots.iter().map(PathBuf::from).collect();
        let configs = Configs::new(&self.0, &roots, Which::Closest);
        let excluded = |path: &Path, is_folder: bool| configs.excludes(path, is_folder);
        let mut options = Options {
            folder: &self.0,
            is_candidate: |path| path.contains(".yaml") || path.contains("Dockerfile"),
            is_excluded: &excluded,
            force_exclude: false,
            stdin_filename: None,
        };
        change(&mut options);
        discover(&roots, &options)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn paths(found: &Discovered) -> Vec<&str> {
    found.files.iter().map(|file| file.path.as_str()).collect()
}

fn problems(found: &Discovered) -> Vec<(&str, ProblemKind, &str)> {
    found.problems.iter().map(|one| (one.path.as_str(), one.kind, one.message.as_str())).collect()
}

#[test]
fn sorted_and_only_candidates() {
    let folder = Folder::repository(&[
        ("b.yaml", ""),
        ("a/z.yaml", ""),
        ("a.yaml", ""),
        ("x.txt", ""),
        ("Dockerfile", ""),
    ]);
    let found = folder.walk(&["."]);
    assert_eq!(paths(&found), ["Dockerfile", "a.yaml", "a/z.yaml", "b.yaml"]);
    assert_eq!(problems(&found), []);
    assert_eq!(found, folder.walk(&["b.yaml", "a", "."]).without_explicit());
}

trait WithoutExplicit {
    fn without_explicit(self) -> Self;
}

impl WithoutExplicit for Discovered {
    fn without_explicit(mut self) -> Self {
        self.files.iter_mut().for_each(|file| file.explicit = false);
        self
    }
}

#[test]
fn a_file_named_twice_counts_once_and_as_named() {
    let folder = Folder::repository(&[("a.yaml", "")]);
    let found = folder.walk(&[".", "a.yaml", "./a.yaml"]);
    assert_eq!(found.files.len(), 1);
    assert!(found.files[0].explicit);
}

#[test]
fn ignore_files_hold_from_the_root_of_the_repository() {
    let folder = Folder::repository(&[
        (".gitignore", "vendor/\n*.gen.yaml\n"),
        (".git/info/exclude", "local.yaml\n"),
        ("sub/.ignore", "!keep.gen.yaml\n"),
        ("sub/.plimsollignore", "quiet.yaml\n"),
        ("a.gen.yaml", ""),
        ("local.yaml", ""),
        ("sub/a.gen.yaml", ""),
        ("sub/keep.gen.yaml", ""),
        ("sub/quiet.yaml", ""),
        ("sub/a.yaml", ""),
        ("vendor/a.yaml", ""),
    ]);
    assert_eq!(paths(&folder.walk(&["."])), ["sub/a.yaml", "sub/keep.gen.yaml"]);
    assert_eq!(paths(&folder.walk(&["sub"])), ["sub/a.yaml", "sub/keep.gen.yaml"]);
    assert_eq!(paths(&folder.walk(&["vendor"])), ["vendor/a.yaml"], "a folder named by hand counts");
    assert_eq!(paths(&folder.walk(&["a.gen.yaml"])), ["a.gen.yaml"], "and so does a file");
}

#[test]
fn force_exclude_holds_for_files_named_by_hand() {
    let folder = Folder::repository(&[
        (".gitignore", "vendor/\n"),
        ("plimsoll.toml", "exclude = ['old/**']"),
        ("vendor/deep/a.yaml", ""),
        ("old/a.yaml", ""),
        (".cache/a.yaml", ""),
        (".github/a.yaml", ""),
        ("notes.txt", ""),
    ]);
    let named = ["vendor/deep/a.yaml", "old/a.yaml", ".cache/a.yaml", ".github/a.yaml", "notes.txt"];
    let found = folder.walk_with(&named, |options| options.force_exclude = true);
    assert_eq!(paths(&found), [".github/a.yaml", "notes.txt"]);
    assert_eq!(folder.walk(&named).files.len(), 5);
}

#[test]
fn hidden_folders_that_matter_are_walked() {
    let folder = Folder::repository(&[
        (".github/workflows/a.yaml", ""),
        (".cache/a.yaml", ""),
        (".git/a.yaml", ""),
        (".hidden.yaml", ""),
    ]);
    assert_eq!(paths(&folder.walk(&["."])), [".github/workflows/a.yaml", ".hidden.yaml"]);
}

#[test]
fn excludes_of_the_closest_config() {
    let folder = Folder::repository(&[
        ("plimsoll.toml", "exclude = ['vendor/**', '/top.yaml']"),
        ("sub/plimsoll.toml", "exclude = ['b.yaml']"),
        ("vendor/plimsoll.toml", ""),
        ("vendor/a.yaml", ""),
        ("top.yaml", ""),
        ("b.yaml", ""),
        ("sub/b.yaml", ""),
        ("sub/top.yaml", ""),
        ("sub/deep/b.yaml", ""),
    ]);
    assert_eq!(paths(&folder.walk(&["."])), ["b.yaml", "sub/top.yaml"]);
}

#[test]
fn configs_stop_at_the_root_of_the_repository() {
    let outer = Folder::new();
    outer.file("plimsoll.toml", b"ignore = ['x']");
    outer.file("repo/.git/HEAD", b"");
    outer.file("repo/sub/plimsoll.toml", b"extend = '../base.toml'\nignore = 3");
    outer.file("repo/base.toml", b"select = ['y']");
    let configs = Configs::new(&outer.0.join("repo"), &[PathBuf::from(".")], Which::Closest);
    assert_eq!(configs.of_folder(&outer.0.join("repo")), 0, "the one above the repository is not read");
    assert_eq!(configs.of_folder(&outer.0.join("repo/sub/a/b")), 1);
    let loaded = configs.finish();
    let error = &loaded.errors[0];
    assert_eq!(loaded.sources.get(error.span.file).path, "sub/plimsoll.toml");
    assert_eq!(loaded.sources.text(error.span), "3");
}

#[test]
fn a_config_that_is_missing_is_an_error() {
    let folder = Folder::repository(&[]);
    let configs = Configs::new(&folder.0, &[PathBuf::from(".")], Which::Only("no.toml".into()));
    let loaded = configs.finish();
    assert_eq!(loaded.errors[0].message, "there is no such file");
    assert_eq!(loaded.sources.get(loaded.errors[0].span.file).path, "no.toml");
}

#[test]
fn paths_from_elsewhere_are_told_relative() {
    let folder = Folder::new();
    folder.file("one/.git/HEAD", b"");
    folder.file("two/.git/HEAD", b"");
    folder.file("two/a.yaml", b"");
    let here = Folder(folder.0.join("one"));
    assert_eq!(paths(&here.walk(&["../two"])), ["../two/a.yaml"]);
    assert_eq!(
        problems(&here.walk(&["no.yaml"])),
        [("no.yaml", ProblemKind::Missing, "there is no such file")]
    );
}

#[test]
fn standard_input_has_a_name() {
    let folder = Folder::repository(&[]);
    let found =
        folder.walk_with(&["-"], |options| options.stdin_filename = Some(Path::new("deploy/../a.yaml")));
    assert_eq!(paths(&found), ["a.yaml"]);
    assert!(found.files[0].stdin);
    assert_eq!(paths(&folder.walk(&["-"])), ["<stdin>"]);
}

#[test]
fn large_files_are_not_read() {
    let folder = Folder::repository(&[("a.yaml", "0123456789")]);
    let file = &folder.walk(&["."]).files[0];
    assert_eq!(read(file, 10).expect("just small enough").text, "0123456789");
    let problem = read(file, 9).expect_err("too large");
    assert_eq!((problem.kind, problem.path.as_str()), (ProblemKind::TooLarge, "a.yaml"));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::time::Instant;

    use rustix::fs::{CWD, Mode, mkfifoat};

    use super::*;

    fn link(folder: &Folder, target: impl AsRef<Path>, name: &str) {
        symlink(target, folder.0.join(name)).expect("a new link");
    }

    #[test]
    fn links_inside_count_once_as_their_target() {
        let folder =
            Folder::repository(&[("real/a.yaml", "a"), ("prod", "FROM x"), ("real/deep/b.yaml", "")]);
        link(&folder, "real/a.yaml", "link.yaml");
        link(&folder, "link.yaml", "again.yaml");
        link(&folder, "prod", "Dockerfile");
        link(&folder, "real", "folder");
        link(&folder, ".", "real/deep/circle");
        let found = folder.walk(&["."]);
        assert_eq!(paths(&found), ["prod", "real/a.yaml", "real/deep/b.yaml"]);
        assert_eq!(found.files[0].known_as.as_deref(), Some("Dockerfile"));
        assert_eq!(found.files[1].known_as, None);
        assert_eq!(problems(&found), []);
    }

    #[test]
    fn links_out_are_told_and_never_read() {
        let outside = Folder::new();
        outside.file("secret.yaml", b"secret");
        let folder = Folder::repository(&[(".git/config", "token")]);
        link(&folder, outside.0.join("secret.yaml"), "out.yaml");
        link(&folder, &outside.0, "folder");
        link(&folder, ".git/config", "git.yaml");
        link(&folder, "/dev/zero", "zero.yaml");
        link(&folder, "/proc/self/mem", "mem.yaml");
        link(&folder, outside.0.join("secret.yaml"), "out.txt");
        let told = "a link to a file outside the repository, which is not followed";
        let told_folder = "a link to a folder outside the repository, which is not followed";
        let expected = [
            ("folder", ProblemKind::Outside, told_folder),
            ("git.yaml", ProblemKind::Outside, told),
            ("mem.yaml", ProblemKind::Outside, told),
            ("out.yaml", ProblemKind::Outside, told),
            ("zero.yaml", ProblemKind::Outside, told),
        ];
        let found = folder.walk(&["."]);
        assert_eq!((problems(&found), paths(&found)), (expected.to_vec(), vec![]));
        let named = folder.walk(&["git.yaml", "mem.yaml", "out.yaml", "zero.yaml"]);
        assert_eq!((problems(&named), paths(&named)), (expected[1..].to_vec(), vec![]));
    }

    #[test]
    fn circles_and_long_chains_end() {
        let folder = Folder::repository(&[("end.yaml", "")]);
        link(&folder, "b.yaml", "a.yaml");
        link(&folder, "a.yaml", "b.yaml");
        link(&folder, "nowhere", "c.yaml");
        link(&folder, "end.yaml", "0.link");
        for at in 1..10_000 {
            link(&folder, format!("{}.link", at - 1), &format!("{at}.link"));
        }
        link(&folder, "9999.link", "d.yaml");
        let found = folder.walk(&["."]);
        let circle = "a link that leads in a circle, or through too many others";
        assert_eq!(
            problems(&found),
            [
                ("a.yaml", ProblemKind::BrokenLink, circle),
                ("b.yaml", ProblemKind::BrokenLink, circle),
                ("c.yaml", ProblemKind::BrokenLink, "a link to nothing"),
                ("d.yaml", ProblemKind::BrokenLink, circle),
            ]
        );
        assert_eq!(paths(&found), ["end.yaml"]);
    }

    #[test]
    fn pipes_and_sockets_are_never_opened() {
        let folder = Folder::repository(&[]);
        mkfifoat(CWD, folder.0.join("pipe.yaml"), Mode::from_raw_mode(0o600)).expect("a new pipe");
        mkfifoat(CWD, folder.0.join(".gitignore"), Mode::from_raw_mode(0o600)).expect("a new pipe");
        mkfifoat(CWD, folder.0.join("plimsoll.toml"), Mode::from_raw_mode(0o600)).expect("a new pipe");
        let _socket = UnixListener::bind(folder.0.join("socket.yaml")).expect("a new socket");
        let pipe = "a pipe, which is not opened; to check its text, pass it on standard input with `-`";
        let found = folder.walk(&["."]);
        assert_eq!(
            problems(&found),
            [
                (".gitignore", ProblemKind::Special, &*format!("its patterns are not used: {pipe}")),
                ("pipe.yaml", ProblemKind::Special, pipe),
                ("socket.yaml", ProblemKind::Special, "a socket, which is not opened"),
            ]
        );
        let refused = read_bytes(&folder.0.join("pipe.yaml"), 10).expect_err("a pipe");
        assert_eq!(refused.0, ProblemKind::Special);
        let configs = Configs::new(&folder.0, &[], Which::Closest);
        configs.of_folder(&folder.0);
        assert_eq!(configs.finish().errors[0].message, pipe);
    }

    #[test]
    fn ignore_files_and_configs_that_are_links_are_not_followed() {
        let folder = Folder::repository(&[("a.yaml", "")]);
        link(&folder, "/dev/zero", ".gitignore");
        link(&folder, "/dev/zero", "plimsoll.toml");
        let found = folder.walk(&["."]);
        let told = "its patterns are not used: a link that is not followed";
        assert_eq!(problems(&found), [(".gitignore", ProblemKind::BrokenLink, told)]);
        assert_eq!(paths(&found), ["a.yaml"]);
    }

    #[test]
    fn a_file_swapped_for_a_link_is_not_followed() {
        let folder = Folder::repository(&[("a.yaml", "")]);
        let found = folder.walk(&["."]);
        fs::remove_file(folder.0.join("a.yaml")).expect("it was there");
        link(&folder, "/dev/zero", "a.yaml");
        let problem = read(&found.files[0], 100).expect_err("a link now");
        assert_eq!(problem.message, "a link that is not followed");
    }

    #[test]
    fn odd_names() {
        let folder =
            Folder::repository(&[("a\n::error::b.yaml", ""), ("-x.yaml", ""), ("\u{1b}[31m.yaml", "")]);
        let bytes = OsStr::from_bytes(b"latin-\xE9.yaml");
        fs::write(folder.0.join(bytes), "text").expect("a new file");
        let found = folder.walk(&["."]);
        assert_eq!(
            paths(&found),
            ["\u{1b}[31m.yaml", "-x.yaml", "a\n::error::b.yaml", "latin-\u{fffd}.yaml"]
        );
        assert_eq!(read(&found.files[3], 10).expect("its bytes are kept").text, "text");
    }

    #[test]
    fn hostile_folders_take_no_time() {
        let folder = Folder::repository(&[]);
        let mut deep = folder.0.clone();
        for _ in 0..500 {
            deep.push("d");
        }
        fs::create_dir_all(&deep).expect("new folders");
        fs::write(deep.join("a.yaml"), "").expect("a new file");
        let start = Instant::now();
        assert_eq!(folder.walk(&["."]).files.len(), 1);
        assert!(start.elapsed().as_secs() < 5);
    }
}
