//! Expression rules over the facts of a file: each rule runs on the subjects it asked for, and on nothing else.

use super::linter::Linter;
use super::raw::Raw;
use crate::checks::Context;
use crate::model::block::BlockView;
use crate::model::cluster::Cluster;
use crate::model::command::CommandView;
use crate::model::component::ComponentView;
use crate::model::compose::ServiceView;
use crate::model::resource::{Object, Resource, ResourceId};
use crate::model::workload::{ContainerView, VolumeView, WorkloadView};
use crate::model::{Facts, Record, Value};
use crate::rule::{Match, Subject, Verdict};
use crate::syntax::shell::Command;
use crate::syntax::tree::Tree;
use crate::text::Span;

/// What a subject is one of: the kind of the object it is in, its program, its keyword.
#[derive(Clone, Copy)]
struct Of<'o> {
    /// Empty where there are no groups.
    group: &'o str,
    kind: &'o str,
}

impl<'o> Of<'o> {
    fn object(resource: &'o Resource) -> Of<'o> {
        Of { group: resource.group(), kind: resource.kind() }
    }

    fn word(kind: &'o str) -> Of<'o> {
        Of { group: "", kind }
    }
}

/// Variables of an expression; the first is the subject.
type Variables<'v> = [Variable<'v>];

type Variable<'v> = (&'static str, Value<'v>);

/// Runs every active expression rule on every subject of the file.
pub(super) fn run(
    linter: &Linter,
    active: &[bool],
    facts: &Facts,
    tree: Option<&Tree>,
    context: Context,
) -> Vec<Raw> {
    let mut runner = Runner { linter, active, failures: Vec::new(), out: Vec::new() };
    // The images of containers are the first.
    let with_image = facts.containers.iter().filter(|container| container.image.is_some());
    let mut resources = with_image.map(|container| facts.workloads[container.workload].resource);
    for image in facts.all_images() {
        let from = runner.out.len();
        runner.each(Subject::Image, None, false, &[("image", Value::Record(image))]);
        if let Some(resource) = resources.next() {
            runner.tell(facts, resource, from);
        }
    }
    for variable in &facts.env {
        runner.each(Subject::Env, None, false, &[("env", Value::Record(variable))]);
    }
    runner.dockerfile(facts);
    runner.scripts(facts);
    runner.cloud(facts);
    if let Some(tree) = tree {
        runner.compose(facts, tree);
        let cluster = Cluster { minor: context.kubernetes.minor, anchor: Span::at(tree.file(), 0) };
        runner.kubernetes(facts, tree, &cluster);
        runner.blocks(facts, tree);
    }
    runner.finish()
}

struct Runner<'r> {
    linter: &'r Linter,
    active: &'r [bool],
    /// The first failure of each rule whose expression failed in this file.
    failures: Vec<Failure>,
    out: Vec<Raw>,
}

/// Where an expression failed, and why.
struct Failure {
    rule: usize,
    place: Span,
    message: String,
}

impl Runner<'_> {
    /// Runs the rules of one subject on one fact, which is in this object if it is in any.
    fn each(&mut self, subject: Subject, of: Option<Of<'_>>, fragment: bool, variables: &Variables<'_>) {
        let linter = self.linter;
        for &rule in linter.of(subject) {
            self.one(rule, fragment, variables);
        }
        let Some(of) = of else { return };
        for &rule in linter.of_kind(subject, of.kind) {
            if linter.rule(rule).takes(of.group, of.kind) {
                self.one(rule, fragment, variables);
            }
        }
    }

    fn one(&mut self, rule: usize, fragment: bool, variables: &Variables<'_>) {
        if !self.active[rule] {
            return;
        }
        let linter = self.linter;
        linter.rule(rule).run(variables, &mut |verdict| match verdict {
            Verdict::Fails(found) if found.missing && fragment => {}
            Verdict::Fails(found) => self.out.push(Raw { rule, found }),
            // Half an object may have any shape.
            Verdict::Error(_) if fragment => {}
            Verdict::Error(message) => self.fail(rule, message, variables),
            Verdict::Holds | Verdict::Unknown => {}
        });
    }

    fn fail(&mut self, rule: usize, message: String, variables: &Variables<'_>) {
        let known = self.failures.iter().any(|failure| failure.rule == rule);
        if let (false, Some((_, Value::Record(record)))) = (known, variables.first()) {
            self.failures.push(Failure { rule, place: record.span(), message });
        }
    }

    /// Says of each of the users' rules that it failed, and of plimsoll's own once how many did: those are held to
    /// their examples, so that the input is to blame, and one value of the wrong type may stop many.
    fn finish(mut self) -> Vec<Raw> {
        let Some(number) = self.linter.number("rule-failed") else { return self.out };
        let failures = std::mem::take(&mut self.failures);
        let (ours, theirs): (Vec<_>, Vec<_>) =
            failures.into_iter().partition(|failure| self.linter.rule(failure.rule).is_built_in());
        let others = match ours.len() {
            0 | 1 => String::new(),
            2 => ", nor could another rule".to_owned(),
            all => format!(", nor could {} others", all - 1),
        };
        let own = ours.into_iter().take(1).map(|failure| (failure, others.as_str()));
        for (Failure { rule, place, message }, others) in
            own.chain(theirs.into_iter().map(|failure| (failure, "")))
        {
            let id = self.linter.rule(rule).id();
            let message = format!("`{id}` could not be evaluated here{others}: {message}");
            self.out.push(Raw { rule: number, found: Match::new(place, message) });
        }
        self.out
    }

    fn dockerfile(&mut self, facts: &Facts) {
        for stage in &facts.stages {
            self.each(Subject::Stage, None, false, &[("stage", Value::Record(stage))]);
        }
        for instruction in &facts.instructions {
            // Before the first FROM there is no stage, and nothing can be said of one.
            let stage = instruction.stage.and_then(|stage| facts.stages.get(stage));
            let stage = stage.map_or(Value::Unknown(instruction.anchor), |stage| Value::Record(stage));
            let own = ("instruction", Value::Record(instruction));
            let stage = ("stage", stage);
            let of = Of::word(instruction.kind.name());
            self.each(Subject::Instruction, Some(of), false, &[own.clone(), stage.clone()]);
            for command in instruction.commands() {
                self.command(command, "dockerfile", [own.clone(), stage.clone()]);
            }
        }
    }

    /// The commands of containers: there is no instruction around them.
    fn scripts(&mut self, facts: &Facts) {
        let format = if facts.compose.is_some() { "compose" } else { "kubernetes" };
        for command in facts.scripts.iter().flat_map(|script| &script.commands) {
            let hidden = Value::Unknown(command.span);
            self.command(command, format, [("instruction", hidden.clone()), ("stage", hidden)]);
        }
    }

    /// Rules that name no program run on every command, the others on theirs.
    fn command(&mut self, command: &Command, format: &str, [instruction, stage]: [Variable<'_>; 2]) {
        let linter = self.linter;
        let (all, own) = (linter.of(Subject::Command), linter.of_kind(Subject::Command, command.name()));
        let mut rules =
            all.iter().chain(own).filter(|rule| linter.rule(**rule).takes_format(format)).peekable();
        let Some(view) = rules.peek().and_then(|_| CommandView::new(command)) else { return };
        let variables = [("command", Value::Record(&view) as Value<'_>), instruction, stage];
        for &rule in rules {
            self.one(rule, false, &variables);
        }
    }

    /// What a cloud is asked for. Places around the value at fault are told as well.
    fn cloud(&mut self, facts: &Facts) {
        let open = facts.cloudformation.as_ref().is_some_and(|template| template.open);
        for fact in &facts.cloud {
            let from = self.out.len();
            let of = Some(Of { group: fact.provider, kind: fact.family });
            self.each(Subject::Cloud, of, open, &[("cloud", Value::Record(fact))]);
            for raw in &mut self.out[from..] {
                for place in fact.around(raw.found.span) {
                    let found = raw.found.clone();
                    raw.found = found.related(place.span, place.what);
                }
            }
        }
    }

    /// A service is its own subject, and a container to the rules that are for those of Compose as well.
    fn compose(&mut self, facts: &Facts, tree: &Tree) {
        for service in facts.compose.iter().flat_map(|compose| &compose.services) {
            let view = ServiceView { service, tree };
            self.each(Subject::Compose, None, service.fragment, &[("compose", Value::Record(&view))]);
            let hidden = Value::Unknown(service.name.span);
            let variables = [
                ("container", Value::Record(&view) as Value<'_>),
                ("workload", hidden.clone()),
                ("object", hidden.clone()),
                ("kubernetes", hidden),
            ];
            let linter = self.linter;
            for &rule in linter.of(Subject::Container) {
                if linter.rule(rule).takes_format("compose") {
                    self.one(rule, service.fragment, &variables);
                }
            }
        }
    }

    /// Blocks of Terraform. What came from elsewhere is told with the places that it came through.
    fn blocks(&mut self, facts: &Facts, tree: &Tree) {
        for block in &facts.blocks {
            let view = BlockView { block, tree };
            let object = Value::Node(tree.node(block.node));
            let variables = [("block", Value::Record(&view) as Value<'_>), ("object", object)];
            let of = Of { group: &block.keyword, kind: block.kind() };
            let from = self.out.len();
            self.each(Subject::Block, Some(of), false, &variables);
            for Raw { found, .. } in &mut self.out[from..] {
                for (span, what) in block.through(found.span) {
                    *found = found.clone().related(*span, *what);
                }
            }
        }
    }

    /// Tells where values came from that were found in an object, if a block of Terraform makes it.
    fn tell(&mut self, facts: &Facts, resource: ResourceId, from: usize) {
        let Some(block) = facts.resource(resource).block.and_then(|at| facts.blocks.get(at)) else { return };
        for Raw { found, .. } in &mut self.out[from..] {
            for (span, what) in block.through(found.span) {
                *found = found.clone().related(*span, *what);
            }
        }
    }

    fn kubernetes(&mut self, facts: &Facts, tree: &Tree, cluster: &Cluster) {
        let mut pair = |subject: Subject, name: &'static str, id: usize, record: &dyn Record| {
            let resource = facts.resource(id);
            let object = Object { resource, node: tree.node(resource.node) };
            let variables = [
                (name, Value::Record(record)),
                ("object", Value::Record(&object)),
                ("kubernetes", Value::Record(cluster)),
            ];
            let from = self.out.len();
            self.each(subject, Some(Of::object(resource)), resource.fragment, &variables);
            self.tell(facts, id, from);
        };
        for (id, resource) in facts.resources.iter().enumerate() {
            pair(Subject::Resource, "resource", id, resource);
        }
        for service in &facts.services {
            pair(Subject::Service, "service", service.resource, service);
        }
        for grant in &facts.grants {
            pair(Subject::Grant, "grant", grant.resource, grant);
        }
        for binding in &facts.bindings {
            pair(Subject::Binding, "binding", binding.resource, binding);
        }
        for component in &facts.components {
            let resource = facts.resource(component.resource);
            let object = Object { resource, node: tree.node(resource.node) };
            let variables = [
                ("component", Value::Record(&ComponentView::new(component, cluster.minor)) as Value<'_>),
                ("object", Value::Record(&object)),
                ("kubernetes", Value::Record(cluster)),
            ];
            let from = self.out.len();
            self.each(Subject::Component, Some(Of::object(resource)), component.fragment, &variables);
            // A flag in `args` is read together with the program in `command`.
            let Some(command) = component.command else { continue };
            for raw in &mut self.out[from..] {
                if !command.contains(raw.found.span) {
                    let found = raw.found.clone();
                    raw.found = found.related(component.flags.near, "the program that it is given to");
                }
            }
        }
        self.pods(facts, tree, cluster);
    }

    fn pods(&mut self, facts: &Facts, tree: &Tree, cluster: &Cluster) {
        let views: Vec<(WorkloadView<'_>, Object<'_>)> = facts
            .workloads
            .iter()
            .map(|workload| {
                let resource = facts.resource_of(workload);
                let view = WorkloadView::new(workload, resource, tree);
                (view, Object { resource, node: tree.node(resource.node) })
            })
            .collect();
        let rest = |workload: usize| {
            let (view, object) = &views[workload];
            let cluster = ("kubernetes", Value::Record(cluster));
            [("workload", Value::Record(view)), ("object", Value::Record(object)), cluster]
        };
        for (number, (view, _)) in views.iter().enumerate() {
            let from = self.out.len();
            self.each(
                Subject::Workload,
                Some(Of::object(view.resource)),
                view.resource.fragment,
                &rest(number),
            );
            self.tell(facts, view.workload.resource, from);
        }
        for container in &facts.containers {
            let view = ContainerView::new(container, tree);
            let [workload, object, cluster] = rest(container.workload);
            let resource = views[container.workload].0.resource;
            let variables = [("container", Value::Record(&view)), workload, object, cluster];
            let from = self.out.len();
            self.each(Subject::Container, Some(Of::object(resource)), container.fragment, &variables);
            self.tell(facts, facts.workloads[container.workload].resource, from);
        }
        for volume in &facts.volumes {
            let view = VolumeView { node: tree.node(volume.node), volume };
            let resource = facts.resource(volume.resource);
            let object = Object { resource, node: tree.node(resource.node) };
            let workload = volume.workload.map_or(Value::Null, |number| Value::Record(&views[number].0));
            let variables = [
                ("volume", Value::Record(&view)),
                ("workload", workload),
                ("object", Value::Record(&object)),
                ("kubernetes", Value::Record(cluster)),
            ];
            let from = self.out.len();
            self.each(Subject::Volume, Some(Of::object(resource)), resource.fragment, &variables);
            self.tell(facts, volume.resource, from);
        }
    }
}
