//! The graph of who depends on whom as text, in every format that a person or a program reads.
//!
//! All formats show the same: what `view` makes of the graph and of the findings about it.

mod dot;
mod html;
mod json;
mod layout;
mod mermaid;
mod sha256;
mod svg;
mod text;
mod view;

use super::counted;
use crate::lint::Outcome;
use crate::model::graph::Graph;

/// What the picture looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lists, for a person at a terminal.
    Text,
    /// Our own JSON, of a versioned schema.
    Json,
    /// The language of Graphviz.
    Dot,
    /// A flowchart of Mermaid, for Markdown.
    Mermaid,
    /// One page with a picture that needs nothing else.
    Html,
}

impl Format {
    /// All, in the order in which they are listed to users.
    pub const ALL: [Format; 5] = [Format::Text, Format::Json, Format::Dot, Format::Mermaid, Format::Html];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Dot => "dot",
            Format::Mermaid => "mermaid",
            Format::Html => "html",
        }
    }

    /// The format with this name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// The whole picture. `outcome` holds the findings about the graph, and the texts that all spans lead into.
pub fn render(format: Format, graph: &Graph, outcome: &Outcome) -> String {
    let view = view::View::new(graph, outcome);
    match format {
        Format::Text => text::render(&view),
        Format::Json => json::render(&view),
        Format::Dot => dot::render(&view),
        Format::Mermaid => mermaid::render(&view),
        Format::Html => html::render(&view),
    }
}

/// One line for the end of a run: how much there is, and what is missing.
pub fn summary(graph: &Graph, outcome: &Outcome) -> String {
    let totals = outcome.totals;
    let mut out = format!(
        "{}, {} in {}",
        counted(graph.nodes.len(), "node"),
        counted(graph.edges.len(), "edge"),
        counted(totals.analysed, "file"),
    );
    if totals.skipped > 0 {
        out += &format!("; {} could not be analysed", counted(totals.skipped, "file"));
    }
    if totals.incomplete > 0 {
        out += &format!("; {} read only in part", counted(totals.incomplete, "file"));
    }
    out
}
