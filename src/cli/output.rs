//! Where reports go.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::report::{self, graph};
use crate::rule::nearest::hint;

/// What reports there are of something.
pub(super) trait Named: Copy + 'static {
    /// All of them, in the order in which they are told.
    const NAMED: &'static [Self];
    /// The word for it on the command line.
    fn name(self) -> &'static str;
}

impl Named for report::Format {
    const NAMED: &'static [Self] = &report::Format::ALL;
    fn name(self) -> &'static str {
        self.name()
    }
}

impl Named for graph::Format {
    const NAMED: &'static [Self] = &graph::Format::ALL;
    fn name(self) -> &'static str {
        self.name()
    }
}

/// A report to make: `NAME` or `NAME=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target<F = report::Format> {
    pub(super) format: F,
    /// `None` for standard output.
    pub(super) file: Option<PathBuf>,
}

impl<F: Named> Target<F> {
    /// Reads the value of `--format`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let Some(format) = F::NAMED.iter().copied().find(|format| format.name() == name) else {
            let known: Vec<&str> = F::NAMED.iter().map(|format| format.name()).collect();
            return Err(format!(
                "there is no such format{}\nthere are: {}",
                hint(name, known.clone()),
                known.join(", ")
            ));
        };
        if file == Some("") {
            return Err("the name of the file is missing".to_string());
        }
        Ok(Target { format, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }

    /// Writes the report there.
    pub(super) fn write(&self, text: &str) -> io::Result<()> {
        match &self.file {
            None => to_stdout(text.as_bytes()),
            Some(file) => to_file(file, text.as_bytes()),
        }
    }
}

/// Writes to standard output; a reader that went away, such as `head`, is no failure.
pub(super) fn to_stdout(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Puts a whole file in place at once, so that nobody reads half a report, and a full disk leaves the old one.
pub(super) fn to_file(file: &Path, text: &[u8]) -> io::Result<()> {
    // `/dev/stderr`, or a pipe of the shell: to be written to, not to be replaced.
    if fs::metadata(file).is_ok_and(|metadata| !metadata.is_file()) {
        return OpenOptions::new().write(true).open(file)?.write_all(text);
    }
    let Some(name) = file.file_name() else {
        return Err(io::Error::new(ErrorKind::InvalidInput, "not the name of a file"));
    };
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}", std::process::id()));
    let draft = file.with_file_name(hidden);
    // `create_new` neither follows a link nor writes into another's file.
    let mut out = OpenOptions::new().write(true).create_new(true).open(&draft)?;
    let written = out.write_all(text).and_then(|()| fs::rename(&draft, file));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_files() {
        let file = |text| Target::<report::Format>::parse(text).map(|target| target.file);
        assert_eq!(file("json"), Ok(None));
        assert_eq!(file("json=-"), Ok(None));
        assert_eq!(file("sarif=a=b"), Ok(Some(PathBuf::from("a=b"))));
        assert!(Target::<report::Format>::parse("json=").is_err());
        assert!(Target::<graph::Format>::parse("concise").is_err());
        assert!(
            Target::<report::Format>::parse("jsno")
                .is_err_and(|message| message.contains("did you mean `json`?"))
        );
    }

    #[test]
    fn a_file_is_replaced_at_once() {
        let folder = std::env::temp_dir().join(format!("plimsoll-output-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a new folder");
        let file = folder.join("out.json");
        for text in ["one", "two"] {
            to_file(&file, text.as_bytes()).expect("written");
        }
        let names: Vec<_> =
            fs::read_dir(&folder).expect("there").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["out.json"]);
        assert!(to_file(&folder.join("no/out.json"), b"").is_err());
        assert!(fs::remove_dir_all(&folder).is_ok());
    }
}
