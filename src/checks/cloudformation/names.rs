//! Names that a template refers to and does not define, and those that it defines for nobody.

use std::collections::HashSet;

use crate::checks::File;
use crate::model::cloudformation::{Kind, Template};
use crate::model::workload::Word;
use crate::rule::Match;
use crate::rule::nearest::nearest;

/// What CloudFormation itself knows of every stack.
const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// So many names of a file are compared with those that there are.
const MOST_SUGGESTIONS: usize = 50;

/// `Ref`, `GetAtt`, `Sub` and `DependsOn` that lead nowhere.
pub(super) fn logical_id(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = closed(file) else { return };
    let resources: Vec<&str> = template.resources.iter().map(|entry| entry.name.text.as_str()).collect();
    let parameters = texts(template.parameters.iter().map(|parameter| &parameter.name));
    let values: Vec<&str> = resources.iter().chain(&parameters).copied().chain(PSEUDO).collect();
    report(template, Kind::Resource, &resources, "resource", out);
    report(template, Kind::Value, &values, "parameter or resource", out);
}

/// Conditions that are not defined.
pub(super) fn condition(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = closed(file) else { return };
    report(template, Kind::Condition, &texts(&template.conditions), "condition", out);
}

/// Mappings that are not defined.
pub(super) fn mapping(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = closed(file) else { return };
    report(template, Kind::Mapping, &texts(&template.mappings), "mapping", out);
}

/// Parameters that nothing refers to.
pub(super) fn unused_parameter(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = closed(file) else { return };
    let names = template.parameters.iter().map(|parameter| &parameter.name);
    unused(template, names, &[Kind::Value, Kind::Resource], "parameter", out);
}

/// Conditions that nothing refers to.
pub(super) fn unused_condition(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = closed(file) else { return };
    unused(template, &template.conditions, &[Kind::Condition], "condition", out);
}

/// Mappings that nothing looks into.
pub(super) fn unused_mapping(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = closed(file) else { return };
    unused(template, &template.mappings, &[Kind::Mapping], "mapping", out);
}

/// The template, if all that it defines can be seen.
fn closed<'f>(file: &File<'f>) -> Option<&'f Template> {
    file.facts.cloudformation.as_ref().filter(|template| !template.open)
}

fn texts<'t>(words: impl IntoIterator<Item = &'t Word>) -> Vec<&'t str> {
    words.into_iter().map(|word| word.text.as_str()).collect()
}

fn report(template: &Template, of: Kind, known: &[&str], what: &str, out: &mut Vec<Match>) {
    let index: HashSet<&str> = known.iter().copied().collect();
    let used = template.uses.iter().filter(|used| used.of == of).map(|used| &used.name);
    let missed = used.filter(|name| !index.contains(name.text.as_str()));
    let made = |name: &&Word| template.serverless && of != Kind::Mapping && is_made(&name.text, &index);
    for (number, name) in missed.filter(|name| !made(name)).enumerate() {
        let near = (number < MOST_SUGGESTIONS).then(|| nearest(&name.text, known.iter().copied())).flatten();
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        out.push(Match::new(name.span, format!("the template has no {what} `{}`{hint}", name.text)));
    }
}

/// Whether SAM makes a resource of this name: it adds words to the names of those that are written.
fn is_made(name: &str, known: &HashSet<&str>) -> bool {
    let ends = (1..name.len().min(LONGEST_ID)).filter(|end| name.is_char_boundary(*end));
    name.starts_with("Serverless") || ends.into_iter().any(|end| known.contains(&name[..end]))
}

/// CloudFormation takes no longer logical ids.
const LONGEST_ID: usize = 255;

fn unused<'t>(
    template: &'t Template,
    names: impl IntoIterator<Item = &'t Word>,
    of: &[Kind],
    what: &str,
    out: &mut Vec<Match>,
) {
    let referring = template.uses.iter().filter(|used| of.contains(&used.of));
    let known: HashSet<&str> = referring.map(|used| used.name.text.as_str()).collect();
    for name in names.into_iter().filter(|name| !known.contains(name.text.as_str())) {
        out.push(Match::new(name.span, format!("nothing uses the {what} `{}`; remove it", name.text)));
    }
}
