//! `extend`: one config under another.
//!
//! Files are read by the caller. Nothing is merged that the file did not ask for by name.

use std::path::{Path, PathBuf};

use super::{Config, ConfigError, Written};
use crate::text::Span;

/// How many configs may lie under one.
pub const MAX_EXTENDS: usize = 16;

/// Reads and parses the config at a path that another one extends.
pub type Load<'l> = dyn FnMut(&Written<PathBuf>) -> Result<Config, Vec<ConfigError>> + 'l;

/// Puts the configs that `config` extends under it. `path` is its own; `load` reads another one, both absolute.
///
/// Lists add up, the base's entries first; a single value of the file hides that of its base.
pub fn extend(config: Config, path: &Path, load: &mut Load<'_>) -> Result<Config, Vec<ConfigError>> {
    let mut seen: Vec<(PathBuf, Option<Span>)> = vec![(path.to_path_buf(), None)];
    let mut chain = vec![config];
    while let Some(next) = chain.last().and_then(|last| last.extends.clone()) {
        if let Some((_, first)) = seen.iter().find(|(path, _)| *path == next.value) {
            let error = ConfigError::new(next.span, "this config extends itself");
            let error = match first {
                Some(first) => error.related(*first, "extended here first"),
                None => error,
            };
            return Err(vec![error.help("remove one `extend` of the circle")]);
        }
        if seen.len() > MAX_EXTENDS {
            let message = format!("more than {MAX_EXTENDS} configs extend one another");
            return Err(vec![ConfigError::new(next.span, message)]);
        }
        chain.push(load(&next)?);
        seen.push((next.value, Some(next.span)));
    }
    let mut merged = chain.pop().unwrap_or_default();
    while let Some(upper) = chain.pop() {
        merged = over(merged, upper);
    }
    Ok(merged)
}

fn over(base: Config, upper: Config) -> Config {
    Config {
        folder: upper.folder,
        kubernetes_version: upper.kubernetes_version.or(base.kubernetes_version),
        fail_on: upper.fail_on.or(base.fail_on),
        selections: join(base.selections, upper.selections),
        overrides: join(base.overrides, upper.overrides),
        exclude: join(base.exclude, upper.exclude),
        rules: join(base.rules, upper.rules),
        schemas: join(base.schemas, upper.schemas),
        file_size: upper.file_size.or(base.file_size),
        services: upper.services.over(base.services),
        extends: None,
    }
}

fn join<T>(mut base: Vec<T>, upper: Vec<T>) -> Vec<T> {
    base.extend(upper);
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{FailOn, parse};
    use crate::text::FileId;

    fn run(files: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
        let read = |path: &Path| {
            let at = files.iter().position(|(name, _)| Path::new(name) == path).expect("a file of the test");
            let (config, errors) =
                parse(FileId(at as u32), files[at].1, path.parent().unwrap_or(path), Path::new("/r"));
            assert_eq!(errors, []);
            config
        };
        let first = Path::new(files[0].0);
        extend(read(first), first, &mut |written| Ok(read(&written.value)))
    }

    #[test]
    fn bases_come_first_and_values_hide() {
        let config = run(&[
            ("/r/a/plimsoll.toml", "extend = '../base.toml'\nignore = ['own']\nexclude = ['x']"),
            ("/r/base.toml", "ignore = ['base']\nfail-on = 'error'\nexclude = ['y']"),
        ])
        .expect("no circle");
        let ignored: Vec<_> = config.selections.iter().map(|one| one.ignore[0].value.as_str()).collect();
        assert_eq!(ignored, ["base", "own"]);
        assert_eq!(config.fail_on.map(|one| one.value), Some(FailOn::At(crate::rule::Severity::Error)));
        assert_eq!(config.folder, Path::new("/r/a"));
        let excluded = |path: &str| config.exclude.iter().any(|globs| globs.matches(Path::new(path), false));
        assert!(excluded("/r/y") && excluded("/r/a/x"));
        assert!(!excluded("/r/x"), "`x` counts from the folder of the file that says it");
    }

    #[test]
    fn circles_are_told_with_both_places() {
        let errors = run(&[
            ("/r/a.toml", "extend = 'b.toml'"),
            ("/r/b.toml", "extend = 'c.toml'"),
            ("/r/c.toml", "extend = 'b.toml'"),
        ])
        .expect_err("a circle");
        assert_eq!(errors[0].message, "this config extends itself");
        assert_eq!(errors[0].span, Span::new(FileId(2), 9, 17));
        assert_eq!(errors[0].related, [(Span::new(FileId(0), 9, 17), "extended here first".to_string())]);
    }

    #[test]
    fn chains_end() {
        let files: Vec<(String, String)> =
            (0..20).map(|at| (format!("/r/{at}.toml"), format!("extend = '{}.toml'", at + 1))).collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let errors = run(&files).expect_err("too long");
        assert_eq!(errors[0].message, "more than 16 configs extend one another");
        assert_eq!(errors[0].span.file, FileId(16));
    }
}
