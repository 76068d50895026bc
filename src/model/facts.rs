//! The facts of one file: owned plain data, without the tree they were read from.

use std::collections::BTreeSet;

use super::block::Block;
use super::catalog;
use super::certificate::{Issuer, Request};
use super::chart::Chart;
use super::cloud::CloudFact;
use super::cloudformation::Template;
use super::component::Component;
use super::compose::{Artifact, Compose};
use super::coupling::Coupling;
use super::env::EnvVar;
use super::image::Image;
use super::instruction::Instruction;
use super::mesh::Mesh;
use super::module::Names;
use super::rbac::{Account, Aggregation, Binding, Grant, RunsAs};
use super::reference::{Definition, PathReference, Reference, ReferenceGrant};
use super::resource::{Resource, ResourceId};
use super::scaling::{Budget, Monitor, Scaler};
use super::stage::Stage;
use super::wiring::{IngressPath, NetworkPolicy, PlainSecret, Service};
use super::workload::{Container, Volume, Workload};
use crate::syntax::codeowners::CodeOwners;
use crate::syntax::dockerignore::Patterns;
use crate::syntax::shell::Script;
use crate::text::FileId;

/// A folder, by number: facts know neighbours, not paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderId(pub u32);

/// All facts of a file, by kind, in the order of the text.
#[derive(Debug, Default)]
pub struct Facts {
    /// The folder the file is in.
    pub folder: FolderId,
    /// Kubernetes objects.
    pub resources: Vec<Resource>,
    /// Objects of kinds that no schema is known of; whoever knows the schemas fills it in.
    pub unchecked: Vec<ResourceId>,
    /// Pod templates.
    pub workloads: Vec<Workload>,
    /// Containers of pods.
    pub containers: Vec<Container>,
    /// Components of a cluster, run in containers or configured by files of their own.
    pub components: Vec<Component>,
    /// Volumes of pods.
    pub volumes: Vec<Volume>,
    /// Images that are not a container's, such as the base of a Dockerfile's stage.
    pub images: Vec<Image>,
    /// Variables of containers and images, with the resource they belong to.
    pub env: Vec<EnvVar>,
    /// What a Dockerfile's own name says that it builds: `web` of `web.Dockerfile`, nothing of a plain one.
    pub called: Option<String>,
    /// Stages of a Dockerfile.
    pub stages: Vec<Stage>,
    /// Instructions of a Dockerfile; that of an ONBUILD stands for it.
    pub instructions: Vec<Instruction>,
    /// What containers have a shell run.
    pub scripts: Vec<Script>,
    /// Services.
    pub services: Vec<Service>,
    /// Paths of hosts that Ingresses claim.
    pub ingress_paths: Vec<IngressPath>,
    /// Secrets whose values are written out.
    pub plain_secrets: Vec<PlainSecret>,
    /// Network policies.
    pub policies: Vec<NetworkPolicy>,
    /// Disruption budgets.
    pub budgets: Vec<Budget>,
    /// Autoscalers.
    pub scalers: Vec<Scaler>,
    /// What is scraped for metrics.
    pub monitors: Vec<Monitor>,
    /// Rules of roles.
    pub grants: Vec<Grant>,
    /// Role bindings.
    pub bindings: Vec<Binding>,
    /// Roles that gather others.
    pub aggregations: Vec<Aggregation>,
    /// Service accounts.
    pub accounts: Vec<Account>,
    /// The service accounts that workloads run as.
    pub runs_as: Vec<RunsAs>,
    /// Certificates that are asked for.
    pub requests: Vec<Request>,
    /// Who issues certificates.
    pub issuers: Vec<Issuer>,
    /// What routes traffic inside a mesh.
    pub mesh: Mesh,
    /// What a build does not see, if it is a file that says so.
    pub ignored: Option<Patterns>,
    /// The file that says what a build of this Dockerfile does not see.
    pub ignored_by: Option<FileId>,
    /// Who answers for which files, if it is a file that says so.
    pub code_owners: Option<CodeOwners>,
    /// What it says of services, if it is a catalogue.
    pub catalog: Vec<catalog::Entry>,
    /// The chart, if it is a `Chart.yaml`.
    pub chart: Option<Chart>,
    /// Blocks of Terraform, in the order of the text; of one that has many instances, each.
    pub blocks: Vec<Block>,
    /// What a file of Terraform declares and uses.
    pub names: Option<Names>,
    /// The Compose file, if it is one.
    pub compose: Option<Compose>,
    /// Images that a tool for development builds.
    pub artifacts: Vec<Artifact>,
    /// Names of images, and those that a kustomization gives them instead.
    pub renamed_images: Vec<(String, String)>,
    /// What is asked of a cloud.
    pub cloud: Vec<CloudFact>,
    /// The CloudFormation template, if it is one.
    pub cloudformation: Option<Template>,
    /// What it says about who depends on whom.
    pub coupling: Coupling,
    /// References by name.
    pub references: Vec<Reference>,
    /// What references can lead to, apart from objects that define themselves.
    pub definitions: Vec<Definition>,
    /// Leave for references between namespaces.
    pub reference_grants: Vec<ReferenceGrant>,
    /// Paths into the repository.
    pub paths: Vec<PathReference>,
    /// What a kustomization puts before and after the names of its objects.
    pub affixes: Vec<(String, String)>,
    /// Words that containers are told, which may be names of objects that programs look up themselves.
    pub mentions: BTreeSet<String>,
    /// Whether other objects come into being by this file than those in it: a chart that it installs, a base from
    /// elsewhere.
    pub installs: bool,
}

impl Facts {
    /// The resource that a workload is in.
    pub fn resource_of(&self, workload: &Workload) -> &Resource {
        self.resource(workload.resource)
    }

    /// The resource with this number.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id]
    }

    /// All text that a shell runs.
    pub fn scripts(&self) -> impl Iterator<Item = &Script> {
        let of_instructions = self.instructions.iter().filter_map(|instruction| instruction.script.as_ref());
        of_instructions.filter(|script| script.dialect.is_some()).chain(&self.scripts)
    }

    /// Takes everything here for text that other text is laid under: nothing may be called missing.
    pub fn complete_elsewhere(&mut self) {
        self.resources.iter_mut().for_each(|resource| resource.fragment = true);
        self.containers.iter_mut().for_each(|container| container.fragment = true);
        self.components.iter_mut().for_each(|component| component.fragment = true);
    }

    /// All images, to be changed.
    pub fn all_images_mut(&mut self) -> impl Iterator<Item = &mut Image> {
        self.containers.iter_mut().filter_map(|container| container.image.as_mut()).chain(&mut self.images)
    }

    /// All images, containers' first.
    pub fn all_images(&self) -> impl Iterator<Item = &Image> {
        let services = self.compose.iter().flat_map(|compose| &compose.services);
        let of_services = services.filter_map(|service| service.image.as_ref());
        let of_containers = self.containers.iter().filter_map(|container| container.image.as_ref());
        of_containers.chain(of_services).chain(&self.images)
    }
}
