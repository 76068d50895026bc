//! Shell scripts: in Dockerfiles, and in what containers are told to run.

mod backticks;
mod unread_script;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] =
    &[("backticks", Check::Script(backticks::check)), ("unread-script", Check::Script(unread_script::check))];
