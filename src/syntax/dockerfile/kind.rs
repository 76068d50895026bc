//! The instructions by name, and the flags each of them takes.

/// Which instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the instruction of the same name")]
pub enum Kind {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
    /// A word that names no instruction.
    Unknown,
}

/// What a flag may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlagType {
    /// `--link` or `--link=true|false`, once.
    Switch,
    /// `--from=x`, once.
    Value,
    /// `--mount=x`, any number of times.
    List,
}

use FlagType::{List, Switch, Value};

const NAMES: [(&str, Kind); 18] = [
    ("ADD", Kind::Add),
    ("ARG", Kind::Arg),
    ("CMD", Kind::Cmd),
    ("COPY", Kind::Copy),
    ("ENTRYPOINT", Kind::Entrypoint),
    ("ENV", Kind::Env),
    ("EXPOSE", Kind::Expose),
    ("FROM", Kind::From),
    ("HEALTHCHECK", Kind::Healthcheck),
    ("LABEL", Kind::Label),
    ("MAINTAINER", Kind::Maintainer),
    ("ONBUILD", Kind::Onbuild),
    ("RUN", Kind::Run),
    ("SHELL", Kind::Shell),
    ("STOPSIGNAL", Kind::Stopsignal),
    ("USER", Kind::User),
    ("VOLUME", Kind::Volume),
    ("WORKDIR", Kind::Workdir),
];

impl Kind {
    /// The instruction that `keyword` names, in any case.
    pub fn of(keyword: &str) -> Kind {
        NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(keyword))
            .map_or(Kind::Unknown, |(_, kind)| *kind)
    }

    /// The name in capitals; empty for [`Kind::Unknown`].
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether its arguments are a command line.
    pub fn runs(self) -> bool {
        matches!(self, Kind::Run | Kind::Cmd | Kind::Entrypoint | Kind::Healthcheck)
    }

    /// Whether a heredoc may hang on it.
    pub(super) fn takes_heredocs(self) -> bool {
        matches!(self, Kind::Add | Kind::Copy | Kind::Run)
    }

    /// The flags it takes; none where BuildKit looks at no flag at all.
    pub(super) fn flags(self) -> Option<&'static [(&'static str, FlagType)]> {
        Some(match self {
            Kind::Arg | Kind::Stopsignal | Kind::Unknown => return None,
            Kind::From => &[("platform", Value)],
            Kind::Run => &[("mount", List), ("network", Value), ("security", Value), ("device", List)],
            Kind::Copy => &[
                ("from", Value),
                ("chown", Value),
                ("chmod", Value),
                ("link", Switch),
                ("parents", Switch),
                ("exclude", List),
            ],
            Kind::Add => &[
                ("chown", Value),
                ("chmod", Value),
                ("link", Switch),
                ("keep-git-dir", Switch),
                ("checksum", Value),
                ("unpack", Switch),
                ("exclude", List),
            ],
            Kind::Healthcheck => &[
                ("interval", Value),
                ("timeout", Value),
                ("start-period", Value),
                ("start-interval", Value),
                ("retries", Value),
            ],
            _ => &[],
        })
    }
}

/// The instruction whose name is closest to `keyword`, when it is close.
pub(super) fn closest_instruction(keyword: &str) -> Option<&'static str> {
    closest(&keyword.to_ascii_uppercase(), NAMES.iter().map(|(name, _)| *name))
}

/// The one of `names` that is closest to `word`, when at most a third of its letters are wrong.
pub(super) fn closest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 20;
    if word.len() > LONGEST {
        return None;
    }
    let near = |name: &&str| name.len().abs_diff(word.len()) * 3 <= name.len().max(3);
    names
        .filter(near)
        .map(|name| (distance(word.as_bytes(), name.as_bytes()), name))
        .filter(|(distance, name)| *distance * 3 <= name.len().max(3))
        .min()
        .map(|(_, name)| name)
}

/// Number of letters to insert, drop, replace, or swap with their neighbour.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut older = vec![0; b.len() + 1];
    let mut old: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut new = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let replaced = old[j] + usize::from(a[i] != b[j]);
            new[j + 1] = replaced.min(old[j + 1] + 1).min(new[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                new[j + 1] = new[j + 1].min(older[j - 1] + 1);
            }
        }
        older = old;
        old = new;
    }
    old[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_fold_case() {
        assert_eq!(Kind::of("hEalthCheck"), Kind::Healthcheck);
        assert_eq!(Kind::of("RUNN"), Kind::Unknown);
        assert_eq!(Kind::Stopsignal.name(), "STOPSIGNAL");
    }

    #[test]
    fn suggests_only_near_names() {
        assert_eq!(closest_instruction("form"), Some("FROM"));
        assert_eq!(closest_instruction("ENTRYPONT"), Some("ENTRYPOINT"));
        assert_eq!(closest_instruction("RUNN"), Some("RUN"));
        assert_eq!(closest_instruction("apt-get"), None);
        assert_eq!(closest_instruction("{{"), None);
    }
}
