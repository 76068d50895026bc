//! Package managers that leave what they downloaded in the layer.

use super::super::File;
use super::{is_kept, kept_stages, runs, settings};
use crate::model::image::HIDDEN;
use crate::model::instruction::{Flag, Instruction};
use crate::rule::Match;
use crate::syntax::shell::Command;

/// How one package manager fills its cache and empties it.
struct Cache {
    /// Its programs, without a version at the end.
    programs: &'static [&'static str],
    /// The verbs that fill it.
    fills: &'static [&'static str],
    /// Options that keep it empty.
    without: &'static [&'static str],
    /// Its folders.
    folders: &'static [&'static str],
    /// Verbs that empty it.
    cleans: &'static [&'static str],
    /// Whether only what is done after filling it counts.
    ordered: bool,
}

const APT: Cache = Cache {
    programs: &["apt-get", "apt", "aptitude"],
    fills: &["update"],
    without: &[],
    folders: &["/var/lib/apt/lists"],
    // `apt-get dist-clean`, since apt 2.7.8, is `clean` and the lists as well.
    cleans: &["dist-clean", "distclean"],
    ordered: false,
};

const APK: Cache = Cache {
    programs: &["apk"],
    fills: &["add"],
    without: &["no-cache"],
    folders: &["/var/cache/apk", "/etc/apk/cache"],
    cleans: &[],
    ordered: true,
};

const YUM: Cache = Cache {
    programs: &["yum"],
    fills: &["install", "update", "upgrade", "reinstall", "groupinstall", "localinstall"],
    without: &[],
    folders: &["/var/cache/yum", "/var/cache/dnf"],
    cleans: &["clean"],
    ordered: true,
};

const DNF: Cache = Cache {
    programs: &["dnf", "dnf5", "microdnf", "tdnf"],
    fills: &[
        "install",
        "in",
        "upgrade",
        "up",
        "update",
        "upgrade-minimal",
        "up-min",
        "reinstall",
        "rei",
        "downgrade",
        "groupinstall",
    ],
    without: &[],
    folders: &["/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/var/cache/tdnf"],
    cleans: &["clean"],
    ordered: true,
};

const ZYPPER: Cache = Cache {
    programs: &["zypper"],
    fills: &["install", "in", "update", "up", "dist-upgrade", "dup", "patch"],
    without: &[],
    folders: &["/var/cache/zypp"],
    cleans: &["clean", "cc"],
    ordered: true,
};

const PIP: Cache = Cache {
    programs: &["pip", "pip2", "pip3"],
    fills: &["install"],
    without: &["no-cache-dir"],
    folders: &["/root/.cache/pip", "~/.cache/pip"],
    cleans: &["cache"],
    ordered: true,
};

const YARN: Cache = Cache {
    programs: &["yarn"],
    fills: &["install", "add"],
    without: &[],
    folders: &["/root/.cache/yarn", "/usr/local/share/.cache/yarn", "~/.cache/yarn"],
    cleans: &["cache"],
    ordered: true,
};

pub(super) fn apt(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &APT, out, |_| {
        "the package lists stay in this layer; end with `rm -rf /var/lib/apt/lists/*`".into()
    });
}

pub(super) fn apk(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &APK, out, |_| "the index of packages stays in this layer; add `--no-cache`".into());
}

pub(super) fn yum(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &YUM, out, |name| {
        format!("what `{name}` downloads stays in this layer; end with `{name} clean all`")
    });
}

pub(super) fn dnf(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &DNF, out, |name| {
        format!("what `{name}` downloads stays in this layer; end with `{name} clean all`")
    });
}

pub(super) fn zypper(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &ZYPPER, out, |_| {
        "what `zypper` downloads stays in this layer; end with `zypper clean --all`".into()
    });
}

pub(super) fn yarn(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &YARN, out, |_| {
        "what `yarn` downloads stays in this layer; end with `yarn cache clean`".into()
    });
}

pub(super) fn pip(file: &File<'_>, out: &mut Vec<Match>) {
    let mut found = Vec::new();
    find(file, &PIP, &mut found, |_| "what `pip` downloads stays in this layer; add `--no-cache-dir`".into());
    if found.is_empty() {
        return;
    }
    let settings = settings(file, "PIP_NO_CACHE_DIR", is_true);
    let instructions = &file.facts.instructions;
    out.extend(found.into_iter().filter(|one| {
        let after = instructions.partition_point(|run| run.whole.start <= one.span.start);
        let Some(at) = after.checked_sub(1) else { return true };
        let script = instructions[at].script.as_ref();
        let assigned = script.and_then(|script| {
            script.assigned.iter().rev().find(|assigned| assigned.name == "PIP_NO_CACHE_DIR")
        });
        !match assigned {
            Some(assigned) => assigned.value().is_none_or(is_true),
            None => settings[at].unwrap_or_default(),
        }
    }));
}

/// Whether pip reads the text as yes; what a variable hides may be.
fn is_true(text: &str) -> bool {
    !["", "0", "n", "no", "off", "f", "false"].contains(&text.to_ascii_lowercase().as_str())
}

fn find(file: &File<'_>, cache: &Cache, out: &mut Vec<Match>, message: impl Fn(&str) -> String) {
    let kept = kept_stages(file);
    for (instruction, script) in runs(file) {
        if !is_kept(&kept, instruction) || is_mounted(cache, instruction) {
            continue;
        }
        let commands = &script.commands;
        // Each program empties its own cache, and `rm` anybody's.
        let last_clean = |name: &str| {
            commands.iter().rposition(|command| {
                is_clean(cache, command) && (stem(command) == name || !is_program(cache, command))
            })
        };
        let cleans: Vec<(&str, Option<usize>)> =
            cache.programs.iter().map(|name| (*name, last_clean(name))).collect();
        let left = commands.iter().enumerate().find(|(at, command)| {
            let from = if cache.ordered { *at } else { 0 };
            let last = cleans.iter().find(|(name, _)| *name == stem(command)).and_then(|(_, last)| *last);
            fills(cache, command) && last.is_none_or(|last| last < from)
        });
        if let Some((_, command)) = left {
            let span = command.arguments().verb.map(|verb| verb.span);
            let span = span.or(command.program().first().map(|word| word.span));
            out.extend(span.map(|span| Match::new(span, message(command.name()))));
        }
    }
}

fn is_program(cache: &Cache, command: &Command) -> bool {
    cache.programs.contains(&stem(command))
}

/// The name of the program without a version such as that of `pip3.12`.
fn stem(command: &Command) -> &str {
    let name = command.name();
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

fn fills(cache: &Cache, command: &Command) -> bool {
    if !is_program(cache, command) {
        return false;
    }
    let arguments = command.arguments();
    let verb = arguments.verb.is_some_and(|verb| cache.fills.contains(&verb.text.as_str()));
    verb && !arguments.options.iter().any(|option| cache.without.contains(&option.name))
}

/// Whether a command empties the cache: by the program's own verb, or with `rm`.
fn is_clean(cache: &Cache, command: &Command) -> bool {
    let words = command.program();
    if is_program(cache, command) {
        return words.iter().any(|word| cache.cleans.contains(&word.text.as_str()));
    }
    matches!(command.name(), "rm" | "find") && words.iter().any(|word| removes_any(cache, &word.text))
}

fn removes_any(cache: &Cache, path: &str) -> bool {
    let path = path.trim_end_matches(['*', '/']);
    let inside = |folder: &&str| {
        path.starts_with(*folder) || folder.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    };
    path.len() > 1 && cache.folders.iter().any(inside)
}

/// Whether the cache is kept outside the image.
fn is_mounted(cache: &Cache, instruction: &Instruction) -> bool {
    instruction.flags.list.iter().filter(|flag| flag.name == "mount").any(|flag| holds(cache, flag))
}

fn holds(cache: &Cache, flag: &Flag) -> bool {
    if flag.value.contains(HIDDEN) {
        return true;
    }
    let option = |names: &[&str]| {
        let mut options = flag.value.split(',').filter_map(|option| option.split_once('='));
        options.find(|(name, _)| names.contains(name)).map(|(_, value)| value)
    };
    let target = option(&["target", "dst", "destination"]).unwrap_or_default().trim_end_matches('/');
    let kind = option(&["type"]).unwrap_or("bind");
    matches!(kind, "cache" | "tmpfs")
        && !target.is_empty()
        && cache.folders.iter().any(|folder| {
            *folder == target || folder.strip_prefix(target).is_some_and(|rest| rest.starts_with('/'))
        })
}
