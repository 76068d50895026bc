//! `plimsoll init`: a config to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use super::args::Init;
use super::exit::Exit;
use crate::config::FILE_NAME;

/// Says what every field is for, and changes nothing until a line is uncommented.
const TEMPLATE: &str = include_str!("init.toml");

/// Writes the config, unless there is one.
pub(super) fn init(arguments: &Init) -> Exit {
    let path = arguments.folder.join(FILE_NAME);
    let shown = path.display();
    // `create_new` refuses what exists, a dangling link included.
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => super::print(format!("wrote {shown}\n").as_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => super::fail(
            &format!("`{shown}` is there already"),
            "it is left as it is; to start again, remove it first",
        ),
        Err(error) => super::fail(&format!("cannot write `{shown}`: {error}"), ""),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Selection, parse};
    use crate::text::FileId;

    #[test]
    fn the_template_is_a_config_with_and_without_its_comments() {
        let root = Path::new("/r");
        let (config, errors) = parse(FileId(0), TEMPLATE, root, root);
        assert_eq!(errors, []);
        assert_eq!(config.selections, [Selection::default()]);
        let uncommented: Vec<&str> =
            TEMPLATE.lines().map(|line| line.strip_prefix("#:").unwrap_or(line).trim_start()).collect();
        let (config, errors) = parse(FileId(0), &uncommented.join("\n"), root, root);
        assert_eq!(errors, []);
        assert_eq!((config.overrides.len(), config.rules.len(), config.exclude.len()), (1, 1, 1));
    }
}
