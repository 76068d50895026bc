//! Opening and reading one file: regular files only, and never more than the limit.

use std::io::{self, Read};
use std::path::Path;

use super::encoding::{Text, decode};
use super::{File, Problem, ProblemKind};

/// Reads a file of at most `limit` bytes as text. Can be called from any thread.
pub fn read(file: &File, limit: u64) -> Result<Text, Problem> {
    let bytes =
        if file.stdin { capped(io::stdin().lock(), limit) } else { read_bytes(&file.absolute, limit) };
    bytes.map(decode).map_err(|(kind, message)| Problem {
        path: file.path.clone(),
        absolute: file.absolute.clone(),
        kind,
        message,
    })
}

/// Reads a regular file of at most `limit` bytes; a link is not followed, a pipe is not waited for.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, (ProblemKind, String)> {
    let file = open(path).map_err(|error| failed(&error))?;
    let metadata = file.metadata().map_err(|error| failed(&error))?;
    if !metadata.is_file() {
        return Err((ProblemKind::Special, special(metadata.file_type()).to_string()));
    }
    if metadata.len() > limit {
        return Err(too_large(limit));
    }
    capped(file, limit)
}

/// Reads to the end: the size that the system tells may be wrong, or the file may grow.
fn capped(source: impl Read, limit: u64) -> Result<Vec<u8>, (ProblemKind, String)> {
    let mut bytes = Vec::new();
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<std::fs::File> {
    use rustix::fs::{Mode, OFlags};
    // NONBLOCK: opening a pipe returns at once. It means nothing for a regular file.
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "this is the layer that may")]
fn open(path: &Path) -> io::Result<std::fs::File> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(io::Error::other("a link, which is not followed here"));
    }
    std::fs::File::open(path)
}

fn too_large(limit: u64) -> (ProblemKind, String) {
    let message =
        format!("larger than {limit} bytes, so it is not read; `--max-file-size` can raise the limit");
    (ProblemKind::TooLarge, message)
}

/// What the system said, in words.
pub(super) fn failed(error: &io::Error) -> (ProblemKind, String) {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
        return (ProblemKind::BrokenLink, "a link that is not followed".to_string());
    }
    match error.kind() {
        // A file where a folder should be: in a linked work tree `.git` is one.
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            (ProblemKind::Missing, "there is no such file".to_string())
        }
        io::ErrorKind::PermissionDenied => {
            (ProblemKind::Unreadable, "the system does not permit to read it".to_string())
        }
        _ => (ProblemKind::Unreadable, format!("it cannot be read: {error}")),
    }
}

/// What a file that is not regular is.
pub(super) fn special(kind: std::fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe, which is not opened; to check its text, pass it on standard input with `-`";
        }
        if kind.is_socket() {
            return "a socket, which is not opened";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device, which is not opened";
        }
    }
    if kind.is_dir() { "a folder, not a file" } else { "not a regular file, so it is not opened" }
}
