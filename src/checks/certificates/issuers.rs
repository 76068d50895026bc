//! The issuers of a project by name.

use std::collections::{HashMap, HashSet};

use crate::model::certificate::{Issuer, Request};
use crate::model::facts::FolderId;
use crate::model::resource::Resource;
use crate::model::{Facts, Project};

pub(super) struct Issuers<'p> {
    by_name: HashMap<(&'p str, bool), Vec<(&'p Resource, &'p Issuer)>>,
    /// Folders with an issuer whose name cannot be known.
    pub(super) vague: HashSet<FolderId>,
}

impl<'p> Issuers<'p> {
    pub(super) fn new(project: &'p Project) -> Self {
        let mut issuers = Issuers { by_name: HashMap::new(), vague: HashSet::new() };
        for facts in &project.files {
            for issuer in &facts.issuers {
                let resource = facts.resource(issuer.resource);
                let cluster = resource.kind() == "ClusterIssuer";
                match resource.name.get() {
                    Some(name) => {
                        issuers.by_name.entry((name, cluster)).or_default().push((resource, issuer));
                    }
                    None => drop(issuers.vague.insert(facts.folder)),
                }
            }
        }
        issuers
    }

    /// Those that the request may mean.
    pub(super) fn of(&self, facts: &Facts, request: &Request) -> Vec<(&'p Resource, &'p Issuer)> {
        let Some(name) = request.issuer.get() else { return Vec::new() };
        let from = facts.resource(request.resource);
        let named = self.by_name.get(&(name.as_str(), request.cluster)).into_iter().flatten();
        named.filter(|(resource, _)| request.cluster || resource.may_share_namespace(from)).copied().collect()
    }
}

/// All requests with the facts of their files.
pub(super) fn requests(project: &Project) -> impl Iterator<Item = (&Facts, &Request)> {
    project.files.iter().flat_map(|facts| facts.requests.iter().map(move |request| (facts, request)))
}
