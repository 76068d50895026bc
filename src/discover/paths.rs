//! Paths: for people, and the root that they may not leave.

use std::path::{Component, Path, PathBuf};

/// `path` as seen from `folder` (both absolute), with `/` between the parts; bytes that are no UTF-8 are replaced.
pub fn display(folder: &Path, path: &Path) -> String {
    let mut from = folder.components().peekable();
    let mut to = path.components().peekable();
    let mut shared = 0;
    while let (Some(left), Some(right)) = (from.peek(), to.peek()) {
        if left != right {
            break;
        }
        from.next();
        to.next();
        shared += 1;
    }
    if shared == 0 {
        // Another drive.
        return path.to_string_lossy().replace('\\', "/");
    }
    let mut parts: Vec<String> = from.map(|_| "..".to_string()).collect();
    parts.extend(to.map(|part| part.as_os_str().to_string_lossy().into_owned()));
    parts.join("/")
}

/// The folder above `path` (or `path` itself) that has a `.git`; without one, `folder` if `path` is in it, else
/// `path` itself. All absolute.
pub fn repository_root(path: &Path, folder: &Path) -> PathBuf {
    let has_git = |candidate: &&Path| candidate.join(".git").symlink_metadata().is_ok();
    let fallback = if path.starts_with(folder) { folder } else { path };
    path.ancestors().find(has_git).unwrap_or(fallback).to_path_buf()
}

/// `path` without `.` and `..`, by its words alone.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_seen_from_a_folder() {
        let seen = |path| display(Path::new("/repo/sub"), Path::new(path));
        assert_eq!(seen("/repo/sub/a/b.yaml"), "a/b.yaml");
        assert_eq!(seen("/repo/other/b.yaml"), "../other/b.yaml");
        assert_eq!(seen("/x"), "../../x");
        assert_eq!(seen("/repo/sub"), "");
    }

    #[test]
    fn tidy_by_words() {
        assert_eq!(tidy(Path::new("/a/./b/../../../c")), Path::new("/c"));
    }
}
