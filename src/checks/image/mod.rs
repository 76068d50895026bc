//! Images and what runs them: both ends of what they have to agree on.

mod arguments;
mod builds;
mod ports;
mod program;
mod read_only;
mod runs;
mod user;

use super::Check;

pub(super) use user::ordinary as ordinary_users;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("argument-as-program", Check::Wired(arguments::as_program)),
    ("lost-arguments", Check::Wired(arguments::lost)),
    ("missing-program", Check::Wired(program::missing)),
    ("refused-image-user", Check::Wired(user::check)),
    ("replaced-entrypoint", Check::Wired(arguments::replaced)),
    ("unexposed-port", Check::Wired(ports::check)),
    ("unknown-build-argument", Check::Wired(builds::argument)),
    ("unknown-build-target", Check::Wired(builds::target)),
    ("write-to-read-only-root", Check::Wired(read_only::check)),
];
