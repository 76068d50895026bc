//! Short and long forms give the same facts; every place is the text's own.

use super::lower;
use crate::model::Setting;
use crate::model::compose::{Compose, MountKind, Ports, Service};
use crate::model::coupling::{Holder, Source};
use crate::model::facts::FolderId;
use crate::model::graph::Signal;
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::FileId;

fn compose(text: &str) -> Compose {
    let tree = yaml::parse(FileId(0), text.into(), Schema::Core).tree;
    lower(&tree, FolderId(0), false).compose.expect("a mapping")
}

fn service(keys: &str) -> Service {
    let text = format!("services:\n  web:\n    image: app\n{keys}");
    compose(&text).services.remove(0)
}

#[test]
fn ports_are_cut() {
    let cut = |port: &str| {
        let service = service(&format!("    ports: ['{port}']\n"));
        let port = &service.ports[0];
        let numbers = |ports: &Setting<Ports>| ports.get().map(|ports| (ports.from, ports.to));
        (port.host_ip.get().cloned(), numbers(&port.published), numbers(&port.target))
    };
    assert_eq!(cut("80"), (None, None, Some((80, 80))));
    assert_eq!(cut("8000-8010:80/udp"), (None, Some((8000, 8010)), Some((80, 80))));
    assert_eq!(cut("127.0.0.1::50"), (Some("127.0.0.1".into()), None, Some((50, 50))));
    assert_eq!(cut("[::1]:1:2"), (Some("[::1]".into()), Some((1, 1)), Some((2, 2))));
    assert_eq!(cut("${P:-81}:80"), (None, Some((81, 81)), Some((80, 80))));
    assert!(service("    ports: ['${P}:80']\n").ports[0].host_ip.is_unknown());
}

#[test]
fn mounts_are_cut() {
    let cut = |mount: &str| {
        let service = service(&format!("    volumes: ['{mount}']\n"));
        let mount = &service.mounts[0];
        (mount.kind.get().copied(), mount.source.get().cloned(), mount.read_only.get() == Some(&true))
    };
    assert_eq!(cut("/data"), (Some(MountKind::Anonymous), None, false));
    assert_eq!(cut("./a:/b:ro"), (Some(MountKind::Bind), Some("./a".into()), true));
    assert_eq!(cut("data:/b:rw,z"), (Some(MountKind::Volume), Some("data".into()), false));
    assert_eq!(cut("C:\\a:/b"), (Some(MountKind::Bind), Some("C:\\a".into()), false));
    assert_eq!(cut("${D}:/b"), (None, None, false));
    assert_eq!(cut("./${D}:/b"), (Some(MountKind::Bind), None, false));
}

#[test]
fn what_is_extended_is_there() {
    let compose = compose(
        "services:\n  a:\n    extends: b\n    cap_add: [sys_admin]\n  b:\n    image: x\n    extends: {service: a}\n    \
         cap_add: [CAP_NET_ADMIN]\n    user: root\n  c:\n    extends: {file: d.yaml, service: e}\n",
    );
    let [a, b, c] = &compose.services[..] else { panic!("three services") };
    assert_eq!(a.image.as_ref().map(|image| image.reference.as_str()), Some("x"));
    let added: Vec<&str> =
        a.security.capabilities_add.get().unwrap().iter().map(|word| word.text.as_str()).collect();
    assert_eq!(added, ["SYS_ADMIN", "NET_ADMIN"]);
    assert_eq!(a.security.run_as_user.get(), Some(&0));
    assert_eq!(b.layers.len(), 2);
    assert!(c.open && c.security.privileged.is_unknown());
    assert!(!compose.fragment);
}

#[test]
fn files_of_settings_are_taken_and_read_in_place() {
    let text = "services:\n  web:\n    image: nginx\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro', './:/app', '/x.conf:/y']\n    \
                configs:\n    - proxy\n    - {source: own, target: /etc/nginx/conf.d/default.conf}\n  \
                job: {image: x, configs: [shared]}\n  other: {image: x, configs: [shared]}\n\
                configs:\n  proxy: {file: ./envoy.yaml}\n  own:\n    content: |\n      location / {\n        proxy_pass http://orders:80;\n      }\n  \
                shared: {content: 'proxy_pass http://gone:80;'}\n";
    let tree = yaml::parse(FileId(0), text.into(), Schema::Core).tree;
    let coupling = lower(&tree, FolderId(0), false).coupling;
    let files = coupling.imports.iter().filter(|import| import.source == Source::File);
    let files: Vec<_> =
        files.map(|import| (import.holder, &text[import.name.span.range()], import.writes)).collect();
    let web = Holder::Service(0);
    assert_eq!(files, [(web, "./nginx.conf", false), (web, "./envoy.yaml", false)]);
    let told: Vec<_> = coupling.told.iter().filter(|told| told.signal == Signal::ConfigFile).collect();
    let told: Vec<_> =
        told.iter().map(|told| (told.holder, &text[told.host.span.range()], told.port)).collect();
    assert_eq!(told, [(web, "orders", Some(80))]);
}
