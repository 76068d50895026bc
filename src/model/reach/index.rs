//! What bindings and aggregating roles name, found in the project.

use std::collections::HashMap;

use super::super::facts::Facts;
use super::super::labels::{Labels, Selector};
use super::super::rbac::{Binding, Subject};
use super::super::resource::Resource;
use super::super::{Project, Setting};
use super::nearest::{At, Nearest};
use super::{BUILT_IN, Holder, MOST_GATHERING, Role};

/// The label that adds a role to each of [`BUILT_IN`], and which of them it then is in: `edit` is part of `admin`,
/// `view` of both.
const GATHERED: [(&str, &[usize]); 3] = [
    ("rbac.authorization.k8s.io/aggregate-to-admin", &[1]),
    ("rbac.authorization.k8s.io/aggregate-to-edit", &[2, 1]),
    ("rbac.authorization.k8s.io/aggregate-to-view", &[3, 2, 1]),
];

/// Roles that are held against one selector.
const MOST_CANDIDATES: usize = 1_000;

/// Everything that bindings can lead to, by name.
pub(super) struct Index<'p> {
    roles: Nearest<'p>,
    cluster_roles: Nearest<'p>,
    /// Workloads by the account that they run as.
    workloads: Nearest<'p>,
    by_label: HashMap<(&'p str, &'p str), Vec<At>>,
    labelled: Vec<At>,
}

impl<'p> Index<'p> {
    pub(super) fn new(project: &'p Project) -> Self {
        let mut index = Index {
            roles: Nearest::default(),
            cluster_roles: Nearest::default(),
            workloads: Nearest::default(),
            by_label: HashMap::new(),
            labelled: Vec::new(),
        };
        for (file, facts) in project.files.iter().enumerate() {
            let home = project.layout.home(facts.folder);
            for (id, resource) in facts.resources.iter().enumerate() {
                index.role_named(At { file, id }, home, resource);
            }
            for runs in &facts.runs_as {
                let Some(name) = runs.account_name() else { continue };
                let resource = facts.resource(facts.workloads[runs.workload].resource);
                let at = At { file, id: runs.workload };
                index.workloads.add(at, home, namespace(resource), name);
            }
        }
        index
    }

    fn role_named(&mut self, at: At, home: u32, resource: &'p Resource) {
        let Some(name) = resource.name.get() else { return };
        match resource.kind() {
            "Role" => self.roles.add(at, home, namespace(resource), name),
            "ClusterRole" => {
                self.cluster_roles.add(at, home, None, name);
                if !resource.labels.is_empty() {
                    self.labelled.push(at);
                }
                for label in &resource.labels.pairs {
                    if let Some(value) = label.value.get() {
                        self.by_label.entry((&label.key, value)).or_default().push(at);
                    }
                }
            }
            _ => {}
        }
    }

    /// The role that a binding names.
    pub(super) fn role(&self, at: At, home: u32, facts: &'p Facts, binding: &'p Binding) -> Option<Role> {
        let name = binding.role_name.get()?;
        let resource = facts.resource(binding.resource);
        let found = match binding.role_kind.get()?.as_str() {
            "Role" => self.roles.sole(at.file, home, namespace(resource), name),
            "ClusterRole" => {
                let built_in = || BUILT_IN.iter().position(|known| known == name).map(Role::BuiltIn);
                let found = self.cluster_roles.sole(at.file, home, None, name);
                return found.map(Role::Written).or_else(built_in);
            }
            _ => None,
        };
        found.map(Role::Written)
    }

    /// Those of a binding's subjects that are followed.
    pub(super) fn holders(&self, at: At, home: u32, facts: &'p Facts, binding: &'p Binding) -> Vec<Holder> {
        let resource = facts.resource(binding.resource);
        let followed = binding.subjects.iter().enumerate().filter(|(_, subject)| is_machine(subject));
        let holder = |(number, subject): (usize, &'p Subject)| {
            let workloads = account(subject).map(|(space, name)| {
                let space = space.or_else(|| namespace(resource));
                self.workloads.find(at.file, home, space, name).to_vec()
            });
            Holder { binding: at, subject: number, workloads: workloads.unwrap_or_default() }
        };
        followed.map(holder).collect()
    }
}

fn namespace(resource: &Resource) -> Option<&str> {
    resource.namespace.get().map(String::as_str)
}

/// Whether a subject is a service account, a node, or a group of those.
fn is_machine(subject: &Subject) -> bool {
    let name = subject.name.get().map_or("", String::as_str);
    match subject.kind.get().map_or("", String::as_str) {
        "ServiceAccount" => true,
        "User" => name.starts_with("system:serviceaccount:") || name.starts_with("system:node:"),
        "Group" => name.starts_with("system:serviceaccounts") || name == "system:nodes",
        _ => false,
    }
}

/// The namespace and the name of the account that a subject is.
fn account(subject: &Subject) -> Option<(Option<&str>, &str)> {
    let name = subject.name.get()?;
    if subject.kind.get().is_some_and(|kind| kind == "ServiceAccount") {
        return match &subject.namespace {
            Setting::Unknown(_) => None,
            space => Some((space.get().map(String::as_str), name)),
        };
    }
    let (space, name) = name.strip_prefix("system:serviceaccount:")?.split_once(':')?;
    Some((Some(space), name))
}

/// Finds which roles gather which.
pub(super) fn gather(project: &Project, index: &Index<'_>, gathered: &mut HashMap<At, Vec<Role>>) {
    for (file, facts) in project.files.iter().enumerate() {
        for aggregation in &facts.aggregations {
            let gathering = At { file, id: aggregation.resource };
            for selector in &aggregation.selectors {
                for at in selected(project, index, gathering, selector) {
                    let into = gathered.entry(at).or_default();
                    if into.len() < MOST_GATHERING {
                        into.push(Role::Written(gathering));
                    }
                }
            }
        }
        let roles = facts.resources.iter().enumerate().filter(|(_, one)| one.kind() == "ClusterRole");
        for (id, role) in roles {
            for (label, into) in GATHERED {
                if role.labels.get(label).and_then(|label| label.value.get()).is_some_and(|set| set == "true")
                {
                    let into = into.iter().map(|&number| Role::BuiltIn(number));
                    gathered.entry(At { file, id }).or_default().extend(into);
                }
            }
        }
    }
}

/// The roles that a selector selects: of the same file, else of the same home, else all.
fn selected(project: &Project, index: &Index<'_>, from: At, selector: &Selector) -> Vec<At> {
    let wanted = selector.labels.pairs.iter().filter_map(|label| {
        let key = (label.key.as_str(), label.value.get()?.as_str());
        Some(index.by_label.get(&key).map_or(&[][..], Vec::as_slice))
    });
    // The rarest label leaves the fewest to look at.
    let candidates = wanted.min_by_key(|found| found.len()).unwrap_or(&index.labelled);
    let labels = |at: &At| -> &Labels { &project.files[at.file].resource(at.id).labels };
    let fits = |at: &&At| **at != from && selector.selects(labels(at)) == Some(true);
    let mut found: Vec<At> = candidates.iter().take(MOST_CANDIDATES).filter(fits).copied().collect();
    let home = |at: &At| project.layout.home(project.files[at.file].folder);
    if found.iter().any(|at| at.file == from.file) {
        found.retain(|at| at.file == from.file);
    } else if found.iter().any(|at| home(at) == home(&from)) {
        found.retain(|at| home(at) == home(&from));
    }
    found.sort_unstable();
    found.dedup();
    found
}
