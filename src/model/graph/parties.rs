//! Everything that runs, before it is known what belongs together: workloads of Kubernetes, services of Compose.

use std::collections::{BTreeSet, HashSet};

use crate::model::coupling::Holder;
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::image::Image;
use crate::model::origins::Origin;
use crate::model::resource::Resource;
use crate::model::setting::Setting;
use crate::model::wired::Wired;
use crate::model::workload::{Container, Role, Workload};
use crate::text::{FileId, Span};

/// Something that runs, as one file has it.
#[derive(Clone, Debug)]
pub(super) struct Party<'p> {
    /// The number of the facts of its file.
    pub(super) file: usize,
    /// What it is there.
    pub(super) holder: Holder,
    /// What it is called.
    pub(super) name: &'p str,
    /// Its namespace, where one is written.
    pub(super) namespace: Option<&'p str>,
    /// The shortest text that stands for it.
    pub(super) anchor: Span,
    /// Its main image.
    pub(super) image: Option<&'p Image>,
    /// The Dockerfile that its image is built from.
    pub(super) built: Option<FileId>,
    /// Ports that it listens on, as far as it says so.
    pub(super) ports: BTreeSet<u16>,
    /// Whether it is there only to be laid over another.
    pub(super) fragment: bool,
    /// How many of it run.
    pub(super) replicas: Setting<i64>,
    /// Whether it ends by itself.
    pub(super) once: bool,
    /// Where it is published.
    pub(super) exposed: Vec<Span>,
}

/// All that runs, in the order of the files.
pub(super) fn of<'p>(wired: &Wired<'p>) -> Vec<Party<'p>> {
    let mut parties = Vec::new();
    let delivered = delivered(wired);
    for (file, facts) in wired.project.files.iter().enumerate() {
        for number in 0..facts.workloads.len() {
            parties.extend(workload(wired, facts, file, number));
        }
        parties.extend(delivery(facts, file, &delivered));
        for number in 0..facts.compose.as_ref().map_or(0, |compose| compose.services.len()) {
            parties.extend(service(wired, facts, file, number));
        }
    }
    parties
}

/// Names of what others are applied after.
fn delivered<'p>(wired: &Wired<'p>) -> HashSet<&'p str> {
    let after = wired.project.files.iter().flat_map(|facts| &facts.coupling.after);
    after.filter(|after| after.signal == Signal::Wave).map(|after| after.name.text.as_str()).collect()
}

/// What Argo CD and Flux apply in an order: each stands for all that it applies.
fn delivery<'p>(facts: &'p Facts, file: usize, delivered: &HashSet<&str>) -> impl Iterator<Item = Party<'p>> {
    let coupling = &facts.coupling;
    let ordered: HashSet<usize> = coupling
        .after
        .iter()
        .filter_map(|after| if let Holder::Object(id) = after.holder { Some(id) } else { None })
        .chain(coupling.waves.iter().map(|wave| wave.resource))
        .collect();
    facts.resources.iter().enumerate().filter_map(move |(id, resource)| {
        let name = resource.name.get()?;
        let applies = matches!(
            (resource.group(), resource.kind()),
            ("argoproj.io", "Application") | ("kustomize.toolkit.fluxcd.io", "Kustomization")
        ) || resource.kind() == "HelmRelease";
        let meant = ordered.contains(&id) || applies && delivered.contains(name.as_str());
        meant.then(|| Party {
            file,
            holder: Holder::Object(id),
            name,
            namespace: namespace(resource),
            anchor: resource.anchor,
            image: None,
            built: None,
            ports: BTreeSet::new(),
            fragment: resource.fragment,
            replicas: Setting::Unset,
            once: false,
            exposed: Vec::new(),
        })
    })
}

/// Kinds that hold pods for others to use, or that run inside of a build.
const NO_PARTIES: [&str; 9] = [
    "ClusterWorkflowTemplate",
    "CustomResourceDefinition",
    "Pipeline",
    "PipelineRun",
    "PodTemplate",
    "Task",
    "TaskRun",
    "Workflow",
    "WorkflowTemplate",
];

fn workload<'p>(wired: &Wired<'p>, facts: &'p Facts, file: usize, number: usize) -> Option<Party<'p>> {
    let workload = &facts.workloads[number];
    let resource = facts.resource_of(workload);
    if NO_PARTIES.contains(&resource.kind()) {
        return None;
    }
    let containers: Vec<&Container> =
        containers(facts, number).filter(|one| one.role == Role::Main).collect();
    let image = containers.iter().find_map(|container| container.image.as_ref());
    let ports = containers.iter().flat_map(|container| &container.ports.items);
    let built = containers.iter().filter_map(|container| container.image.as_ref());
    let mut built = built.filter_map(|image| wired.origins().of_image(facts.folder, image));
    let scaled = !wired.scalers_of(resource.kind(), resource.name()).is_empty();
    Some(Party {
        file,
        holder: Holder::Pod(number),
        name: resource.name.get()?,
        namespace: namespace(resource),
        anchor: resource.anchor,
        image,
        built: built.next().map(|origin| dockerfile(&origin)),
        ports: ports.filter_map(|port| u16::try_from(*port.number.get()?).ok()).collect(),
        fragment: resource.fragment,
        replicas: replicas(workload, resource, scaled),
        once: workload.batch,
        exposed: Vec::new(),
    })
}

/// How many of a workload run: one, where it does not say so and nothing else does.
fn replicas(workload: &Workload, resource: &Resource, scaled: bool) -> Setting<i64> {
    let counted = matches!(resource.kind(), "Deployment" | "ReplicaSet" | "Rollout" | "StatefulSet");
    match &workload.replicas {
        _ if scaled => Setting::Unknown(resource.anchor),
        Setting::Unset if counted && !resource.fragment => Setting::Set(1, resource.anchor),
        written => written.clone(),
    }
}

/// The namespace, where it says something.
pub(super) fn namespace(resource: &Resource) -> Option<&str> {
    resource.namespace.get().map(String::as_str).filter(|name| *name != "default")
}

/// The containers of a workload.
fn containers(facts: &Facts, workload: usize) -> impl Iterator<Item = &Container> {
    let from = facts.containers.partition_point(|container| container.workload < workload);
    facts.containers[from..].iter().take_while(move |container| container.workload == workload)
}

fn dockerfile(origin: &Origin<'_, '_>) -> FileId {
    origin.built.stages.first().map_or(FileId(u32::MAX), |stage| stage.whole.file)
}

fn service<'p>(wired: &Wired<'p>, facts: &'p Facts, file: usize, number: usize) -> Option<Party<'p>> {
    let compose = facts.compose.as_ref()?;
    let service = &compose.services[number];
    let replicas = service.setting("replicas");
    let count = replicas.get().and_then(|text| text.parse().ok());
    let of = |ports: &crate::model::compose::Ports| {
        let (from, to) = (u16::try_from(ports.from).ok()?, u16::try_from(ports.to).ok()?);
        (to.checked_sub(from)? < 64).then_some(from..=to)
    };
    let targets = service.ports.iter().filter_map(|port| of(port.target.get()?)).flatten();
    let published = service.ports.iter().filter(|port| port.published.get().is_some());
    Some(Party {
        file,
        holder: Holder::Service(number),
        name: &service.name.text,
        namespace: None,
        anchor: service.name.span,
        image: service.image.as_ref().or(service.built_image.as_ref()),
        built: wired.origins().of_service(facts.folder, service).map(|origin| dockerfile(&origin)),
        ports: targets.collect(),
        fragment: service.image.is_none() && service.build.is_none(),
        replicas: count.map_or(Setting::Unset, |count| Setting::Set(count, service.name.span)),
        once: false,
        exposed: published.map(|port| port.anchor).collect(),
    })
}
