//! Shell scripts: in Dockerfiles, and in what containers are told to run.

mod backticks;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[("backticks", Check::Script(backticks::check))];
