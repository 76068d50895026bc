//! Routes to a Service that the project does not have.

use std::collections::{HashMap, HashSet};

use super::host::Host;
use crate::model::facts::FolderId;
use crate::model::mesh::{Destination, Route};
use crate::model::{Facts, Project};
use crate::rule::Match;
use crate::text::Span;

/// Services that an installation of Istio or Knative brings.
const PROVIDED: &[&str] = &[
    "istio-ingressgateway",
    "istio-egressgateway",
    "istiod",
    "knative-local-gateway",
    "cluster-local-gateway",
];

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let index = Index::new(project);
    let wanted = || project.files.iter().flat_map(destinations);
    let found = wanted().filter(|(_, _, host, _)| index.finds(host));
    let resolving: HashSet<FolderId> = found.map(|(facts, ..)| facts.folder).collect();
    for (facts, route, host, span) in wanted() {
        let resource = facts.resource(route.resource);
        let judged = resolving.contains(&facts.folder) && !index.vague.contains(&facts.folder);
        if resource.fragment || !judged || !index.knows_namespace(&host) || index.finds(&host) {
            continue;
        }
        let message = format!(
            "no Service `{}` in this project, where others that are routed to are defined; requests fail",
            host.service
        );
        out.push(Match::new(span, message).related(resource.anchor, "the route"));
    }
}

type Wanted<'p> = (&'p Facts, &'p Route, Host<'p>, Span);

fn destinations(facts: &Facts) -> impl Iterator<Item = Wanted<'_>> {
    let routes = facts.mesh.routes.iter();
    let all = routes.flat_map(|route| route.destinations.iter().map(move |destination| (route, destination)));
    all.filter_map(move |(route, destination): (&Route, &Destination)| {
        let host = Host::read(destination.host.get()?, facts.resource(route.resource))?;
        Some((facts, route, host, destination.host.span()?))
    })
}

/// Services by name, and the hosts that service entries add.
struct Index<'p> {
    by_name: HashMap<&'p str, Vec<Host<'p>>>,
    /// Folders with a Service, or an entry, whose name cannot be known.
    vague: HashSet<FolderId>,
    /// Namespaces with Services of this project.
    namespaces: HashSet<&'p str>,
}

impl<'p> Index<'p> {
    fn new(project: &'p Project) -> Self {
        let mut index = Index { by_name: HashMap::new(), vague: HashSet::new(), namespaces: HashSet::new() };
        let services = project.resources().filter(|(_, resource)| {
            resource.kind() == "Service" && ["", "serving.knative.dev"].contains(&resource.group())
        });
        let services = services.map(|(facts, resource)| {
            let namespace = resource.namespace.get().map(String::as_str);
            (facts, resource.name.get().map(|service| Host { service, namespace }))
        });
        let entries = project.files.iter().flat_map(|facts| {
            facts.mesh.entries.iter().filter_map(move |entry| match entry.host.get() {
                Some(host) => Some((facts, Some(Host::read(host, facts.resource(entry.resource))?))),
                None => Some((facts, None)),
            })
        });
        for (facts, host) in services.chain(entries) {
            match host {
                Some(host) => {
                    index.namespaces.extend(host.namespace);
                    index.by_name.entry(host.service).or_default().push(host);
                }
                None => drop(index.vague.insert(facts.folder)),
            }
        }
        index
    }

    /// Whether the Service would be in a namespace that this project fills, and is not of the mesh itself.
    fn knows_namespace(&self, host: &Host<'_>) -> bool {
        !PROVIDED.contains(&host.service)
            && host.namespace.is_none_or(|namespace| self.namespaces.contains(namespace))
    }

    fn finds(&self, host: &Host<'_>) -> bool {
        self.by_name.get(host.service).is_some_and(|found| found.iter().any(|known| known.may_be(host)))
    }
}
