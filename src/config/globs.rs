//! Patterns of paths, as in `.gitignore`.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Path patterns of one list, compiled once; they count from the folder of their config file.
#[derive(Clone, Debug)]
pub struct Globs {
    folder: PathBuf,
    matcher: Gitignore,
}

impl Globs {
    /// Compiles `patterns`; the first that does not compile, by its place in the list, with the reason.
    pub fn new<'a>(
        folder: &Path,
        patterns: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, (usize, String)> {
        let mut builder = GitignoreBuilder::new("");
        let patterns: Vec<&str> = patterns.into_iter().collect();
        let takes_back = patterns.iter().any(|pattern| pattern.starts_with('!'));
        for (at, pattern) in patterns.iter().enumerate() {
            builder.add_line(None, pattern).map_err(|error| (at, reason(&error)))?;
            // `vendor/**` is every file in it; unless one is taken back, the folder need not be looked into.
            if let Some(folder) =
                pattern.strip_suffix("**").filter(|folder| folder.ends_with('/') && !takes_back)
            {
                builder.add_line(None, &anchored(folder)).map_err(|error| (at, reason(&error)))?;
            }
        }
        let matcher = builder.build().map_err(|error| (0, reason(&error)))?;
        Ok(Globs { folder: folder.to_path_buf(), matcher })
    }

    /// Whether the file or folder at this absolute path, or a folder that it is in, matches.
    pub fn matches(&self, path: &Path, is_folder: bool) -> bool {
        match path.strip_prefix(&self.folder) {
            Ok(inside) if !inside.has_root() => {
                self.matcher.matched_path_or_any_parents(inside, is_folder).is_ignore()
            }
            _ => false,
        }
    }
}

/// `vendor/` alone would mean a folder of that name anywhere.
fn anchored(folder: &str) -> String {
    if folder.starts_with(['/', '*']) { folder.to_string() } else { format!("/{folder}") }
}

fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_in_gitignore() {
        let globs = Globs::new(Path::new("/repo/sub"), ["vendor/**", "*.gen.yaml", "!keep.gen.yaml", "/top"]);
        let globs = globs.expect("these compile");
        let matches = |path| globs.matches(Path::new(path), false);
        assert!(matches("/repo/sub/vendor/a/b.yaml"));
        assert!(matches("/repo/sub/x/y.gen.yaml"));
        assert!(!matches("/repo/sub/x/keep.gen.yaml"));
        assert!(matches("/repo/sub/top/a.yaml"));
        assert!(!matches("/repo/sub/x/top/a.yaml"));
        assert!(!matches("/repo/vendor/a.yaml"), "outside the folder of the config");
        assert!(!matches("/repo/sub"));
    }

    #[test]
    fn folders_that_need_no_look() {
        let prunes = |patterns: &[&str], folder: &str| {
            let globs = Globs::new(Path::new("/r"), patterns.iter().copied()).expect("these compile");
            globs.matches(Path::new(folder), true)
        };
        assert!(prunes(&["vendor/**"], "/r/vendor"));
        assert!(prunes(&["**/vendor/**"], "/r/a/vendor"));
        assert!(!prunes(&["vendor/**"], "/r/a/vendor"));
        assert!(!prunes(&["vendor/**", "!vendor/a.yaml"], "/r/vendor"));
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let error = Globs::new(Path::new("/"), ["ok", "[z-a]", "[y-x]"]).expect_err("a range from z to a");
        assert_eq!(error, (1, "invalid range; 'z' > 'a'".to_string()));
    }
}
