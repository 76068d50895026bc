//! Which program stands behind the name `sh`.

/// A program that images have as `/bin/sh`. They differ in how much of bash they know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavour {
    /// Nobody can tell from here.
    #[default]
    Unknown,
    /// dash, of Debian and Ubuntu: what POSIX says, `local`, and little else.
    Dash,
    /// The ash of `BusyBox`, of Alpine: with `[[`, `source`, `pipefail`, substrings and more.
    Busybox,
    /// bash, of Fedora, RHEL, SUSE, Arch and their kin.
    Bash,
}
