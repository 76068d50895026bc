//! How a run ends.

use std::process::ExitCode;

/// How a run ended; the number is the exit code, and part of the contract with users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: nothing that fails the run.
    Clean = 0,
    /// 1: a finding at or above `--fail-on`.
    Findings = 1,
    /// 2: wrong arguments, or a config that cannot be used; nothing was checked.
    Usage = 2,
    /// 3: some input could not be analysed. Outweighs findings, and `--exit-zero` does not hide it.
    Incomplete = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
