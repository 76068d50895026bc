//! Who answers for a node.
//!
//! In this order: a config; labels and annotations of the object and of its pods; those of its namespace; a catalogue
//! of software; `CODEOWNERS`; the label that says which application it is part of. A namespace alone says nothing: as
//! often as a team it is an environment.

use std::collections::HashMap;

use super::{Graph, Node, Owner};
use crate::model::coupling::Holder;
use crate::model::labels::Labels;
use crate::model::layout::is_within;
use crate::model::workload::Word;
use crate::model::{Facts, Layout, Project};
use crate::syntax::codeowners::CodeOwners;
use crate::text::{FileId, Span};

/// Last words of keys whose value is a team or a person: `team`, `example.com/owner`, `tags.datadoghq.com/team`.
const TEAM: [&str; 8] =
    ["team", "owner", "squad", "owned-by", "owner-team", "team-name", "responsible", "service-owner"];
/// Parts of keys that tools write for themselves, and that name no team.
const MACHINE: [&str; 5] = ["helm.sh", "kubernetes.io", "k8s.io", "fluxcd.io", "argoproj.io"];
/// Says which application an object is part of.
const PART_OF: &str = "app.kubernetes.io/part-of";

/// Whether a label or an annotation of this key says who answers for something.
pub fn is_team_key(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let last = lower.rsplit(['/', '.']).next().unwrap_or_default();
    TEAM.contains(&last.replace('_', "-").as_str()) && !MACHINE.iter().any(|word| lower.contains(word))
}

/// Whether a value can be the name of somebody.
fn is_name(value: &str) -> bool {
    !value.trim().is_empty() && value.len() <= 128 && !value.contains(['{', '$', '\n'])
}

/// What labels say of teams.
fn of_labels(labels: &Labels) -> Option<Owner> {
    labels
        .pairs
        .iter()
        .find(|label| is_team_key(&label.key))
        .and_then(|label| owner(label.value.get()?, label.value.span()))
}

fn part_of(labels: &Labels) -> Option<Owner> {
    let label = labels.get(PART_OF)?;
    owner(label.value.get()?, label.value.span())
}

fn owner(name: &str, span: Option<Span>) -> Option<Owner> {
    is_name(name).then(|| Owner { name: name.trim().to_owned(), span })
}

fn of_word(word: &Word) -> Owner {
    Owner { name: word.text.clone(), span: Some(word.span) }
}

/// Everything in a project that says who answers for something.
struct Sayings<'p> {
    /// By file.
    facts: HashMap<FileId, &'p Facts>,
    /// What labels say of services of Compose.
    services: HashMap<(FileId, usize), &'p Word>,
    /// By namespace.
    namespaces: HashMap<&'p str, Owner>,
    /// By the name of the part.
    catalog: HashMap<&'p str, &'p Word>,
    /// With the root of the repository that each is for, the one that counts first.
    code: Vec<(&'p str, &'p CodeOwners)>,
    layout: &'p Layout,
}

/// Fills in who answers for the nodes of a graph.
pub(super) fn assign(graph: &mut Graph, project: &Project) {
    let sayings = Sayings::of(project);
    for node in &mut graph.nodes {
        let declared =
            project.declared.owner(node).map(|owner| Owner { name: owner.text.clone(), span: None });
        node.owner = declared.or(node.owner.take()).or_else(|| sayings.of_node(node));
    }
}

impl<'p> Sayings<'p> {
    fn of(project: &'p Project) -> Self {
        let mut found = Sayings {
            facts: HashMap::new(),
            services: HashMap::new(),
            namespaces: HashMap::new(),
            catalog: HashMap::new(),
            code: Vec::new(),
            layout: &project.layout,
        };
        for facts in &project.files {
            found.add(facts);
        }
        // GitHub looks into `.github` first, then at the root, then into `docs`; GitLab at the root first.
        found.code.sort_by_key(|(folder, _)| (!folder.ends_with("/.github"), folder.ends_with("/docs")));
        found.code.iter_mut().for_each(|(folder, _)| *folder = root_of(folder));
        found
    }

    fn add(&mut self, facts: &'p Facts) {
        let of_object = facts.resources.first().map(|resource| resource.span.file);
        let of_compose = facts.compose.as_ref().map(|compose| compose.anchor.file);
        if let Some(file) = of_object.or(of_compose) {
            self.facts.insert(file, facts);
            let services = facts.coupling.owners.iter().filter_map(|(holder, word)| match holder {
                Holder::Service(number) => Some(((file, *number), word)),
                _ => None,
            });
            self.services.extend(services);
        }
        for resource in facts.resources.iter().filter(|resource| resource.kind() == "Namespace") {
            let team = of_labels(&resource.labels).or_else(|| of_labels(&resource.annotations));
            if let (Some(name), Some(team)) = (resource.name.get(), team) {
                self.namespaces.entry(name).or_insert(team);
            }
        }
        for entry in &facts.catalog {
            if let Some(owner) = &entry.owner {
                self.catalog.entry(&entry.name.text).or_insert(owner);
            }
        }
        if let (Some(owners), Some(folder)) = (&facts.code_owners, self.layout.place(facts.folder)) {
            self.code.push((folder, owners));
        }
    }

    fn of_node(&self, node: &Node) -> Option<Owner> {
        let places = || node.places.iter().copied();
        places()
            .find_map(|place| self.of_place(place, of_labels))
            .or_else(|| self.namespaces.get(node.namespace.as_deref()?).cloned())
            .or_else(|| self.catalog.get(node.name.as_str()).map(|word| of_word(word)))
            .or_else(|| places().find_map(|place| self.of_code(place.file)))
            .or_else(|| places().find_map(|place| self.of_place(place, part_of)))
    }

    /// What the object or service at a place says itself.
    fn of_place(&self, place: Span, read: fn(&Labels) -> Option<Owner>) -> Option<Owner> {
        let facts = self.facts.get(&place.file)?;
        if let Some(id) = around(&facts.resources, place, |resource| resource.span) {
            let (resource, all) = (&facts.resources[id], &facts.workloads);
            // They stand in the order of their objects.
            let pods = &all[all.partition_point(|workload| workload.resource < id)..];
            let mut pods = pods.iter().take_while(|workload| workload.resource == id);
            let said = read(&resource.labels).or_else(|| read(&resource.annotations));
            return said.or_else(|| pods.find_map(|workload| read(&workload.labels)));
        }
        let services = &facts.compose.as_ref()?.services;
        let number = around(services, place, |service| service.span)?;
        self.services.get(&(place.file, number)).map(|word| of_word(word))
    }

    /// What `CODEOWNERS` says of a file.
    fn of_code(&self, file: FileId) -> Option<Owner> {
        let path = self.layout.path(file)?;
        let (root, owners) = self.code.iter().find(|(root, _)| is_within(path, root))?;
        let inside = path.get(root.len()..)?.trim_start_matches('/');
        let owners = owners.of(inside);
        let names: Vec<&str> = owners.iter().map(|(name, _)| name.as_str()).collect();
        let (_, span) = owners.first()?;
        Some(Owner { name: names.join(", "), span: Some(*span) })
    }
}

/// The root of the repository whose `CODEOWNERS` lies in this folder.
fn root_of(folder: &str) -> &str {
    let known = ["/.github", "/.gitlab", "/docs"].iter().find_map(|end| folder.strip_suffix(end));
    known.unwrap_or(match folder {
        ".github" | ".gitlab" | "docs" => "",
        other => other,
    })
}

/// Which of `all`, which stand in the order of the text, a place lies in.
fn around<T>(all: &[T], place: Span, whole: impl Fn(&T) -> Span) -> Option<usize> {
    let at = all.partition_point(|one| whole(one).start <= place.start).checked_sub(1)?;
    whole(&all[at]).contains(place).then_some(at)
}

impl Owner {
    /// Whether these two have nobody in common; of several, each answers.
    pub fn differs_from(&self, other: &Owner) -> bool {
        let names =
            |owner: &'_ Owner| owner.name.split(", ").map(str::to_ascii_lowercase).collect::<Vec<_>>();
        let own = names(self);
        !names(other).iter().any(|name| own.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::made::{graph, node};
    use super::*;
    use crate::model::Setting;
    use crate::model::facts::FolderId;
    use crate::model::layout::Seen;
    use crate::syntax::codeowners;

    #[test]
    fn keys_that_name_a_team() {
        for key in ["team", "example.com/owner", "a8r.io/owner", "tags.datadoghq.com/team", "com.acme.squad"]
        {
            assert!(is_team_key(key), "{key}");
        }
        for key in ["app", "app.kubernetes.io/managed-by", "steam", "meta.helm.sh/owner", "teams"] {
            assert!(!is_team_key(key), "{key}");
        }
    }

    #[test]
    fn owners_with_somebody_in_common_are_the_same() {
        let owner = |name: &str| Owner { name: name.to_owned(), span: None };
        assert!(owner("@a").differs_from(&owner("@b")));
        assert!(!owner("@a, @b").differs_from(&owner("@B")));
    }

    #[test]
    fn code_owners_answer_for_what_lies_in_their_folders() {
        let text = |text: &str| text.to_owned();
        let layout = Layout::new(Seen {
            places: vec![text("/r/deploy"), text("/r/.github")],
            files: vec![text("/r/deploy/web.yaml")],
            ..Seen::default()
        });
        let owners = codeowners::parse(FileId(1), "* @all\n/deploy/ @ops @web\n");
        let facts = Facts { folder: FolderId(1), code_owners: Some(owners), ..Facts::default() };
        let mut graph = graph(vec![node("web")], vec![]);
        assign(&mut graph, &Project::new(vec![facts], layout));
        assert_eq!(graph.nodes[0].owner.as_ref().map(|owner| owner.name.as_str()), Some("@ops, @web"));
        assert_eq!(graph.nodes[0].replicas, Setting::Unset);
    }
}
