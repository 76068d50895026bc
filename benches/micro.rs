//! What each step costs on a made-up project: parse, lower and check, report.
//!
//! `cargo bench --bench micro`. The standard library only: the best of several rounds is steady enough to see a step
//! become dearer, and a framework would bring more crates than plimsoll has.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures, and says what it measured"
)]
#![expect(clippy::unwrap_used, reason = "a bench that cannot start should say so")]
#![expect(clippy::cast_precision_loss, reason = "nobody reads so many digits")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll::config::{Config, Selection};
use plimsoll::lint::{self, Linter};
use plimsoll::model::facts::FolderId;
use plimsoll::report::{self, Format, Style};
use plimsoll::rule::Registry;
use plimsoll::schema::{Catalog, Known};
use plimsoll::syntax::tree::Schema;
use plimsoll::syntax::{dockerfile, hcl, yaml};
use plimsoll::text::FileId;

const FILE: FileId = FileId(0);
const ROUNDS: usize = 15;
const OBJECTS: usize = 2_000;

fn main() {
    let manifests = manifests();
    let builds = "FROM golang:1.25 AS build\nARG A=b\nENV C=${A:-d} \\\n  E=f\nCOPY --from=build /x /y\n\
        RUN apt-get update && \\\n  # why\n  apt-get install -y curl\nRUN <<EOF\nmake\nEOF\n"
        .repeat(OBJECTS);
    let shared: Arc<str> = manifests.as_str().into();
    let size = manifests.len();
    bench("start: load the rules", 0, || Linter::new(Registry::built_in()));
    bench("parse YAML", size, || yaml::parse(FILE, shared.clone(), Schema::Kubernetes));
    bench("parse Dockerfiles", builds.len(), || dockerfile::parse(FILE, &builds));
    let modules: Arc<str> = MODULE.repeat(OBJECTS).into();
    bench("parse HCL", modules.len(), || hcl::parse(FILE, modules.clone()));
    let tree = yaml::parse(FILE, shared.clone(), Schema::Kubernetes).tree;
    bench("lower to facts", size, || plimsoll::formats::kubernetes::lower(&tree, FolderId(0)));
    let empty = Catalog::default();
    let known = Known { minor: 37, catalogs: [&empty, &empty, &empty] };
    bench("hold against schemas", size, || {
        let kind = ("apps/v1", "Deployment");
        tree.roots().map(|root| known.validate(kind, root, root.span(), false).len()).sum::<usize>()
    });
    let linter = Linter::new(Registry::built_in());
    let profile = linter.profile(&Config::default(), &Selection::default()).unwrap();
    let run = |path: &str, text: &str| lint::check_texts(&linter, &profile, &[(path, text)]);
    bench("all of it, YAML", size, || run("a.yaml", &manifests));
    bench("all of it, Dockerfiles", builds.len(), || run("Dockerfile", &builds));
    let outcome = run("a.yaml", &manifests);
    for format in Format::ALL {
        let text = report::render(format, &outcome, &Style::default());
        bench(&format!("report {}", format.name()), text.len(), || {
            report::render(format, &outcome, &Style::default())
        });
    }
}

const MODULE: &str = r#"# A bucket for each team.
resource "aws_s3_bucket" "logs" {
  for_each = { for team in var.teams : team.name => team if team.active }
  bucket   = "${var.prefix}-${each.key}-logs"
  tags     = merge(local.tags, { Name = each.value.title, Team = upper(each.key) })

  versioning {
    enabled = var.versioned != null ? var.versioned : true
  }
}
"#;

/// The best of several rounds; `bytes` gives a speed.
fn bench<T>(name: &str, bytes: usize, mut step: impl FnMut() -> T) {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        black_box(step());
        best = best.min(start.elapsed());
    }
    let speed = bytes as f64 / 1e6 / best.as_secs_f64();
    println!("{name:28} {:9.3} ms {speed:9.1} MB/s", best.as_secs_f64() * 1e3);
}

fn manifests() -> String {
    let object = |at: usize| {
        format!(
            "---\n# The service {at}.\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{at}\n  labels: {{app: web-{at}}}\n\
            spec:\n  replicas: 3\n  selector:\n    matchLabels:\n      app: web-{at}\n  template:\n    metadata:\n      labels:\n        \
            app: web-{at}\n    spec:\n      containers:\n        - name: web\n          image: \"ghcr.io/acme/web:1.{at}\"\n          \
            args: [\"--port\", '8080']\n          env:\n            - name: LEVEL\n              value: info\n          \
            resources:\n            requests: {{cpu: 100m, memory: 64Mi}}\n            limits: {{memory: 64Mi}}\n"
        )
    };
    (0..OBJECTS).map(object).collect::<Vec<_>>().concat()
}
