//! Files of settings, and who has them: mounted by a service, copied into an image, made into a ConfigMap.

use std::collections::{BTreeMap, HashMap};

use crate::model::coupling::{Holder, Import, Source};
use crate::model::facts::Facts;
use crate::model::layout::join;
use crate::model::project::Project;
use crate::text::{FileId, Span};

/// That somebody has a file of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Taken {
    /// The file, by its number in the project.
    pub(super) settings: usize,
    /// The file of who has it, by its number in the project.
    pub(super) by: usize,
    /// Who.
    pub(super) holder: Holder,
    /// Where that is written.
    pub(super) span: Span,
}

/// How often files are had at most; who goes beyond that shows nothing.
const MOST: usize = 100_000;

/// Files of settings by their path.
type Paths = BTreeMap<String, usize>;

/// Who has which file of settings, in the order of those files.
pub(super) fn taken(project: &Project) -> Vec<Taken> {
    let paths = paths(project);
    if paths.is_empty() {
        return Vec::new();
    }
    let contexts = contexts(project);
    let mut found = Vec::new();
    for (by, facts) in project.files.iter().enumerate() {
        for import in &facts.coupling.imports {
            if found.len() > MOST {
                return Vec::new();
            }
            let mut take = |settings: Vec<usize>| {
                let (holder, span) = (import.holder, import.name.span);
                found.extend(settings.into_iter().map(|settings| Taken { settings, by, holder, span }));
            };
            if import.source == Source::File {
                take(match import.holder {
                    Holder::Image => copied(project, &paths, &contexts, facts, import),
                    _ => at(project, &paths, facts, "", import),
                });
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|taken| (taken.settings, taken.by, taken.holder));
    found
}

fn paths(project: &Project) -> Paths {
    let path = |facts: &Facts| {
        let name = facts.coupling.file.as_ref()?;
        join(project.layout.place(facts.folder)?, name)
    };
    let all = project.files.iter().enumerate();
    all.filter_map(|(number, facts)| Some((path(facts)?, number))).collect()
}

/// The folders that builds see, by their Dockerfile, each as the folder of whoever says so and a path from there.
type Contexts<'p> = HashMap<FileId, Vec<(&'p Facts, &'p str)>>;

fn contexts(project: &Project) -> Contexts<'_> {
    let mut contexts = Contexts::new();
    for facts in &project.files {
        let of_services = facts.compose.iter().flat_map(|compose| &compose.services);
        let builds = of_services.filter_map(|service| service.build.as_ref());
        for build in builds.chain(facts.artifacts.iter().map(|artifact| &artifact.build)) {
            if let (Some(file), Some(context)) = (build.file, &build.context) {
                contexts.entry(file).or_default().push((facts, context));
            }
        }
    }
    contexts
}

/// What a Dockerfile copies: from the folders that its builds see, or from its own where none is known.
fn copied(
    project: &Project,
    paths: &Paths,
    contexts: &Contexts<'_>,
    facts: &Facts,
    import: &Import,
) -> Vec<usize> {
    let known = contexts.get(&import.name.span.file).map_or(&[][..], Vec::as_slice);
    let mut found: Vec<usize> =
        known.iter().flat_map(|(base, context)| at(project, paths, base, context, import)).collect();
    if known.is_empty() {
        found = at(project, paths, facts, "", import);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The file of settings that an import leads to from a folder below that of `base`, or those below the folder.
fn at(project: &Project, paths: &Paths, base: &Facts, below: &str, import: &Import) -> Vec<usize> {
    let Some(folder) = project.layout.place(base.folder).and_then(|place| join(place, below)) else {
        return Vec::new();
    };
    // A pattern takes what lies in its folder.
    let name = import.name.text.split('*').next().unwrap_or_default();
    let name = if name.len() < import.name.text.len() {
        name.rsplit_once('/').map_or("", |cut| cut.0)
    } else {
        name
    };
    let Some(path) = join(&folder, name) else { return Vec::new() };
    if let Some(file) = paths.get(&path) {
        return vec![*file];
    }
    let inside = format!("{path}/");
    let below = paths.range(inside.clone()..).take_while(|(path, _)| path.starts_with(&inside));
    below.map(|(_, number)| *number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Layout;
    use crate::model::facts::FolderId;
    use crate::model::layout::Seen;
    use crate::model::workload::Word;

    fn facts(folder: u32, file: Option<&str>, imports: Vec<Import>) -> Facts {
        let mut facts = Facts { folder: FolderId(folder), ..Facts::default() };
        facts.coupling.file = file.map(str::to_owned);
        facts.coupling.imports = imports;
        facts
    }

    fn import(holder: Holder, source: Source, path: &str) -> Import {
        let name = Word { text: path.to_owned(), span: Span::at(FileId(0), 0) };
        Import { holder, source, name, key: None, variable: None, mounted: true, writes: false }
    }

    #[test]
    fn paths_lead_to_settings() {
        let places = ["/r", "/r/web", "/r/web/conf.d"].map(str::to_owned).to_vec();
        let service = |path| import(Holder::Service(0), Source::File, path);
        let files = vec![
            facts(1, Some("nginx.conf"), Vec::new()),
            facts(2, Some("a.conf"), Vec::new()),
            facts(0, None, vec![service("./web/nginx.conf"), service("web/conf.d"), service("nginx.conf")]),
            facts(1, None, vec![import(Holder::Image, Source::File, "conf.d/*.conf")]),
            facts(1, None, vec![import(Holder::Made(0), Source::File, "nginx.conf")]),
            facts(0, None, vec![import(Holder::Pod(0), Source::Map, "nginx.conf")]),
        ];
        let project = Project::new(files, Layout::new(Seen { places, ..Seen::default() }));
        let found: Vec<_> = taken(&project).iter().map(|one| (one.settings, one.by, one.holder)).collect();
        assert_eq!(
            found,
            [
                (0, 2, Holder::Service(0)),
                (0, 4, Holder::Made(0)),
                (1, 2, Holder::Service(0)),
                (1, 3, Holder::Image)
            ]
        );
    }
}
