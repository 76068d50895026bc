//! This repository obeys the rules that it ships.

use crate::binary;

#[test]
fn the_repository_is_clean() {
    let output = binary::run(binary::root(), &["--format", "concise"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{}{told}", binary::stdout(&output));
}
