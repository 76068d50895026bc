//! The project with what binds its objects, each index made once, when the first rule asks for it.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::forms::Forms;
use super::graph::Graph;
use super::matching::{Carrier, Carriers, Chooser, Choosers, Found, From};
use super::origins::Origins;
use super::scaling::{Budget, Scaler};
use super::wiring::{NetworkPolicy, Service};
use super::workload::{Container, Workload};
use super::{Facts, Project};

/// Autoscalers by the kind and name of their target.
type Targets<'p> = HashMap<&'p str, HashMap<&'p str, Vec<(&'p Facts, &'p Scaler)>>>;
/// Workloads by the kind and name of their object.
type Named<'p> = HashMap<&'p str, HashMap<&'p str, Vec<Carrier<'p>>>>;

/// A project and its indexes.
pub struct Wired<'p> {
    /// The project.
    pub project: &'p Project,
    pods: OnceCell<Carriers<'p>>,
    services: OnceCell<Carriers<'p>>,
    selecting_services: OnceCell<Choosers<'p>>,
    policies: OnceCell<Choosers<'p>>,
    budgets: OnceCell<Choosers<'p>>,
    scalers: OnceCell<Targets<'p>>,
    workloads: OnceCell<Named<'p>>,
    forms: OnceCell<Forms<'p>>,
    origins: OnceCell<Origins<'p>>,
    graph: OnceCell<Graph>,
}

impl<'p> Wired<'p> {
    /// No index is made yet.
    pub fn new(project: &'p Project) -> Self {
        Wired {
            project,
            pods: OnceCell::new(),
            services: OnceCell::new(),
            selecting_services: OnceCell::new(),
            policies: OnceCell::new(),
            budgets: OnceCell::new(),
            scalers: OnceCell::new(),
            workloads: OnceCell::new(),
            forms: OnceCell::new(),
            origins: OnceCell::new(),
            graph: OnceCell::new(),
        }
    }

    /// All pods, as the workloads that make them.
    pub fn all_pods(&self) -> impl Iterator<Item = Carrier<'p>> + use<'p> {
        self.project.files.iter().flat_map(|facts| {
            facts.workloads.iter().enumerate().map(move |(number, workload)| Carrier {
                facts,
                resource: facts.resource_of(workload),
                labels: &workload.labels,
                number,
            })
        })
    }

    /// Pods by their labels.
    pub fn pods(&self) -> &Carriers<'p> {
        self.pods.get_or_init(|| Carriers::new(&self.project.layout, self.all_pods()))
    }

    /// Services by their own labels.
    pub fn services(&self) -> &Carriers<'p> {
        let each = |facts: &'p Facts| {
            facts.services.iter().enumerate().map(move |(number, service)| {
                let resource = facts.resource(service.resource);
                Carrier { facts, resource, labels: &resource.labels, number }
            })
        };
        self.services
            .get_or_init(|| Carriers::new(&self.project.layout, self.project.files.iter().flat_map(each)))
    }

    /// Services by what they select.
    pub fn selecting_services(&self) -> &Choosers<'p> {
        let each = |facts: &'p Facts| {
            let services = facts.services.iter().enumerate();
            services.filter(|(_, service)| service.selector.is_some()).map(move |(number, service)| Chooser {
                from: From { facts, resource: facts.resource(service.resource) },
                selector: service.selector.as_ref(),
                number,
            })
        };
        self.selecting_services.get_or_init(|| Choosers::new(self.project.files.iter().flat_map(each)))
    }

    /// Network policies by what they select.
    pub fn policies(&self) -> &Choosers<'p> {
        let each = |facts: &'p Facts| {
            let policies = facts.policies.iter().enumerate();
            policies.map(move |(number, policy)| Chooser {
                from: From { facts, resource: facts.resource(policy.resource) },
                selector: policy.pods.as_ref(),
                number,
            })
        };
        self.policies.get_or_init(|| Choosers::new(self.project.files.iter().flat_map(each)))
    }

    /// Disruption budgets by what they select.
    pub fn budgets(&self) -> &Choosers<'p> {
        let each = |facts: &'p Facts| {
            let budgets = facts.budgets.iter().enumerate();
            // Without a selector it selects nothing.
            budgets.filter(|(_, budget)| budget.selector.is_some()).map(move |(number, budget)| Chooser {
                from: From { facts, resource: facts.resource(budget.resource) },
                selector: budget.selector.as_ref(),
                number,
            })
        };
        self.budgets.get_or_init(|| Choosers::new(self.project.files.iter().flat_map(each)))
    }

    /// The autoscalers of this kind and name of object, those included that may be of another namespace.
    pub fn scalers_of(&self, kind: &str, name: &str) -> &[(&'p Facts, &'p Scaler)] {
        let index = self.scalers.get_or_init(|| {
            let mut index = Targets::new();
            for facts in &self.project.files {
                for scaler in &facts.scalers {
                    if let (Some(kind), Some(name)) = (scaler.kind.get(), scaler.name.get()) {
                        index
                            .entry(kind.as_str())
                            .or_default()
                            .entry(name)
                            .or_default()
                            .push((facts, scaler));
                    }
                }
            }
            index
        });
        index.get(kind).and_then(|named| named.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The workloads of this kind and name.
    pub fn workloads_named(&self, kind: &str, name: &str) -> &[Carrier<'p>] {
        let index = self.workloads.get_or_init(|| {
            let mut index = Named::new();
            for carrier in self.all_pods() {
                let name = carrier.resource.name.get();
                if let (Some(kind), Some(name)) = (carrier.resource.kind.get(), name) {
                    index.entry(kind.as_str()).or_default().entry(name).or_default().push(carrier);
                }
            }
            index
        });
        index.get(kind).and_then(|named| named.get(name)).map_or(&[], Vec::as_slice)
    }

    /// Which Dockerfiles images come from.
    pub fn origins(&self) -> &Origins<'p> {
        self.origins.get_or_init(|| Origins::of(self.project))
    }

    /// Who depends on whom.
    pub fn graph(&self) -> &Graph {
        self.graph.get_or_init(|| Graph::of(self))
    }

    /// The graph alone.
    pub fn into_graph(self) -> Graph {
        self.graph();
        self.graph.into_inner().unwrap_or_default()
    }

    /// Whether two objects are applied together, as far as files can say.
    pub fn together(&self, one: From<'_>, two: From<'_>) -> bool {
        self.forms.get_or_init(|| Forms::new(self.project)).together(one, two)
    }

    /// Of what a selector surely finds, something that is applied together with `from`: of its own file, if it can be.
    pub fn meant<'f>(&self, from: From<'_>, found: &'f Found<'p>) -> Option<&'f Carrier<'p>> {
        let own = |carrier: &&Carrier<'_>| carrier.resource.anchor.file == from.resource.anchor.file;
        let near = |carrier: &&Carrier<'_>| self.together(from, carrier.from());
        let sure = || found.sure.iter().filter(near);
        sure().find(own).or_else(|| sure().next())
    }
}

impl<'p> Carrier<'p> {
    /// Its object, and the facts of its file.
    pub fn from(&self) -> From<'p> {
        From { facts: self.facts, resource: self.resource }
    }

    /// The workload, of a carrier that is pods.
    pub fn workload(&self) -> &'p Workload {
        &self.facts.workloads[self.number]
    }

    /// The containers, of a carrier that is pods.
    pub fn containers(&self) -> impl Iterator<Item = &'p Container> + use<'p> {
        let (all, number) = (&self.facts.containers, self.number);
        // They stand in the order of their workloads.
        let from = all.partition_point(|container| container.workload < number);
        all[from..].iter().take_while(move |container| container.workload == number)
    }

    /// The Service, of a carrier that is one.
    pub fn service(&self) -> &'p Service {
        &self.facts.services[self.number]
    }
}

impl From<'_> {
    /// Whether the two objects may be of one namespace.
    pub fn may_meet(&self, other: From<'_>) -> bool {
        self.resource.may_share_namespace(other.resource)
    }
}

impl<'p> Chooser<'p> {
    /// The policy, of a chooser that is one.
    pub fn policy(&self) -> &'p NetworkPolicy {
        &self.from.facts.policies[self.number]
    }

    /// The budget, of a chooser that is one.
    pub fn budget(&self) -> &'p Budget {
        &self.from.facts.budgets[self.number]
    }
}
