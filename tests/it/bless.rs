//! Compares what came out with a file, and writes that file when asked to: `PLIMSOLL_BLESS=1 cargo test`.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures and may write them")]
#![expect(clippy::unwrap_used, reason = "what cannot be written should fail the test")]

use std::path::Path;

/// Fails unless the file `path`, from the package's root, holds exactly `actual`.
pub(crate) fn check(path: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var("PLIMSOLL_BLESS").is_ok_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = |(at, (expected, actual)): (usize, (&str, &str))| {
        (expected != actual).then(|| format!("line {}\n- {expected}\n+ {actual}", at + 1))
    };
    assert!(
        expected == actual,
        "{} is not what came out; PLIMSOLL_BLESS=1 rewrites it\n{}",
        path.display(),
        expected.lines().zip(actual.lines()).enumerate().find_map(differs).unwrap_or("one is longer".into()),
    );
}
