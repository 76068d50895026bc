//! Reads a table. Its grammar is explained at the top of `schemas/cloud/aws.txt`.

use super::table::{Family, FieldLine, Items, Path, Reading, Shape, Source, Step, Table, Way};
use crate::model::cloud::Held;

/// Adds what `text` says to a table; what cannot be read is left out and told.
pub(super) fn read(text: &'static str, mut table: Table, errors: &mut Vec<String>) -> Table {
    let mut provider = "";
    for (at, line) in text.lines().enumerate() {
        let line = line.split(" # ").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let done = match line.split_once(' ') {
            Some(("provider", name)) => {
                provider = name;
                Some(())
            }
            Some(("family", name)) => {
                table.families.push(Family {
                    provider,
                    name,
                    sources: Vec::new(),
                    named: Vec::new(),
                    shown: Vec::new(),
                    fields: Vec::new(),
                });
                Some(())
            }
            Some(("from", rest)) => source(rest, &mut table),
            Some(("with", rest)) => attached(rest, &mut table),
            Some(("stand", rest)) => stand(rest, &mut table),
            Some(("named", rest)) => named(rest, &mut table),
            Some(("show", rest)) => shown(rest, &mut table),
            Some(("like", rest)) => like(rest, &mut table),
            Some(_) => field(line, &mut table),
            None => None,
        };
        if done.is_none() {
            errors.push(format!("line {}: `{line}`", at + 1));
        }
    }
    table
}

/// `TYPE`, `TYPE PATH`, each with ` if WAY and WAY`.
fn source(rest: &'static str, table: &mut Table) -> Option<()> {
    let (rest, only) = match rest.split_once(" if ") {
        Some((rest, only)) => (rest, only.split(" and ").map(way).collect::<Option<Vec<Way>>>()?),
        None => (rest, Vec::new()),
    };
    let (kind, records) = match rest.split_once(' ') {
        Some((kind, records)) => (kind, Some(path(records)?)),
        None => (rest, None),
    };
    let number = table.families.len().checked_sub(1)?;
    let family = table.families.last_mut()?;
    table.by_kind.entry(kind).or_default().push((number, family.sources.len()));
    family.sources.push(Source { records, only });
    Some(())
}

/// `TYPE by PATH`
fn attached(rest: &'static str, table: &mut Table) -> Option<()> {
    let (kind, by) = rest.split_once(" by ")?;
    let way = (kind, path(by)?);
    let ways = table.attached.entry(kind).or_default();
    // It may say more about facts of several families.
    if !ways.contains(&way) {
        ways.push(way);
    }
    Some(())
}

/// `TYPE for KEY`
fn stand(rest: &'static str, table: &mut Table) -> Option<()> {
    let (kind, key) = rest.split_once(" for ")?;
    table.stands.insert(kind, key);
    Some(())
}

/// `PATH, PATH`
fn named(rest: &'static str, table: &mut Table) -> Option<()> {
    let paths = rest.split(", ").map(path).collect::<Option<Vec<Path>>>()?;
    table.families.last_mut()?.named.extend(paths);
    Some(())
}

/// `WAY, WAY: WORDS`
fn shown(rest: &'static str, table: &mut Table) -> Option<()> {
    let (ways, words) = rest.split_once(": ")?;
    let ways = ways.split(", ").map(way).collect::<Option<Vec<Way>>>()?;
    table.families.last_mut()?.shown.extend(ways.into_iter().map(|way| (way, words)));
    Some(())
}

/// The fields of a family that stands above; another provider may have one of that name, further up.
fn like(name: &str, table: &mut Table) -> Option<()> {
    let provider = table.families.last()?.provider;
    let of_name = |family: &&Family| family.provider == provider && family.name == name;
    let fields = table.families.iter().find(of_name)?.fields.clone();
    table.families.last_mut()?.fields.extend(fields);
    Some(())
}

/// `NAME TYPE = DEFAULT <- WAY + WAY, WAY`
fn field(line: &'static str, table: &mut Table) -> Option<()> {
    let (head, ways) = line.split_once(" <- ").unwrap_or((line, ""));
    let (head, absent) = match head.split_once(" = ") {
        Some((head, absent)) => (head, absent),
        None => (head, ""),
    };
    let (name, shape) = head.trim().split_once(' ')?;
    let (shape, absent) = match shape {
        "bool" => (Shape::Bool, Held::Bool(absent == "true")),
        "int" => (Shape::Int, Held::Int(if absent.is_empty() { 0 } else { absent.parse().ok()? })),
        "text" => (Shape::Text, Held::Text(absent.to_owned())),
        "words" => (Shape::Words, Held::Words(Vec::new())),
        _ => return None,
    };
    let ways =
        ways.split(", ").filter(|ways| !ways.is_empty()).map(|all| all.split(" + ").map(way).collect());
    let ways = ways.collect::<Option<Vec<Vec<Way>>>>()?;
    table.families.last_mut()?.fields.push(FieldLine { name, shape, absent, ways });
    Some(())
}

/// `!TYPE/PATH?`, `!^PATH?`, `…?!TEXT`, `…#`, `…~`, `…%KEY`, `…==a|b`, `…@TYPE`, `…{a:b c:d}`, `PATH>PATH…`
fn way(text: &'static str) -> Option<Way> {
    let (negated, text) = match text.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, text) = match text.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (text, reading) = if let Some((text, values)) = text.split_once("==") {
        (text, Reading::OneOf(values.split('|').collect()))
    } else if let Some((text, names)) = text.strip_suffix('}').and_then(|text| text.split_once('{')) {
        let pairs = names.split(' ').map(|pair| pair.split_once(':'));
        (text, Reading::Renamed(pairs.collect::<Option<_>>()?))
    } else if let Some((text, kind)) = text.split_once('@') {
        (text, Reading::RefersTo(kind))
    } else if let Some((text, key)) = text.split_once('%') {
        (text, Reading::Under(key))
    } else if let Some(text) = text.strip_suffix('~') {
        (text, Reading::Start)
    } else if let Some((text, start)) = text.split_once("?!") {
        (text, Reading::WrittenBut(start))
    } else if let Some(text) = text.strip_suffix('?') {
        (text, Reading::Written)
    } else if let Some(text) = text.strip_suffix('#') {
        (text, Reading::Keys)
    } else {
        (text, Reading::Plain)
    };
    let (attached, key) = match text.split_once('/') {
        Some((kind, key)) => (Some(kind), key),
        None => (None, text),
    };
    let (key, beyond) = match key.split_once('>') {
        Some((key, beyond)) => (key, Some(path(beyond)?)),
        None => (key, None),
    };
    Some(Way { attached, whole, path: path(key)?, beyond, key, reading, negated })
}

fn path(text: &'static str) -> Option<Path> {
    let (mut steps, mut rest) = (Vec::new(), text.trim());
    while !rest.is_empty() {
        let (key, behind) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'')?,
            None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
        };
        let (items, after) = match behind.strip_prefix('[') {
            None => (Items::First, behind),
            Some(inner) => {
                let (inside, after) = inner.split_once(']')?;
                let items = if inside.is_empty() {
                    Items::All
                } else {
                    let pairs = inside.split('&').map(|pair| pair.split_once('='));
                    Items::With(pairs.collect::<Option<_>>()?)
                };
                (items, after)
            }
        };
        if key.is_empty() {
            return None;
        }
        steps.push(Step { key, items });
        rest = match after.strip_prefix('.') {
            Some(next) if !next.is_empty() => next,
            None if after.is_empty() => after,
            _ => return None,
        };
    }
    (!steps.is_empty()).then_some(steps)
}
