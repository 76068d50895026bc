//! Where the files of a run lie, as far as a walk has seen it: what a path in a file leads to.

use std::collections::HashMap;

use super::facts::FolderId;
use crate::text::FileId;

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file that a walk came by.
    File,
    /// A folder that a walk came by.
    Folder,
    /// Nothing that a walk would have come by: files of other names were not looked at.
    Nothing,
    /// It lies where no walk was, or in what was left out.
    Unknown,
}

/// What a walk has seen. All paths are absolute, with `/` between the parts and none at the end.
#[derive(Debug, Default)]
pub struct Seen {
    /// Every folder of a file, by [`FolderId`].
    pub places: Vec<String>,
    /// Folders that were walked, each with the root of its repository.
    pub walked: Vec<(String, String)>,
    /// All files, by [`FileId`].
    pub files: Vec<String>,
    /// All folders.
    pub folders: Vec<String>,
    /// What is there and was not looked at: ignored, excluded, linked.
    pub left_out: Vec<String>,
}

/// The folders of a run, and what lies in them.
#[derive(Debug, Default)]
pub struct Layout {
    seen: Seen,
    /// The numbers of the files, in the order of their paths.
    sorted: Vec<u32>,
    /// By [`FolderId`].
    homes: Vec<u32>,
    /// By path.
    home_of: HashMap<String, u32>,
}

/// Names of folders with whole projects that are there for tests.
const TESTS: [&str; 4] = ["fixtures", "test", "testdata", "tests"];

impl Layout {
    /// A layout from what was seen.
    pub fn new(mut seen: Seen) -> Layout {
        let mut sorted: Vec<u32> = (0..seen.files.len() as u32).collect();
        sorted.sort_unstable_by_key(|at| &seen.files[*at as usize]);
        seen.folders.sort_unstable();
        seen.left_out.sort_unstable();
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut home = |place| {
            let next = known.len() as u32;
            *known.entry(home(place)).or_insert(next)
        };
        let homes: Vec<u32> = seen.places.iter().map(|place| home(place)).collect();
        let home_of = seen.places.iter().cloned().zip(homes.iter().copied()).collect();
        Layout { seen, sorted, homes, home_of }
    }

    /// The number of what a folder belongs to, and what is applied at once with it: its chart, else itself.
    pub fn home(&self, folder: FolderId) -> u32 {
        self.homes.get(folder.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whether a folder is of the templates of a chart, which are applied at once.
    pub fn is_chart(&self, folder: FolderId) -> bool {
        self.place(folder).is_some_and(|place| home(place) != place)
    }

    /// The number of the folder at `path`, which starts from `base`, as [`Layout::home`] gives it.
    pub fn home_of(&self, base: &str, path: &str) -> Option<u32> {
        self.home_of.get(&join(base, path)?).copied()
    }

    /// How many numbers [`Layout::home`] gives.
    pub fn homes(&self) -> u32 {
        self.homes.iter().max().map_or(0, |last| last + 1)
    }

    /// The path of a folder.
    pub fn place(&self, folder: FolderId) -> Option<&str> {
        self.seen.places.get(folder.0 as usize).map(String::as_str)
    }

    /// The path of a file; of texts that are no files of the project, such as configs, none.
    pub fn path(&self, file: FileId) -> Option<&str> {
        self.seen.files.get(file.0 as usize).map(String::as_str)
    }

    /// The root of the repository that a folder is in; `None` for files that were named by hand.
    pub fn root(&self, folder: FolderId) -> Option<&str> {
        self.around(folder).map(|(_, root)| root.as_str())
    }

    fn around(&self, folder: FolderId) -> Option<&(String, String)> {
        let place = self.place(folder)?;
        let around = self.seen.walked.iter().filter(|(walked, _)| is_within(place, walked));
        around.max_by_key(|(walked, _)| walked.len())
    }

    /// The path of a folder below its root, which may be called anything.
    pub fn inside(&self, folder: FolderId) -> Option<&str> {
        Some(self.place(folder)?.strip_prefix(self.root(folder)?)?.trim_start_matches('/'))
    }

    /// Whether a folder below the one that was asked for is there for tests: what is in it means something there only.
    pub fn is_for_tests(&self, folder: FolderId) -> bool {
        let inside = self.place(folder).zip(self.around(folder));
        let inside = inside.and_then(|(place, (walked, _))| place.strip_prefix(walked.as_str()));
        inside.is_some_and(|inside| inside.split('/').any(|name| TESTS.contains(&name)))
    }

    /// What is at `path`, which starts from `base`.
    pub fn look(&self, base: &str, path: &str) -> Found {
        let Some(path) = join(base, path) else { return Found::Unknown };
        let has = |sorted: &[String]| sorted.binary_search_by(|one| one.as_str().cmp(&path)).is_ok();
        if has(&self.seen.folders) {
            return Found::Folder;
        }
        let files = &self.seen.files;
        if self.sorted.binary_search_by(|at| files[*at as usize].as_str().cmp(&path)).is_ok() {
            return Found::File;
        }
        let walked = self.seen.walked.iter().any(|(walked, _)| is_within(&path, walked));
        if walked && !self.is_left_out(&path) { Found::Nothing } else { Found::Unknown }
    }

    fn is_left_out(&self, path: &str) -> bool {
        let left_out = |path: &str| self.seen.left_out.binary_search_by(|one| one.as_str().cmp(path)).is_ok();
        let mut rest = path;
        loop {
            if left_out(rest) {
                return true;
            }
            let Some((above, _)) = rest.rsplit_once('/') else { return false };
            rest = above;
        }
    }
}

/// A chart's templates may be spread over folders; what else is applied together, nobody knows.
fn home(place: &str) -> &str {
    match place.rfind("/templates") {
        Some(at) if matches!(place.as_bytes().get(at + "/templates".len()), None | Some(b'/')) => {
            &place[..at]
        }
        _ => place,
    }
}

/// Whether `path` is `folder` or something in it.
pub fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| folder.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

/// `path` as seen from `base`, without `.` and `..`; `None` when it leads out of everything.
pub fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    // Absolute paths keep their first slash, those of texts in memory have none.
    let start = if base.starts_with('/') { "/" } else { "" };
    Some(format!("{start}{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        let strings = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        Layout::new(Seen {
            places: strings(&["/r/apps/web", "/r/chart/templates", "/r/chart/templates/db", "/elsewhere"]),
            walked: vec![("/r/apps".to_owned(), "/r".to_owned()), ("/r/chart".to_owned(), "/r".to_owned())],
            files: strings(&["/r/apps/web/service.yaml"]),
            folders: strings(&["/r/apps", "/r/apps/web"]),
            left_out: strings(&["/r/apps/secret"]),
        })
    }

    #[test]
    fn what_is_at_a_path() {
        let layout = layout();
        assert_eq!(layout.look("/r/apps/web", "service.yaml"), Found::File);
        assert_eq!(layout.path(FileId(0)), Some("/r/apps/web/service.yaml"));
        assert_eq!(layout.look("/r/apps/web", "../web/"), Found::Folder);
        assert_eq!(layout.look("/r", "apps/wbe"), Found::Nothing);
        assert_eq!(layout.look("/r", "apps/secret/keys"), Found::Unknown);
        assert_eq!(layout.look("/r", "base"), Found::Unknown);
        assert_eq!(layout.look("/r", "../../../x"), Found::Unknown);
    }

    #[test]
    fn folders_of_a_chart_belong_together() {
        let layout = layout();
        assert_eq!(layout.home(FolderId(1)), layout.home(FolderId(2)));
        assert_ne!(layout.home(FolderId(0)), layout.home(FolderId(1)));
        assert_eq!((layout.root(FolderId(0)), layout.root(FolderId(3))), (Some("/r"), None));
    }
}
