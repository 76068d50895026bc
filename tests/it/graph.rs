//! The graph in every format: compared with files, with its schema, and held to what a page may contain.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll::lint::{Finding, Outcome, RuleRef, Totals};
use plimsoll::model::Setting;
use plimsoll::model::graph::{
    Confidence, Edge, EdgeKind, Graph, Id, Node, NodeKind, Owner, Sign, Signal, Store,
};
use plimsoll::report::escape;
use plimsoll::report::graph::{Format, render, summary};
use plimsoll::rule::{Label, Severity};
use plimsoll::text::{FileId, Source, Span};
use serde_json::Value;

use crate::bless;
use crate::reports::assert_valid;
use crate::scratch::Folder;

const COMPOSE: &str = "\
services:
  web: {image: shop/web:1, environment: {CART_URL: 'http://cart:8080', DB: 'postgres://web:s3cret@db/orders'}}
  cart: {image: shop/cart:1, environment: {DB: 'postgres://cart:s3cret@db/orders', QUEUE: 'amqp://queue:5672'}}
  seed: {image: shop/seed:1, depends_on: [db]}
  db: {image: postgres:17}
  queue: {image: rabbitmq:4}
  traces: {image: jaegertracing/all-in-one:1}
  stock: {image: shop/stock:1, depends_on: [web], environment: {WEB: web, CART: 'cart:8080'}}
  mail: {image: shop/mail:1}
";

/// A name that would be markup, an end of a script, a command and a form of address, if it came out as it is.
const HOSTILE: &str =
    "</script><img src=//x onerror=y>\"]\\N%%{init}%%\u{202e}\u{2028}\n::error::x ##[error]y `|{}$$;";

fn node(id: &str, kind: NodeKind, component: usize, place: Option<Span>) -> Node {
    Node {
        id: id.into(),
        name: id.into(),
        kind,
        namespace: None,
        places: place.into_iter().collect(),
        image: None,
        component,
        system: 0,
        owner: None,
        replicas: Setting::Unset,
        exposed: Vec::new(),
        once: false,
    }
}

struct Shop {
    graph: Graph,
    outcome: Outcome,
}

impl Shop {
    /// The `nth` place, from 0, of `text` in a file.
    fn span(&self, file: FileId, text: &str, nth: usize) -> Span {
        let (at, _) = self.outcome.sources.get(file).text.match_indices(text).nth(nth).unwrap();
        Span::new(file, at, at + text.len())
    }

    fn edge(
        &mut self,
        (from, to): (Id, Id),
        kind: EdgeKind,
        confidence: Confidence,
        at: (Span, &str, Signal),
    ) {
        let (span, key, signal) = at;
        let order = kind == EdgeKind::Order;
        let sign =
            Sign { signal, confidence, span, key: Some(key.into()), gate: order, store: Store::default() };
        self.graph.edges.push(Edge { from, to, kind, confidence, signs: vec![sign] });
    }

    fn smell(&mut self, rule: &str, severity: Severity, span: Span, message: &str, related: &[Span]) {
        let rule = Arc::new(RuleRef {
            id: rule.into(),
            domain: "coupling".into(),
            summary: String::new(),
            why: String::new(),
            help: String::new(),
            severity,
            url: String::new(),
        });
        let related =
            related.iter().map(|span| Label { span: *span, message: "here as well".into() }).collect();
        self.outcome.findings.push(Finding {
            rule,
            severity,
            message: message.into(),
            span,
            related,
            subject: None,
            fix: None,
            suppressed: None,
            fingerprint: String::new(),
        });
    }
}

/// A shop of some services, and what nobody would call their own.
fn shop() -> Shop {
    let mut shop = Shop { graph: Graph::default(), outcome: Outcome::default() };
    let file = shop.outcome.sources.add(Source::new("compose.yaml", COMPOSE));
    let odd =
        shop.outcome.sources.add(Source::new(format!("deploy/{HOSTILE}.yaml"), format!("name: {HOSTILE}")));
    shop.outcome.totals = Totals { discovered: 3, analysed: 2, skipped: 1, incomplete: 0 };
    let place = |name: &str| Some(shop.span(file, &format!("  {name}: {{"), 0).slice(2, 2 + name.len()));
    let mut nodes = vec![
        node("web", NodeKind::Component, 0, place("web")),
        node("cart", NodeKind::Component, 1, place("cart")),
        node("seed", NodeKind::Component, 2, place("seed")),
        node("db", NodeKind::Datastore, 3, place("db")),
        node("queue", NodeKind::Broker, 4, place("queue")),
        node("traces", NodeKind::Platform, 5, place("traces")),
        node("gateway", NodeKind::Ingress, 6, None),
        node("api.example.com", NodeKind::External, 7, None),
        node(HOSTILE, NodeKind::Component, 8, Some(shop.span(odd, HOSTILE, 0))),
        node("stock", NodeKind::Component, 9, place("stock")),
        node("mail", NodeKind::Component, 10, place("mail")),
    ];
    nodes[0].image = Some("shop/web".into());
    nodes[0].replicas = Setting::Set(2, nodes[0].places[0]);
    nodes[0].exposed = vec![nodes[0].places[0]];
    nodes[1].owner = Some(Owner { name: format!("team {HOSTILE}"), span: None });
    nodes[2].once = true;
    nodes[8].system = 1;
    nodes[8].namespace = Some(HOSTILE.into());
    shop.graph.nodes = nodes;
    shop.graph.systems = BTreeMap::from([(0, String::new()), (1, format!("deploy/{HOSTILE}"))]);
    let [cart, queue] = ["cart:8080", "queue:5672"].map(|word| shop.span(file, word, 0));
    let [first, second] = [0, 1].map(|nth| shop.span(file, "@db", nth).slice(1, 3));
    let whole = shop.span(file, "postgres://web:s3cret@db/orders", 0);
    shop.edge((0, 1), EdgeKind::Sync, Confidence::High, (cart.slice(0, 4), "CART_URL", Signal::Env));
    shop.edge((0, 3), EdgeKind::Datastore, Confidence::High, (first, "DB", Signal::Env));
    let again = Sign { span: whole, signal: Signal::ConfigFile, ..shop.graph.edges[1].signs[0].clone() };
    shop.graph.edges[1].signs.push(again);
    shop.edge((0, 7), EdgeKind::Sync, Confidence::Medium, (cart, HOSTILE, Signal::Argument));
    shop.edge((1, 3), EdgeKind::Datastore, Confidence::High, (second, "DB", Signal::Env));
    shop.edge((1, 4), EdgeKind::Async, Confidence::High, (queue.slice(0, 5), "QUEUE", Signal::Env));
    let after = shop.span(file, "[db]", 0).slice(1, 3);
    shop.edge((2, 3), EdgeKind::Order, Confidence::Low, (after, "depends_on", Signal::DependsOn));
    shop.edge(
        (6, 0),
        EdgeKind::Ingress,
        Confidence::Medium,
        (shop.graph.nodes[0].places[0], "host", Signal::Route),
    );
    let [web, call] =
        [shop.span(file, "WEB: web", 0).slice(5, 8), shop.span(file, "cart:8080", 1).slice(0, 4)];
    shop.edge((9, 0), EdgeKind::Sync, Confidence::Medium, (web, "WEB", Signal::Env));
    let start = shop.span(file, "[web]", 0).slice(1, 4);
    shop.edge((9, 0), EdgeKind::Order, Confidence::Low, (start, "depends_on", Signal::DependsOn));
    shop.edge((9, 1), EdgeKind::Sync, Confidence::High, (call, "CART", Signal::Env));
    for edge in [1, 3] {
        let span = shop.graph.edges[edge].signs[0].span;
        shop.graph.edges[edge].signs[0].store.database = Some(("orders".into(), span));
    }
    shop.smell("shared-database", Severity::Hint, first, "`web` and `cart` use one database", &[second]);
    shop.smell(
        "hub",
        Severity::Warning,
        shop.graph.nodes[8].places[0],
        &format!("{HOSTILE} is called by all"),
        &[],
    );
    shop
}

#[test]
fn formats_are_as_recorded() {
    let Shop { graph, outcome } = shop();
    let snapshot = |name: &str, format| {
        bless::check(&format!("tests/it/snapshots/graph/{name}"), &render(format, &graph, &outcome));
    };
    snapshot("graph.txt", Format::Text);
    snapshot("graph.json", Format::Json);
    snapshot("graph.dot", Format::Dot);
    snapshot("graph.mermaid", Format::Mermaid);
    assert_eq!(summary(&graph, &outcome), "11 nodes, 10 edges in 2 files; 1 file could not be analysed");
}

#[test]
fn json_follows_its_schema() {
    let schema = include_str!("../../schemas/graph.schema.json");
    let Shop { graph, outcome } = shop();
    assert_valid(schema, &render(Format::Json, &graph, &outcome));
    assert_valid(schema, &render(Format::Json, &Graph::default(), &Outcome::default()));
    assert!(
        Format::ALL.iter().all(|format| !render(*format, &Graph::default(), &Outcome::default()).is_empty())
    );
}

#[test]
fn secrets_and_controls_stay_inside() {
    let Shop { graph, outcome } = shop();
    for format in Format::ALL {
        let text = render(format, &graph, &outcome);
        assert!(!text.contains("s3cret"), "{}", format.name());
        let hidden = text.chars().find(|&c| c != '\n' && escape::is_hidden(c));
        assert_eq!(hidden, None, "{}", format.name());
        assert!(!text.contains("##["), "{}", format.name());
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{}", format.name());
    }
}

/// The contents of an element of a page, from its start tag on.
fn inside<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap().0
}

#[test]
fn the_page_needs_nothing_and_lets_nothing_in() {
    let Shop { graph, outcome } = shop();
    let page = render(Format::Html, &graph, &outcome);
    let policy = inside(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'), "{policy}");
    assert!(page.find("Content-Security-Policy").unwrap() < page.find("<style").unwrap(), "it comes first");
    // Names are text or JSON: there is no element, attribute or end of a script that a name brought.
    let mut markup = page.clone();
    for element in ["style", "script id=\"data\" type=\"application/json\"", "script"] {
        let end = format!("</{}>", element.split(' ').next().unwrap());
        let content = inside(&markup, &format!("<{element}>"), &end).to_owned();
        markup = markup.replacen(&format!("<{element}>{content}{end}"), "", 1);
    }
    let tags: Vec<&str> = markup.split('<').skip(1).map(|tag| tag.split_once('>').unwrap().0).collect();
    for tag in tags {
        // What stands outside of quotes: the name of the element, and those of attributes.
        let bare: Vec<&str> = tag.split('"').step_by(2).flat_map(str::split_whitespace).collect();
        let known = |name: &&str| !["img", "iframe", "object", "link", "script", "base", "a"].contains(name);
        assert!(known(&bare[0]), "{tag}");
        let loads = |name: &&str| {
            name.starts_with("on") || ["src=", "href=", "style=", "action=", "xlink:href="].contains(name)
        };
        assert!(!bare[1..].iter().any(loads), "{tag}");
    }
    let data: Value = serde_json::from_str(inside(&page, "type=\"application/json\">", "</script>")).unwrap();
    assert_eq!(data["nodes"][8]["id"], HOSTILE, "nothing is lost");
    assert_eq!(page.matches(" data-node=\"").count(), 11);
    assert_eq!(page.matches(" data-edge=\"").count(), 10);
    assert!(page.contains("<ellipse class=\"shape\""), "a datastore is a cylinder");
    assert!(page.contains("node datastore smelly"), "its smell is seen");
    assert!(page.contains("prefers-color-scheme: dark"));
}

const FILES: [(&str, &str); 2] = [("compose.yaml", COMPOSE), ("broken.yaml", "apiVersion: v1\nkind: [")];

#[test]
fn the_verb_draws_what_it_can_read() {
    let folder = Folder::with(&FILES[..1]);
    let output = crate::binary::run(&folder.0, &["graph", "--format", "json", "--format", "html=out.html"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert!(folder.0.join("out.html").exists());
    let folder = Folder::with(&FILES);
    let output = crate::binary::run(&folder.0, &["graph"]);
    assert_eq!(output.status.code(), Some(3), "a part is missing");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("broken.yaml:") && told.contains("syntax-error"), "{told}");
    let code = |arguments: &[&str]| crate::binary::run(&folder.0, arguments).status.code();
    assert_eq!(code(&["graph", "--format", "sarif"]), Some(2));
    assert_eq!(code(&["graph", "nothing.yaml"]), Some(3));
    assert_eq!(code(&["graph", "--config", "nothing.toml"]), Some(2));
}
