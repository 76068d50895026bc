//! Services that call each other in a circle.

use super::show;
use super::ways::Ways;
use crate::model::graph::{Edge, Graph};
use crate::rule::Match;

/// Services of one circle from which a shortest way back is looked for.
const MOST_STARTS: usize = 64;

/// Parts of keys that hold an address for others to come back to, or to show to people: no call goes there.
const BACK: &[&str] = &[
    "ALLOWED",
    "BASE_URL",
    "CALLBACK",
    "CLIENT_URL",
    "CORS",
    "EXTERNAL",
    "FRONTEND",
    "ORIGIN",
    "PUBLIC",
    "REDIRECT",
    "RETURN",
    "ROOT_URL",
    "SELF",
    "SITE_URL",
    "WEBHOOK",
];

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    // Of two that run one image, the one may call whom the other is called by.
    for ways in Ways::of_nodes(graph, graph.calls().filter(|edge| is_call(edge))) {
        let groups = ways.links.groups();
        for members in groups.members.iter().filter(|members| members.len() > 1) {
            let cycles = members.iter().take(MOST_STARTS).map(|start| ways.links.cycle(*start));
            if let Some(cycle) = cycles.min_by_key(Vec::len) {
                out.extend(report(graph, &ways, &cycle, members.len()));
            }
        }
    }
}

/// Whether a sign says that requests go this way, and not only answers or people.
fn is_call(edge: &Edge) -> bool {
    edge.signs.is_empty()
        || edge.signs.iter().any(|sign| {
            let key = sign.key.as_deref().unwrap_or_default().to_ascii_uppercase();
            !BACK.iter().any(|part| key.contains(part))
        })
}

fn report(graph: &Graph, ways: &Ways<'_>, cycle: &[usize], members: usize) -> Option<Match> {
    let steps: Vec<(usize, usize)> =
        (0..cycle.len()).map(|at| (cycle[at], cycle[(at + 1) % cycle.len()])).collect();
    let edges: Vec<&Edge> = steps.iter().flat_map(|(from, to)| ways.edges(*from, *to)).copied().collect();
    let more = match members - cycle.len() {
        0 => String::new(),
        more => format!(" ({more} more are in circles with them)"),
    };
    let message = format!(
        "{} is a circle{more}: none of them can start, change or fail alone; turn one call into an event, or move what is asked for",
        show::way(ways.along(&steps))
    );
    let first = edges.first()?;
    Some(show::with(Match::new(show::anchor(graph, first)?, message), show::all_signs(graph, &edges)))
}
