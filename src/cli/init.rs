//! `plimsoll init`: a config to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::args::{Init, Other};
use super::exit::Exit;
use super::hadolint;
use crate::config::{DEFAULT_FILE_SIZE, FILE_NAME};
use crate::discover;

/// Says what every field is for, and changes nothing until a line is uncommented.
const TEMPLATE: &str = include_str!("init.toml");

/// Writes the config, unless there is one.
pub(super) fn init(arguments: &Init) -> Exit {
    match arguments.from {
        None => write(&arguments.folder.join(FILE_NAME), TEMPLATE),
        Some(Other::Hadolint) => from_hadolint(&arguments.folder),
    }
}

/// Takes over a config of hadolint.
fn from_hadolint(folder: &Path) -> Exit {
    let Some((theirs, text)) = hadolint_config(folder) else {
        return super::fail(
            &format!("no `.hadolint.yaml` can be read in `{}`", folder.display()),
            "name the folder that has it",
        );
    };
    let translated = match hadolint::translate(&text) {
        Ok(translated) => translated,
        Err(error) => return super::fail(&format!("cannot take over `{}`: {error}", theirs.display()), ""),
    };
    let exit = write(&folder.join(FILE_NAME), &translated.config);
    if exit != Exit::Clean || translated.pages.is_empty() {
        return exit;
    }
    let pages = folder.join(hadolint::PAGES);
    if let Err(error) = std::fs::create_dir_all(&pages) {
        return super::fail(&format!("cannot make `{}`: {error}", pages.display()), "");
    }
    let written = translated.pages.iter().map(|page| write(&pages.join(page.name), &page.text));
    written.into_iter().find(|exit| *exit != Exit::Clean).unwrap_or(exit)
}

/// The config of hadolint in a folder, with its text.
fn hadolint_config(folder: &Path) -> Option<(PathBuf, String)> {
    [".hadolint.yaml", ".hadolint.yml"].iter().find_map(|name| {
        let path = folder.join(name);
        let bytes = discover::read_bytes(&path, DEFAULT_FILE_SIZE).ok()?;
        Some((path, discover::decode(bytes).text))
    })
}

/// Writes a new file.
fn write(path: &Path, text: &str) -> Exit {
    let shown = path.display();
    // `create_new` refuses what exists, a dangling link included.
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
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
