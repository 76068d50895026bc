//! Who holds which role, over the whole input: bindings with the roles that they name, roles that gather others,
//! service accounts, and what runs as them.
//!
//! Does not judge what a role grants. Only accounts and nodes are followed: people are not in the files.

mod index;
mod nearest;

use std::collections::HashMap;

use index::Index;
pub use nearest::At;

use super::Project;

/// A role that bindings can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// One of the project: a resource.
    Written(At),
    /// One that every cluster has, by its place in [`BUILT_IN`].
    BuiltIn(usize),
}

/// The roles for people that every cluster has. Source:
/// <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles>.
pub const BUILT_IN: [&str; 4] = ["cluster-admin", "admin", "edit", "view"];

/// An account or a node that a binding gives a role to.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The binding.
    pub binding: At,
    /// The subject, by its place in the binding.
    pub subject: usize,
    /// Workloads that run as it; the first few.
    pub workloads: Vec<At>,
}

/// The holders of a role: in the whole cluster, and in a namespace.
#[derive(Debug, Default)]
struct Holders {
    wide: Vec<Holder>,
    narrow: Vec<Holder>,
}

/// The graph from roles to those who hold them.
#[derive(Debug, Default)]
pub struct Reach {
    holders: HashMap<Role, Holders>,
    /// Roles that gather this one.
    gathered: HashMap<At, Vec<Role>>,
    role_of: HashMap<At, Role>,
}

/// Roles that gather a role, directly or through others, that are looked at.
const MOST_GATHERING: usize = 32;
impl Reach {
    pub(super) fn new(project: &Project) -> Reach {
        let index = Index::new(project);
        let mut reach = Reach::default();
        for (file, facts) in project.files.iter().enumerate() {
            let home = project.layout.home(facts.folder);
            for (id, binding) in facts.bindings.iter().enumerate() {
                let at = At { file, id };
                let Some(role) = index.role(at, home, facts, binding) else { continue };
                reach.role_of.insert(at, role);
                let holders = reach.holders.entry(role).or_default();
                let wide = facts.resource(binding.resource).kind() == "ClusterRoleBinding";
                let list = if wide { &mut holders.wide } else { &mut holders.narrow };
                list.extend(index.holders(at, home, facts, binding));
            }
        }
        index::gather(project, &index, &mut reach.gathered);
        reach
    }

    /// The role that a binding names, if it can be told.
    pub fn role_of(&self, binding: At) -> Option<Role> {
        self.role_of.get(&binding).copied()
    }

    /// The role, and those that gather it.
    pub fn within(&self, role: Role) -> Vec<Role> {
        let mut found = vec![role];
        let mut next = 0;
        while next < found.len() && found.len() < MOST_GATHERING {
            if let Role::Written(at) = found[next] {
                for &more in self.gathered.get(&at).into_iter().flatten() {
                    if !found.contains(&more) && found.len() < MOST_GATHERING {
                        found.push(more);
                    }
                }
            }
            next += 1;
        }
        found
    }

    /// Those who hold one of these roles: in the whole cluster, or in a namespace.
    pub fn holders<'r>(&'r self, roles: &'r [Role], wide: bool) -> impl Iterator<Item = &'r Holder> {
        roles
            .iter()
            .filter_map(|role| self.holders.get(role))
            .flat_map(move |holders| if wide { &holders.wide } else { &holders.narrow })
    }

    /// Those whom a binding gives its role to.
    pub fn of_binding(&self, binding: At) -> impl Iterator<Item = &Holder> {
        let holders = self.role_of(binding).and_then(|role| self.holders.get(&role));
        let lists = holders.map(|holders| [&holders.wide, &holders.narrow]);
        // In the order in which bindings were read.
        lists.into_iter().flatten().flat_map(move |list| {
            let from = list.partition_point(|holder| holder.binding < binding);
            list[from..].iter().take_while(move |holder| holder.binding == binding)
        })
    }

    /// How many hold one of these roles.
    pub fn count(&self, roles: &[Role]) -> usize {
        let found = roles.iter().filter_map(|role| self.holders.get(role));
        found.map(|holders| holders.wide.len() + holders.narrow.len()).sum()
    }
}
