//! How each package manager writes a package without a version.

/// Neither a version, a release, a file, nor a removal.
pub(super) fn apt(text: &str) -> bool {
    !(text.contains(['=', '/', '*', '?']) || text.ends_with('-') || has_end(text, &[".deb"]))
}

pub(super) fn apk(text: &str) -> bool {
    !(text.contains(['=', '<', '>', '~', '/']) || text.starts_with('!') || has_end(text, &[".apk"]))
}

/// `name-version` or `name-version-release`: what follows the last dash starts with a digit. A group has no version.
pub(super) fn rpm(text: &str) -> bool {
    let versioned = text
        .rsplit_once('-')
        .is_some_and(|(name, last)| !name.is_empty() && last.starts_with(|c: char| c.is_ascii_digit()));
    let compared = text.contains(['=', '<', '>']);
    !(versioned
        || compared
        || text.contains(['/', '*', '('])
        || text.starts_with('@')
        || has_end(text, &[".rpm"]))
}

/// A module of yum or dnf names its stream behind a colon.
pub(super) fn stream(text: &str) -> bool {
    !text.contains(':')
}

pub(super) fn zypper(text: &str) -> bool {
    !(text.contains(['=', '<', '>', '/']) || text.starts_with(['!', '-']) || has_end(text, &[".rpm"]))
}

pub(super) fn pip(text: &str) -> bool {
    let vcs = ["git+", "hg+", "svn+", "bzr+"].iter().any(|scheme| text.starts_with(scheme));
    if vcs {
        // The part behind `://user@host/`: an `@` there names a revision.
        let path =
            text.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        return !path.split('#').next().unwrap_or_default().contains('@');
    }
    let file = has_end(text, &[".whl", ".zip", ".tar.gz", ".tar.bz2", ".tgz"]);
    !(text.contains(['=', '<', '>', '~', '!', '/', '@']) || text.starts_with('.') || file)
}

pub(super) fn npm(text: &str) -> bool {
    let git = text.starts_with("git+") || text.starts_with("git:") || text.starts_with("git@");
    if git || text.starts_with("github:") {
        return !text.contains('#');
    }
    let path = text.starts_with(['.', '/', '~']);
    let remote = text.contains("://") || text.starts_with("file:") || text.starts_with("link:");
    if path || remote || has_end(text, &[".tgz", ".tar.gz", ".tar"]) {
        return false;
    }
    // The first letter of `@scope/name` is no version.
    match text.char_indices().skip(1).find(|(_, char)| *char == '@') {
        Some((at, _)) => ["", "latest", "next", "canary", "*"].contains(&&text[at + 1..]),
        None => !text.contains('#'),
    }
}

pub(super) fn gem(text: &str) -> bool {
    !(text.contains([':', '/']) || has_end(text, &[".gem"]))
}

pub(super) fn go(text: &str) -> bool {
    let local = text.starts_with(['.', '/']) || has_end(text, &[".go"]);
    let own = ["all", "cmd", "std", "tool"].contains(&text) || text.starts_with("cmd/");
    match text.split_once('@') {
        Some((_, version)) => ["", "latest", "upgrade", "patch"].contains(&version),
        None => !local && !own,
    }
}

fn has_end(text: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_the_red_hat_family_have_versions_behind_a_dash() {
        for pinned in
            ["rpm-sign-4.16.1.3", "gcc-c++-1.1.1", "openssl-1:1.1.1k", "git-core-2.51.0-2.fc42", "@dev"]
        {
            assert!(!rpm(pinned), "{pinned}");
        }
        for unpinned in ["httpd", "java-11-openjdk", "rpm-sign", "gcc-c++"] {
            assert!(rpm(unpinned), "{unpinned}");
        }
    }

    #[test]
    fn repositories_need_a_revision() {
        assert!(pip("git+ssh://git@github.com/a/b.git#egg=b") && !pip("git+https://github.com/a/b@v1"));
        assert!(npm("git+ssh://git@github.com:a/b.git") && !npm("git+ssh://git@github.com:a/b.git#v1"));
        assert!(npm("@scope/a") && npm("a@latest") && !npm("@scope/a@1") && !npm("~/a"));
    }
}
