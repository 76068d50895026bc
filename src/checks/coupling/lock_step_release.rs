//! Images of one project that are released at once, and charts that pin the charts of their own repository.

use std::collections::{BTreeMap, BTreeSet};

use super::{publishers, show, who};
use crate::model::Project;
use crate::model::graph::{Graph, Id, Release};
use crate::model::image::MOVING_TAGS;
use crate::model::wired::Wired;
use crate::rule::Match;

/// As many images make a lock step.
const FEW_IMAGES: usize = 4;
/// As many charts do.
const FEW_CHARTS: usize = 3;
/// Of the own images that so many in a hundred are released with.
const SHARE: usize = 60;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    out.extend(images(wired.graph()));
    charts(wired.project, out);
}

/// The largest group of images of one publisher with one version in one system, once for the project.
fn images(graph: &Graph) -> Option<Match> {
    let mut sets: BTreeMap<(usize, &str), Vec<&Release>> = BTreeMap::new();
    for release in graph.releases.iter().filter(|release| !publishers::is_of_others(&release.image)) {
        let publisher = release.image.rsplit_once('/').map_or("", |(publisher, _)| publisher);
        let system = graph.nodes[release.node].system;
        sets.entry((system, publisher)).or_default().push(release);
    }
    let groups = sets.values().filter_map(|releases| largest(releases));
    let (all, group) = groups.max_by_key(|(_, group)| group.len())?;
    let first = group.first()?;
    let nodes: Vec<Id> = group.iter().map(|release| release.node).collect();
    let message = format!(
        "{} are released as `{}`, {} of {all} images at once; give each service a version of its own",
        who::names(graph, &nodes),
        first.tag.text,
        group.len()
    );
    let others = group[1..].iter().map(|release| {
        (release.tag.span, format!("`{}` has the same version", who::name(graph, release.node)))
    });
    Some(show::with(Match::new(first.tag.span, message), others))
}

/// How many images there are, and the largest group of one version, one release of each, if it is large enough.
fn largest<'r>(releases: &[&'r Release]) -> Option<(usize, Vec<&'r Release>)> {
    let all: BTreeSet<&str> = releases.iter().map(|release| release.image.as_str()).collect();
    let mut groups: BTreeMap<&str, BTreeMap<&str, &Release>> = BTreeMap::new();
    for release in releases.iter().filter(|release| !is_moving(&release.tag.text)) {
        groups.entry(&release.tag.text).or_default().entry(&release.image).or_insert(release);
    }
    let group = groups.into_values().max_by_key(BTreeMap::len)?;
    let group: Vec<&Release> = group.into_values().collect();
    let enough = group.len() >= FEW_IMAGES && group.len() * 100 >= all.len() * SHARE;
    (enough && are_own(&group)).then_some((all.len(), group))
}

fn is_moving(tag: &str) -> bool {
    MOVING_TAGS.contains(&tag.to_ascii_lowercase().as_str())
}

/// Whether most images of a group are the project's own: built here, or from a registry that is.
fn are_own(group: &[&Release]) -> bool {
    let own = |release: &&&Release| {
        let registry = release.image.split('/').next().unwrap_or_default();
        release.built || publishers::is_private(registry) || registry.contains('*')
    };
    group.iter().filter(own).count() * 2 >= group.len()
}

fn charts(project: &Project, out: &mut Vec<Match>) {
    for chart in project.files.iter().filter_map(|facts| facts.chart.as_ref()) {
        let mut pinned = chart.dependencies.iter().filter(|part| part.own && part.is_pinned());
        let count = pinned.clone().count();
        let Some(first) = pinned.next().filter(|_| count >= FEW_CHARTS) else { continue };
        let Some(span) = first.version.span() else { continue };
        let message = format!(
            "`{}` pins {count} charts of its own repository to one version each, so that none is released without it; release them apart, or take a range",
            chart.name.text
        );
        let others = pinned
            .filter_map(|part| Some((part.version.span()?, format!("`{}` is pinned too", part.name.text))));
        out.push(show::with(Match::new(span, message), others));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{graph, node};
    use crate::model::workload::Word;
    use crate::text::{FileId, Span};

    fn message(tags: &[(&str, &str)]) -> Option<String> {
        let mut made = graph(tags.iter().map(|(image, _)| node(image)).collect(), vec![]);
        let release = |(at, (image, tag)): (usize, &(&str, &str))| Release {
            node: at,
            image: (*image).to_owned(),
            built: true,
            tag: Word { text: (*tag).to_owned(), span: Span::at(FileId(0), at) },
        };
        made.releases = tags.iter().enumerate().map(release).collect();
        images(&made).map(|found| found.message)
    }

    #[test]
    fn most_images_with_one_version() {
        let four = [("a", "${TAG}"), ("b", "${TAG}"), ("c", "${TAG}"), ("d", "${TAG}"), ("e", "1.2")];
        let told = "`a`, `b`, `c` and `d` are released as `${TAG}`, 4 of 5 images at once; give each service a version of its own";
        assert_eq!(message(&four).as_deref(), Some(told));
        assert_eq!(message(&four[1..]), None);
        assert_eq!(message(&["a", "b", "c", "d"].map(|image| (image, "latest"))), None);
        assert!(message(&["a", "b", "c", "d"].map(|image| (image, "1"))).is_some());
        let other = ["e", "f", "g"].map(|image| (image, "2"));
        let many: Vec<_> = four[..4].iter().copied().chain(other).collect();
        assert_eq!(message(&many), None, "four of seven are too few");
        let suite = ["istio/pilot", "istio/proxyv2", "istio/ztunnel", "istio/install-cni"];
        assert_eq!(message(&suite.map(|image| (image, "1.2.3"))), None);
    }
}
