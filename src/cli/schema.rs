//! `plimsoll schema`: the contracts, as JSON Schema.

use clap::ValueEnum;

use super::exit::Exit;

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Contract {
    /// The output of `check --format json`
    Check,
    /// The output of `graph --format json`
    Graph,
    /// The output of `rules --format json`
    Rules,
    /// `plimsoll.toml`
    Config,
}

/// Prints the schema.
pub(super) fn schema(of: Contract) -> Exit {
    let text = match of {
        Contract::Check => include_str!("../../schemas/check.schema.json"),
        Contract::Graph => include_str!("../../schemas/graph.schema.json"),
        Contract::Rules => include_str!("../../schemas/rules.schema.json"),
        Contract::Config => include_str!("../../schemas/plimsoll.schema.json"),
    };
    super::print(text.as_bytes())
}
