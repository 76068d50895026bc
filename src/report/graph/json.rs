//! The graph in our own JSON, version 1 of the schema in `schemas/graph.schema.json`; each node, edge and smell has a
//! line of its own.

use serde::Serialize;

use super::view::{Smell, View};
use crate::model::graph::metrics::{Component, Measured, Metrics};
use crate::model::graph::{Edge, Id, Node, Sign};
use crate::report::position::{Place, Range};
use crate::report::wire;
use crate::text::Span;

const SCHEMA_VERSION: u32 = 1;

pub(super) fn render(view: &View<'_>) -> String {
    let measured = view.measured.iter().filter_map(|one| Some((one, one.metrics.as_ref()?)));
    let metrics: Vec<WireMetrics<'_>> =
        measured.map(|(one, metrics)| WireMetrics::new(view, one, metrics)).collect();
    let totals = view.outcome.totals;
    let graph = WireGraph {
        schema_version: SCHEMA_VERSION,
        tool: WireTool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        nodes: view.graph.nodes.iter().map(|node| WireNode::new(view, node)).collect(),
        edges: view.graph.edges.iter().map(|edge| WireEdge::new(view, edge)).collect(),
        smells: view.smells.iter().map(|smell| WireSmell::new(view, smell)).collect(),
        systems: view.measured.iter().map(|one| WireSystem::new(view, one)).collect(),
        metrics: (!metrics.is_empty()).then_some(WireMeasured { systems: metrics }),
        summary: WireSummary {
            files: WireFiles {
                discovered: totals.discovered,
                analysed: totals.analysed,
                skipped: totals.skipped,
            },
        },
    };
    wire::to_json(&graph, 2)
}

#[derive(Serialize)]
struct WireGraph<'a> {
    schema_version: u32,
    tool: WireTool,
    nodes: Vec<WireNode<'a>>,
    edges: Vec<WireEdge<'a>>,
    smells: Vec<WireSmell<'a>>,
    systems: Vec<WireSystem<'a>>,
    metrics: Option<WireMeasured<'a>>,
    summary: WireSummary,
}

#[derive(Serialize)]
struct WireTool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct WireNode<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    namespace: Option<&'a str>,
    system: &'a str,
    image: Option<&'a str>,
    owner: Option<&'a str>,
    replicas: Option<i64>,
    exposed: bool,
    once: bool,
    path: Option<&'a str>,
    span: Option<WireSpan>,
}

#[derive(Serialize)]
struct WireEdge<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'static str,
    confidence: &'static str,
    signs: Vec<WireSign<'a>>,
}

#[derive(Serialize)]
struct WireSign<'a> {
    signal: &'static str,
    path: &'a str,
    span: WireSpan,
    text: std::borrow::Cow<'a, str>,
    key: Option<&'a str>,
    gate: bool,
}

#[derive(Serialize)]
struct WireSmell<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    nodes: Vec<&'a str>,
    path: &'a str,
    span: WireSpan,
}

#[derive(Serialize)]
struct WireSystem<'a> {
    name: &'a str,
    components: usize,
    addressed: usize,
    calls: usize,
}

#[derive(Serialize)]
struct WireMeasured<'a> {
    systems: Vec<WireMetrics<'a>>,
}

#[derive(Serialize)]
struct WireMetrics<'a> {
    system: &'a str,
    density: f64,
    propagation_cost: Option<f64>,
    normalised_propagation_cost: Option<f64>,
    cycle_share: f64,
    depth: usize,
    shared_store_share: Option<f64>,
    start_gate_share: f64,
    lock_step_share: f64,
    shared_secret_share: f64,
    index: Option<f64>,
    components: Vec<WireComponent<'a>>,
}

#[derive(Serialize)]
struct WireComponent<'a> {
    nodes: Vec<&'a str>,
    fan_in: usize,
    fan_out: usize,
    instability: Option<f64>,
    blast_radius: Option<f64>,
}

#[derive(Serialize)]
struct WireSummary {
    files: WireFiles,
}

#[derive(Serialize)]
struct WireFiles {
    discovered: usize,
    analysed: usize,
    skipped: usize,
}

#[derive(Serialize)]
struct WireSpan {
    start: WirePlace,
    end: WirePlace,
}

#[derive(Serialize)]
struct WirePlace {
    line: usize,
    column: usize,
    offset: usize,
}

impl WireSpan {
    fn new(view: &View<'_>, span: Span) -> Self {
        let place = |place: Place| WirePlace { line: place.line, column: place.column, offset: place.offset };
        let Range { start, end } = view.range(span);
        WireSpan { start: place(start), end: place(end) }
    }
}

impl<'a> WireNode<'a> {
    fn new(view: &View<'a>, node: &'a Node) -> Self {
        let place = node.places.first().copied();
        WireNode {
            id: &node.id,
            name: &node.name,
            kind: node.kind.name(),
            namespace: node.namespace.as_deref(),
            system: view.system(node.system),
            image: node.image.as_deref(),
            owner: node.owner.as_ref().map(|owner| owner.name.as_str()),
            replicas: node.replicas.get().copied(),
            exposed: !node.exposed.is_empty(),
            once: node.once,
            path: place.map(|span| view.path(span)),
            span: place.map(|span| WireSpan::new(view, span)),
        }
    }
}

impl<'a> WireEdge<'a> {
    fn new(view: &View<'a>, edge: &'a Edge) -> Self {
        let sign = |sign: &'a Sign| WireSign {
            signal: sign.signal.name(),
            path: view.path(sign.span),
            span: WireSpan::new(view, sign.span),
            text: view.said(edge, sign),
            key: sign.key.as_deref(),
            gate: sign.gate,
        };
        WireEdge {
            from: id(view, edge.from),
            to: id(view, edge.to),
            kind: edge.kind.name(),
            confidence: edge.confidence.name(),
            signs: edge.signs.iter().map(sign).collect(),
        }
    }
}

impl<'a> WireSmell<'a> {
    fn new(view: &View<'a>, smell: &Smell<'a>) -> Self {
        let finding = smell.finding;
        WireSmell {
            rule: &finding.rule.id,
            severity: finding.severity.name(),
            message: &finding.message,
            nodes: smell.nodes.iter().map(|node| id(view, *node)).collect(),
            path: view.path(finding.span),
            span: WireSpan::new(view, finding.span),
        }
    }
}

impl<'a> WireSystem<'a> {
    fn new(view: &View<'a>, measured: &Measured) -> Self {
        WireSystem {
            name: view.system(measured.system),
            components: measured.components,
            addressed: measured.addressed,
            calls: measured.calls,
        }
    }
}

impl<'a> WireMetrics<'a> {
    fn new(view: &View<'a>, measured: &Measured, metrics: &Metrics) -> Self {
        let component = |component: &Component| WireComponent {
            nodes: component.nodes.iter().map(|node| id(view, *node)).collect(),
            fan_in: component.fan_in,
            fan_out: component.fan_out,
            instability: component.instability.map(rounded),
            blast_radius: component.blast_radius.map(rounded),
        };
        WireMetrics {
            system: view.system(measured.system),
            density: rounded(metrics.density),
            propagation_cost: metrics.propagation_cost.map(rounded),
            normalised_propagation_cost: metrics.normalised_propagation_cost.map(rounded),
            cycle_share: rounded(metrics.cycle_share),
            depth: metrics.depth,
            shared_store_share: metrics.shared_store_share.map(rounded),
            start_gate_share: rounded(metrics.start_gate_share),
            lock_step_share: rounded(metrics.lock_step_share),
            shared_secret_share: rounded(metrics.shared_secret_share),
            index: metrics.index.map(rounded),
            components: metrics.components.iter().map(component).collect(),
        }
    }
}

fn id<'a>(view: &View<'a>, node: Id) -> &'a str {
    &view.graph.nodes[node].id
}

/// To four places: more would change with the order of sums.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
