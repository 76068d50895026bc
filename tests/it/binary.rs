//! Runs the program as users do.
#![expect(clippy::disallowed_methods, reason = "tests start the program that they test")]
#![expect(clippy::expect_used, reason = "what cannot be started should fail the test")]

use std::path::Path;
use std::process::{Command, Output};

/// The folder of the package: the root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A run in `folder` with these arguments, and no colour.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1");
    command.output().expect("the program starts")
}

/// What a run wrote to standard output.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
