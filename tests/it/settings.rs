//! Settings of proxies, from the files to the graph: whoever has them alone calls whom they name.

use plimsoll::formats::{compose, dockerfile, proxy};
use plimsoll::model::coupling::Holder;
use plimsoll::model::facts::{Facts, FolderId};
use plimsoll::model::graph::{Edge, Graph, Signal};
use plimsoll::model::layout::Seen;
use plimsoll::model::wired::Wired;
use plimsoll::model::{Layout, Project};
use plimsoll::syntax::tree::Schema;
use plimsoll::syntax::yaml;
use plimsoll::text::{FileId, Span};
use serde_json::Value;

use crate::binary;
use crate::scratch::Folder;

/// The graph of a Compose file, a Dockerfile that its service `shop` is built from, and settings, all in one folder.
fn with_graph(services: &str, copies: &str, settings: &[(&str, &str)], check: impl FnOnce(&Graph)) {
    let text = format!("services:\n{services}");
    let tree = yaml::parse(FileId(0), text.as_str().into(), Schema::Core).tree;
    let mut composed = compose::lower(&tree, FolderId(0), false);
    for service in composed.compose.iter_mut().flat_map(|compose| &mut compose.services) {
        service.build.iter_mut().for_each(|build| build.file = Some(FileId(1)));
    }
    let text = format!("FROM nginx\n{copies}");
    let tree = plimsoll::syntax::dockerfile::parse(FileId(1), &text).tree;
    let mut files = vec![composed, dockerfile::lower(&tree, &text, FolderId(0))];
    for (number, (name, text)) in settings.iter().enumerate() {
        let mut facts = Facts { folder: FolderId(0), ..Facts::default() };
        facts.coupling.file = Some((*name).to_owned());
        let file = FileId(2 + number as u32);
        let place = |range: std::ops::Range<usize>| Span::new(file, range.start, range.end);
        let told = proxy::told(name, text).unwrap_or_default();
        told.tell(&mut facts.coupling, Holder::File, text, &place);
        files.push(facts);
    }
    let places = vec!["/shop".to_owned()];
    let project = Project::new(files, Layout::new(Seen { places, ..Seen::default() }));
    check(Wired::new(&project).graph());
}

/// `from to signals` of every edge.
fn edges(graph: &Graph) -> Vec<String> {
    let edge = |edge: &Edge| {
        let signals: Vec<&str> = edge.signs.iter().map(|sign| sign.signal.name()).collect();
        format!("{} {} {}", graph.nodes[edge.from].name, graph.nodes[edge.to].name, signals.join(","))
    };
    graph.edges.iter().map(edge).collect()
}

const OTHERS: &str = "  orders: {image: acme/orders}\n  users: {image: acme/users}\n";

#[test]
fn what_is_mounted_is_called() {
    let services = format!("{OTHERS}  web:\n    image: nginx\n    volumes: ['.:/etc/nginx/conf.d']\n");
    let settings = [
        ("groups.conf", "upstream back { server orders:80; }"),
        ("site.conf", "location / { proxy_pass http://back; }\nlocation /u { proxy_pass http://users; }"),
    ];
    with_graph(&services, "", &settings, |graph| {
        assert_eq!(edges(graph), ["web orders config-file", "web users config-file"]);
        assert!(graph.dangling.is_empty());
    });
}

#[test]
fn what_is_copied_is_called_with_the_variables_of_who_has_it() {
    let services = format!("{OTHERS}  shop:\n    build: .\n    environment: {{BACK_HOST: users}}\n");
    let settings = [("site.conf.template", "location / { proxy_pass http://${BACK_HOST}:80; }")];
    let copies = "ENV BACK_HOST=orders\nCOPY site.conf.template /etc/nginx/templates/\n";
    with_graph(&services, copies, &settings, |graph| {
        let by_file = |edge: &&Edge| edge.signs.iter().any(|sign| sign.signal == Signal::ConfigFile);
        let called: Vec<&str> =
            graph.edges.iter().filter(by_file).map(|edge| graph.nodes[edge.to].name.as_str()).collect();
        assert_eq!(called, ["users"]);
    });
}

#[test]
fn what_several_have_tells_of_none() {
    let mount = "volumes: ['./site.conf:/etc/nginx/conf.d/site.conf']";
    let services =
        format!("{OTHERS}  web: {{image: nginx, {mount}}}\n  admin: {{image: acme/admin, {mount}}}\n");
    let settings = [("site.conf", "location / { proxy_pass http://orders:80; }")];
    with_graph(&services, "", &settings, |graph| {
        assert!(edges(graph).is_empty());
        let share = graph.shares.iter().find(|share| share.name == "site.conf").unwrap();
        assert_eq!((share.uses.len(), share.holds.len()), (2, 1));
    });
}

#[test]
fn signs_are_in_the_settings() {
    let folder = Folder::with(&[
        (
            "compose.yaml",
            "services:\n  gate: {build: {context: ., dockerfile: gate/Dockerfile}}\n  orders: {image: acme/orders}\n",
        ),
        (
            "gate/Dockerfile",
            "FROM nginx\nENV BACK=http://orders:80\nCOPY gate/site.conf.template /etc/nginx/templates/\n",
        ),
        ("gate/site.conf.template", "location / {\n  proxy_pass ${BACK};\n}\n"),
    ]);
    let output = binary::run(&folder.0, &["graph", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let signs = json["edges"].as_array().unwrap().iter().flat_map(|edge| edge["signs"].as_array().unwrap());
    let places: Vec<&str> = signs.map(|sign| sign["path"].as_str().unwrap()).collect();
    assert!(places.contains(&"gate/site.conf.template"), "{json}");
}

#[test]
fn only_files_that_name_others_count() {
    let folder = Folder::with(&[
        ("my.conf", "[mysqld]\nport = 1\n"),
        ("nginx.conf", "worker_processes 1;\n"),
        ("sites/shop.conf", "location / { proxy_pass http://orders:80; }\n"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nothing", folder.0.join("gone.conf")).unwrap();
    let files = |arguments: &[&str]| {
        let run = folder.check(arguments);
        (run.code, run.json["summary"]["files"]["discovered"].as_u64().unwrap())
    };
    assert_eq!(files(&["--isolated"]), (0, 1));
    assert_eq!(files(&["--isolated", "nginx.conf"]), (0, 1));
    assert_eq!(files(&["--isolated", "lost.conf"]), (3, 1));
}
