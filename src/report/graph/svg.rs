//! The picture: systems side by side, each laid out on its own, drawn in SVG with what a script needs to find its way.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts of nodes are far below 2 to the 52nd, and widths above zero"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layout::{Layout, Point, layout};
use super::view::View;
use crate::model::graph::{Confidence, Edge, Id, Node, NodeKind};
use crate::report::escape;

/// The height of a box.
const HEIGHT: f64 = 40.0;
/// Around the boxes of a system.
const PAD: f64 = 24.0;
/// Above them, for the name of the system.
const HEAD: f64 = 34.0;
/// Characters of a name that a box shows at most.
const LONGEST_NAME: usize = 32;
/// Width of a page that systems are set side by side on at least.
const PAGE: f64 = 1_200.0;
/// Between lines of several kinds that lead from one box to the same other one.
const STRAND: f64 = 6.0;
/// What a letter is wide, by a guess: nothing here knows fonts.
const LETTER: f64 = 7.4;
/// The same of the names of systems.
const BOLD_LETTER: f64 = 8.6;
/// The same of letters beyond ASCII.
const WIDE_LETTER: f64 = 13.0;
/// What a letter of the line below a name is wide.
const SMALL_LETTER: f64 = 5.6;
/// Signs that a hint in the picture lists at most.
const SIGNS: usize = 6;

/// Text for an element or an attribute in quotes.
pub(super) fn markup(text: &str) -> String {
    let shown = escape::line(text);
    let mut out = String::with_capacity(shown.len());
    for c in shown.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A system with its place on the page.
struct Panel {
    system: usize,
    nodes: Vec<Id>,
    edges: Vec<usize>,
    layout: Layout,
    at: Point,
}

impl Panel {
    fn size(&self) -> Point {
        (self.layout.width + PAD * 2.0, self.layout.height + PAD + HEAD)
    }
}

pub(super) fn draw(view: &View<'_>) -> String {
    let mut panels = panels(view);
    let (width, height) = set_side_by_side(&mut panels);
    let smelly = view.smelly();
    let marked: Vec<bool> = {
        let mut marked = vec![false; view.graph.edges.len()];
        view.smells.iter().flat_map(|smell| &smell.edges).for_each(|edge| marked[*edge] = true);
        marked
    };
    let mut out = format!(
        "<svg id=\"picture\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"group\" aria-label=\"Who depends on whom\">\n<defs>{}{}</defs>\n",
        arrow("arrow"),
        arrow("arrow-smell"),
    );
    for panel in &panels {
        let ((x, y), (width, height)) = (panel.at, panel.size());
        let fits = ((width - PAD - 8.0) / BOLD_LETTER) as usize;
        let name = markup(&escape::shorten(&escape::line(view.system(panel.system)), fits));
        let _ = writeln!(
            out,
            "<g class=\"system\" transform=\"translate({x:.0} {y:.0})\"><rect class=\"ground\" width=\"{width:.0}\" \
             height=\"{height:.0}\" rx=\"10\"/><text class=\"title\" x=\"16\" y=\"22\">{name}</text>"
        );
        for (edge, line) in panel.edges.iter().zip(&panel.layout.lines) {
            out += &self::edge(view, *edge, line, marked[*edge]);
        }
        for (node, place) in panel.nodes.iter().zip(&panel.layout.boxes) {
            out += &self::node(view, *node, *place, smelly.get(node).copied());
        }
        out += "</g>\n";
    }
    out + "</svg>\n"
}

fn arrow(name: &str) -> String {
    format!(
        "<marker id=\"{name}\" class=\"{name}\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path d=\"M0 0.5 8 4 0 7.5z\"/></marker>"
    )
}

fn panels(view: &View<'_>) -> Vec<Panel> {
    let graph = view.graph;
    let systems = view.systems().into_iter();
    let mut edges: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, edge) in graph.edges.iter().enumerate() {
        edges.entry(graph.nodes[edge.from].system).or_default().push(number);
    }
    let mut local = vec![0; graph.nodes.len()];
    systems
        .map(|(system, nodes)| {
            nodes.iter().enumerate().for_each(|(at, id)| local[*id] = at);
            let edges: Vec<usize> = edges.remove(&system).unwrap_or_default();
            // What leads out of the system, if anything does, is in the lists only.
            let inside = |edge: &usize| graph.nodes[graph.edges[*edge].to].system == system;
            let edges: Vec<usize> = edges.into_iter().filter(inside).collect();
            let widths: Vec<f64> = nodes.iter().map(|id| width(&graph.nodes[*id])).collect();
            let pairs: Vec<(usize, usize)> = edges
                .iter()
                .map(|edge| &graph.edges[*edge])
                .map(|edge| (local[edge.from], local[edge.to]))
                .collect();
            let mut layout = layout(&widths, HEIGHT, &pairs);
            part(&mut layout, &pairs);
            Panel { system, nodes, edges, layout, at: (0.0, 0.0) }
        })
        .collect()
}

/// Moves lines of one pair apart.
fn part(layout: &mut Layout, pairs: &[(usize, usize)]) {
    let mut strands: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (line, pair) in pairs.iter().enumerate() {
        strands.entry(*pair).or_default().push(line);
    }
    for lines in strands.into_values().filter(|lines| lines.len() > 1) {
        let middle = (lines.len() - 1) as f64 / 2.0;
        for (at, line) in lines.into_iter().enumerate() {
            let away = (at as f64 - middle) * STRAND;
            layout.lines[line].iter_mut().for_each(|(_, y)| *y += away);
        }
    }
}

/// Gives each panel its place, row by row; the size of the whole.
fn set_side_by_side(panels: &mut [Panel]) -> Point {
    let area: f64 =
        panels.iter().map(Panel::size).map(|(width, height)| (width + PAD) * (height + PAD)).sum();
    let widest = panels.iter().map(|panel| panel.size().0).fold(PAGE, f64::max);
    let page = widest.max((area * 1.6).sqrt());
    let (mut x, mut y, mut tall, mut all): (f64, f64, f64, Point) = (0.0, 0.0, 0.0, (1.0, 1.0));
    for panel in panels {
        let (width, height) = panel.size();
        if x > 0.0 && x + width > page {
            (x, y, tall) = (0.0, y + tall + PAD, 0.0);
        }
        panel.at = (x, y);
        x += width + PAD;
        tall = tall.max(height);
        all = (all.0.max(x - PAD), all.1.max(y + height));
    }
    all
}

/// The width of a box, which its name fits into.
fn width(node: &Node) -> f64 {
    let name = escape::line(&node.name);
    let wide = |c: char| if c.is_ascii() { LETTER } else { WIDE_LETTER };
    let text: f64 = escape::shorten(&name, LONGEST_NAME).chars().map(wide).sum();
    (text + 28.0).max(92.0)
}

fn node(view: &View<'_>, id: Id, (x, y): Point, smells: Option<usize>) -> String {
    let node = &view.graph.nodes[id];
    let width = width(node);
    let middle = width / 2.0;
    let name = markup(&escape::shorten(&escape::line(&node.name), LONGEST_NAME));
    let kind = node.kind.name();
    let mut words = vec![kind];
    words.extend(node.namespace.as_deref());
    let place = node.places.first().map_or(String::new(), |place| view.place(*place));
    let title = [&node.id, &words.join(", "), &place].map(|line| markup(line)).join("\n");
    // What it is the shape says as well.
    let below = escape::line(node.namespace.as_deref().unwrap_or(kind));
    let below = markup(&escape::shorten(&below, ((width - 8.0) / SMALL_LETTER) as usize));
    // The lid of a cylinder takes room.
    let (first, second) = if node.kind == NodeKind::Datastore { (25, 36) } else { (18, 31) };
    let mark = if smells.is_some() { " smelly" } else { "" };
    let (x, y) = (x + PAD, y + HEAD);
    let mut out = format!(
        "<g class=\"node {kind}{mark}\" data-node=\"{id}\" tabindex=\"0\" role=\"button\" aria-label=\"{name}, {kind}\" \
         transform=\"translate({x:.1} {y:.1})\"><title>{title}</title>{}<text class=\"name\" x=\"{middle:.1}\" \
         y=\"{first}\">{name}</text><text class=\"sub\" x=\"{middle:.1}\" y=\"{second}\">{below}</text>",
        shape(node.kind, width),
    );
    if let Some(count) = smells {
        let _ = write!(
            out,
            "<g class=\"badge\" transform=\"translate({width:.1} 0)\"><circle r=\"9\"/><text y=\"4\">{count}</text></g>"
        );
    }
    out + "</g>\n"
}

fn shape(kind: NodeKind, width: f64) -> String {
    let side = width - 10.0;
    match kind {
        NodeKind::Datastore => format!(
            "<path class=\"shape\" d=\"M0 5v32a{0:.1} 5 0 0 0 {width:.1} 0v-32\"/><ellipse class=\"shape\" cx=\"{0:.1}\" \
             cy=\"5\" rx=\"{0:.1}\" ry=\"5\"/>",
            width / 2.0
        ),
        NodeKind::Broker => {
            format!(
                "<path class=\"shape\" d=\"M10 0h{:.1}a10 20 0 0 1 0 40h-{:.1}a10 20 0 0 1 0 -40z\"/>",
                side - 10.0,
                side - 10.0
            )
        }
        NodeKind::Ingress => format!("<path class=\"shape\" d=\"M0 0h{side:.1}l10 20-10 20h-{side:.1}z\"/>"),
        NodeKind::External => format!("<rect class=\"shape\" width=\"{width:.1}\" height=\"40\" rx=\"20\"/>"),
        NodeKind::Platform => format!("<rect class=\"shape\" width=\"{width:.1}\" height=\"40\" rx=\"2\"/>"),
        NodeKind::Component => format!("<rect class=\"shape\" width=\"{width:.1}\" height=\"40\" rx=\"6\"/>"),
    }
}

fn edge(view: &View<'_>, number: usize, line: &[Point], smelly: bool) -> String {
    let edge = &view.graph.edges[number];
    let path = path(line);
    let (from, to) = (&view.graph.nodes[edge.from].id, &view.graph.nodes[edge.to].id);
    let (kind, low) = (edge.kind.name(), if edge.confidence == Confidence::Low { " low" } else { "" });
    let (smell, arrow) = if smelly { (" smelly", "arrow-smell") } else { ("", "arrow") };
    format!(
        "<g class=\"edge {kind}{low}{smell}\" data-edge=\"{number}\"><title>{} → {}, {kind}\n{}</title><path class=\"hit\" \
         d=\"{path}\"/><path class=\"line\" d=\"{path}\" marker-end=\"url(#{arrow})\"/></g>\n",
        markup(from),
        markup(to),
        signs(view, edge),
    )
}

/// The signs of an edge, a line each.
fn signs(view: &View<'_>, edge: &Edge) -> String {
    let mut out = String::new();
    for sign in edge.signs.iter().take(SIGNS) {
        let key = sign.key.as_deref().unwrap_or(sign.signal.name());
        let _ = writeln!(
            out,
            "{}  {}: {}",
            markup(&view.place(sign.span)),
            markup(key),
            markup(&view.said(edge, sign))
        );
    }
    if edge.signs.len() > SIGNS {
        let _ = writeln!(out, "and {} more", edge.signs.len() - SIGNS);
    }
    out
}

/// A line through points: level across a layer, in a curve between layers.
fn path(points: &[Point]) -> String {
    let mut out = String::new();
    for (at, (x, y)) in points.iter().map(|(x, y)| (x + PAD, y + HEAD)).enumerate() {
        let Some((before_x, before_y)) =
            at.checked_sub(1).map(|at| (points[at].0 + PAD, points[at].1 + HEAD))
        else {
            let _ = write!(out, "M{x:.1} {y:.1}");
            continue;
        };
        if (before_y - y).abs() < 0.05 {
            let _ = write!(out, "H{x:.1}");
        } else {
            let middle = f64::midpoint(before_x, x);
            let _ = write!(out, "C{middle:.1} {before_y:.1} {middle:.1} {y:.1} {x:.1} {y:.1}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_foreign_is_markup() {
        assert_eq!(
            markup("</title><b a='\"'>&\u{1b}"),
            "&lt;/title&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;\\u{1b}"
        );
    }
}
