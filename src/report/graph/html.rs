//! The graph as one page that needs nothing else: a picture, lists, and a script that shows what a click asks for.
//!
//! Its policy allows the one style and the one script that stand in it, by their hashes, and no address at all. What comes
//! from files is text, or JSON that cannot end the element it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::svg::markup;
use super::view::View;
use super::{json, sha256, svg};
use crate::model::graph::metrics::{FEWEST, Measured};
use crate::report::counted;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Hints of one rule that are shown at once.
const OPEN: usize = 3;

pub(super) fn render(view: &View<'_>) -> String {
    let (style, script) = (sha256::base64(STYLE), sha256::base64(SCRIPT));
    let data = data(view);
    let body = [
        header(view),
        format!("<div id=\"stage\" tabindex=\"-1\">\n{}</div>\n", svg::draw(view)),
        aside(view),
    ];
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; \
         form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Who depends on whom</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{}\
         <script id=\"data\" type=\"application/json\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        body.concat(),
    )
}

/// The JSON of the graph, without a character that HTML could see.
fn data(view: &View<'_>) -> String {
    json::render(view).replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

fn header(view: &View<'_>) -> String {
    let graph = view.graph;
    let namespaces: BTreeSet<&str> =
        graph.nodes.iter().filter_map(|node| node.namespace.as_deref()).collect();
    let rules: BTreeSet<&str> = view.smells.iter().map(|smell| smell.finding.rule.id.as_str()).collect();
    let nodes: BTreeSet<_> = graph.nodes.iter().map(|node| node.kind).collect();
    let edges: BTreeSet<_> = graph.edges.iter().map(|edge| edge.kind).collect();
    let mut out = format!(
        "<header>\n<h1>Who depends on whom</h1>\n<p>{}, {}, as far as deployment files show</p>\n<form id=\"filters\">\n\
         <label>Find <input id=\"find\" type=\"search\" placeholder=\"name, image, file\" autocomplete=\"off\"></label>\n",
        counted(graph.nodes.len(), "node"),
        counted(graph.edges.len(), "edge"),
    );
    out += &select("namespace", "Namespace", &[("", "all")], &namespaces);
    out += &select("smell", "Hints", &[("", "any or none"), ("*", "any")], &rules);
    out += &boxes("Nodes", "node", nodes.into_iter().map(crate::model::graph::NodeKind::name));
    out += &boxes(
        "Edges",
        "edge",
        edges.into_iter().map(crate::model::graph::EdgeKind::name).chain(["low confidence"]),
    );
    out += "<span class=\"zoom\"><button type=\"button\" id=\"out\" aria-label=\"Smaller\">−</button><button type=\"button\" \
            id=\"fit\" aria-label=\"Fit the window\">fit</button><button type=\"button\" id=\"in\" aria-label=\"Larger\">+</button>\
            </span>\n</form>\n</header>\n<main>\n";
    out
}

/// A menu with fixed entries and those that come from files.
fn select(id: &str, title: &str, fixed: &[(&str, &str)], words: &BTreeSet<&str>) -> String {
    if words.is_empty() {
        return String::new();
    }
    let mut out = format!("<label>{title} <select id=\"{id}\">");
    for (value, text) in fixed {
        let _ = write!(out, "<option value=\"{value}\">{text}</option>");
    }
    // The value is a number, so that a name needs no form of its own in an attribute.
    for (number, word) in words.iter().enumerate() {
        let _ = write!(out, "<option value=\"{number}\">{}</option>", markup(word));
    }
    out + "</select></label>\n"
}

fn boxes<'w>(title: &str, name: &str, words: impl Iterator<Item = &'w str>) -> String {
    let mut out = format!("<fieldset><legend>{title}</legend>");
    for word in words {
        let _ = write!(
            out,
            "<label class=\"{0}\"><input type=\"checkbox\" name=\"{name}\" value=\"{0}\" checked>{word}</label>",
            word.split(' ').next().unwrap_or_default()
        );
    }
    out + "</fieldset>\n"
}

fn aside(view: &View<'_>) -> String {
    let mut out = String::from(
        "<aside aria-live=\"polite\">\n<section id=\"details\" hidden></section>\n<section id=\"about\">\n\
         <p class=\"help\">Click a node or an edge, or move to a node with Tab and press Enter; Esc lets go.</p>\n<h2>Hints</h2>\n",
    );
    if view.smells.is_empty() {
        out += "<p>None.</p>\n";
    } else {
        out += &smells(view);
    }
    out += "<h2>Numbers</h2>\n<p class=\"help\">Of systems with at least four components.</p>\n";
    for measured in view.measured.iter().filter(|measured| measured.components >= FEWEST) {
        out += &numbers(view, measured);
    }
    let version = env!("CARGO_PKG_VERSION");
    out + &format!(
        "<p class=\"help\">Made by plimsoll {version}. What no file shows is not here: a missing edge proves nothing.</p>\n\
         </section>\n</aside>\n</main>\n"
    )
}

/// The hints, rule by rule; many of one are folded away.
fn smells(view: &View<'_>) -> String {
    let mut by_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, smell) in view.smells.iter().enumerate() {
        by_rule.entry(&smell.finding.rule.id).or_default().push(number);
    }
    let mut out = String::new();
    for (rule, numbers) in by_rule {
        let open = if numbers.len() > OPEN { "" } else { " open" };
        let _ =
            write!(out, "<details{open}><summary><b>{}</b> {}</summary><ul>", markup(rule), numbers.len());
        for number in numbers {
            let finding = view.smells[number].finding;
            let (message, place) = (markup(&finding.message), markup(&view.place(finding.span)));
            let button = format!("<button type=\"button\" data-smell=\"{number}\">{message}</button>");
            let _ = write!(out, "<li>{button}<code>{place}</code></li>");
        }
        out += "</ul></details>\n";
    }
    out
}

fn numbers(view: &View<'_>, measured: &Measured) -> String {
    let name = markup(view.system(measured.system));
    let Some(metrics) = &measured.metrics else {
        return format!(
            "<p><b>{name}</b>: none, as too little is seen ({} of {} have or are an address, {})</p>\n",
            measured.addressed,
            counted(measured.components, "component"),
            counted(measured.calls, "call"),
        );
    };
    let row = |name: &str, value: String| format!("<tr><th>{name}</th><td>{value}</td></tr>");
    let part = |value: Option<f64>| value.map_or("unknown".to_owned(), |value| format!("{value:.2}"));
    let mut rows = vec![
        row("components", measured.components.to_string()),
        row("calls", measured.calls.to_string()),
        row("density", part(Some(metrics.density))),
        row("longest chain", counted(metrics.depth, "call")),
        row("propagation cost", part(metrics.propagation_cost)),
    ];
    for (name, weight, value) in metrics.parts() {
        let name = format!("{} <small>× {weight:.2}</small>", name.replace('_', " "));
        rows.push(row(&name, part(value)));
    }
    let index = metrics.index.map_or("unknown".to_owned(), |index| format!("{index:.0} of 100"));
    rows.push(row("index <small>to follow over time, no grade</small>", index));
    format!("<h3>{name}</h3><table>{}</table>\n", rows.concat())
}
