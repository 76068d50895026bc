//! Which format a file is: by its name, then by what it says.

use memchr::memmem;

use super::proxy::{self, Program};

/// A format that plimsoll reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Kubernetes objects in YAML.
    Kubernetes,
    /// Kubernetes objects in YAML with Go template actions, as in a Helm chart.
    KubernetesTemplate,
    /// Kubernetes objects in JSON.
    KubernetesJson,
    /// A Dockerfile.
    Dockerfile,
    /// A Compose file.
    Compose,
    /// What a build from a Dockerfile does not see. Read for what it says of Dockerfiles.
    Dockerignore,
    /// Variables of a Compose file. Read for their values, and never shown.
    Dotenv,
    /// Who answers for which files. Read for what it says of services.
    Codeowners,
    /// A catalogue of software. Read for what it says of services.
    Catalog,
    /// What a Helm chart says of itself.
    Chart,
    /// A CloudFormation or SAM template in YAML.
    Cloudformation,
    /// A CloudFormation or SAM template in JSON.
    CloudformationJson,
    /// Blocks of Terraform, or of `OpenTofu`.
    Terraform,
    /// Values for the variables of a module.
    TerraformVariables,
    /// Either of them in JSON.
    TerraformJson,
    /// Terragrunt, Packer and others that write HCL: only its syntax is checked.
    Hcl,
    /// Settings of a proxy, or of a program that asks others. Read for the addresses in them.
    Proxy(Program),
    /// YAML of no known meaning: only its syntax is checked, and only when it is named by hand.
    Yaml,
    /// JSON of no known meaning, as above.
    Json,
}

impl Format {
    /// Whether it holds Kubernetes objects.
    pub fn is_kubernetes(self) -> bool {
        matches!(self, Format::Kubernetes | Format::KubernetesTemplate | Format::KubernetesJson)
    }

    /// The word for it in reports and in `rules --format json`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Kubernetes | Format::KubernetesTemplate | Format::KubernetesJson => "kubernetes",
            Format::Dockerfile => "dockerfile",
            Format::Compose => "compose",
            Format::Dockerignore => "dockerignore",
            Format::Dotenv => "dotenv",
            Format::Codeowners => "codeowners",
            Format::Catalog => "catalog",
            Format::Chart => "chart",
            Format::Cloudformation | Format::CloudformationJson => "cloudformation",
            Format::Terraform | Format::TerraformVariables | Format::TerraformJson => "terraform",
            Format::Hcl => "hcl",
            Format::Proxy(_) => "proxy",
            Format::Yaml => "yaml",
            Format::Json => "json",
        }
    }

    /// Another format whose rules are for a file of this one: resources of Terraform make objects of Kubernetes.
    pub fn holds(self) -> Option<&'static str> {
        matches!(self, Format::Terraform | Format::TerraformJson).then_some("kubernetes")
    }
}

/// Whether a file of this path could be of a known format; its text decides in the end.
pub fn is_candidate(path: &str) -> bool {
    is_dockerfile(file_name(path))
        || is_yaml(path)
        || is_kustomization(path)
        || has_extension(path, "json")
        || aside(path).is_some()
        || has_extension(path, "template")
        || has_hcl_extension(path)
        || proxy::is_candidate(path)
}

/// Whether a file of this path is often none of ours, so that it is no loss if it cannot be read.
pub fn is_mostly_foreign(path: &str) -> bool {
    !is_dockerfile(file_name(path)) && proxy::may_be(path)
}

/// The format of a file. `named` says that it was named by hand, and so counts whatever it holds.
pub fn detect(path: &str, text: &str, named: bool) -> Option<Format> {
    if is_dockerfile(file_name(path)) {
        return Some(Format::Dockerfile);
    }
    let by_name = aside(path).or_else(|| about_services(path, text));
    if let Some(format) = by_name.or_else(|| terraform(path, text, named)) {
        return Some(format);
    }
    if let Some(format) = cloudformation(text) {
        return Some(format);
    }
    let objects = says(text, "apiVersion") && says(text, "kind") || is_kustomization(path);
    if has_extension(path, "json") {
        let known = if objects { Some(Format::KubernetesJson) } else { settings(path, text) };
        return known.or(named.then_some(Format::Json));
    }
    if is_yaml(path) && is_compose(path, text) {
        return Some(Format::Compose);
    }
    if (is_yaml(path) || is_kustomization(path)) && objects && !is_chart_metadata(path) {
        let template = in_chart_templates(path) && says(text, "{{");
        return Some(if template { Format::KubernetesTemplate } else { Format::Kubernetes });
    }
    if let Some(format) = settings(path, text) {
        return Some(format);
    }
    if let Some(program) = proxy::called(path).filter(|_| named) {
        return Some(Format::Proxy(program));
    }
    match named {
        true if text.trim_start().starts_with('{') && !text.contains("{{") => Some(Format::Json),
        true if !is_yaml(path) && looks_like_dockerfile(text) => Some(Format::Dockerfile),
        true => Some(if objects { Format::Kubernetes } else { Format::Yaml }),
        false => None,
    }
}

/// The format of the settings of a proxy and the like.
fn settings(path: &str, text: &str) -> Option<Format> {
    Program::of(path, text).map(Format::Proxy)
}

/// The format of a file that says something about others, by its name.
fn aside(path: &str) -> Option<Format> {
    let name = file_name(path);
    if name == "CODEOWNERS" {
        return Some(Format::Codeowners);
    }
    let ignores = name.strip_suffix(".dockerignore").is_some_and(|of| of.is_empty() || is_dockerfile(of));
    if ignores { Some(Format::Dockerignore) } else { (name == ".env").then_some(Format::Dotenv) }
}

/// The format of a file that says something of services, and is no manifest.
fn about_services(path: &str, text: &str) -> Option<Format> {
    let name = file_name(path);
    let backstage =
        || says(text, "backstage.io/v") && text.lines().any(|line| line.starts_with("apiVersion: "));
    match name {
        "Chart.yaml" if top_level(text, "name") && !says(text, "{{") => Some(Format::Chart),
        "entity.datadog.yaml" | "entity.datadog.yml" | "service.datadog.yaml" | "service.datadog.yml" => {
            Some(Format::Catalog)
        }
        "catalog-info.yaml" | "catalog-info.yml" if backstage() => Some(Format::Catalog),
        _ => None,
    }
}

/// The format of a file of Terraform, or of another program that writes HCL.
fn terraform(path: &str, text: &str, named: bool) -> Option<Format> {
    let name = file_name(path).to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if ends(&[".tf", ".tofu"]) {
        Some(Format::Terraform)
    } else if ends(&[".tfvars"]) {
        Some(Format::TerraformVariables)
    } else if ends(&[".tf.json", ".tofu.json", ".tfvars.json"]) {
        Some(Format::TerraformJson)
    } else {
        (ends(&[".hcl"]) && (named || is_known_hcl(&name, text))).then_some(Format::Hcl)
    }
}

fn has_hcl_extension(path: &str) -> bool {
    ["tf", "tofu", "tfvars", "hcl"].iter().any(|extension| has_extension(path, extension))
}

/// Whether a file `.hcl` is of a program that surely reads this version of the language: others keep an older one.
fn is_known_hcl(name: &str, text: &str) -> bool {
    let by_name = [".pkr.hcl", ".pkrvars.hcl", ".tftest.hcl", ".tofutest.hcl", ".lock.hcl", "-bake.hcl"];
    let terragrunt = ["\ninclude ", "\ninputs ", "\ndependency ", "\nlocals {", "\nremote_state "];
    name.starts_with("terragrunt")
        || by_name.iter().any(|end| name.ends_with(end))
        || terragrunt.iter().any(|start| text.starts_with(&start[1..]) || says(text, start))
}

fn says(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn has_extension(path: &str, wanted: &str) -> bool {
    file_name(path).rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}

fn is_yaml(path: &str) -> bool {
    has_extension(path, "yaml") || has_extension(path, "yml")
}

/// Extensions that tell what a file is, whatever comes before: `dockerfile.rs` is a program about Dockerfiles.
const NO_DOCKERFILE: [&str; 24] = [
    "c",
    "containerignore",
    "cpp",
    "dockerignore",
    "erb",
    "go",
    "html",
    "j2",
    "java",
    "js",
    "json",
    "kt",
    "lua",
    "md",
    "php",
    "py",
    "rb",
    "rs",
    "sh",
    "tmpl",
    "ts",
    "vim",
    "yaml",
    "yml",
];

/// `Dockerfile`, `Dockerfile.web`, `web.Dockerfile`, and the same with `Containerfile`; never their ignore files.
fn is_dockerfile(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if name.rsplit_once('.').is_some_and(|(_, extension)| NO_DOCKERFILE.contains(&extension)) {
        return false;
    }
    ["dockerfile", "containerfile"].iter().any(|word| {
        let rest = name.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            || name.strip_suffix(word).is_some_and(|rest| rest.ends_with('.'))
    })
}

/// What the name of a Dockerfile says that it builds: `web` of `web.Dockerfile` and of `Dockerfile.web`.
pub fn called(path: &str) -> Option<&str> {
    let name = file_name(path);
    let (first, last) = name.split_once('.')?;
    let plain = |word: &str| ["dockerfile", "containerfile"].contains(&word.to_ascii_lowercase().as_str());
    if plain(first) {
        return Some(last);
    }
    let (first, last) = name.rsplit_once('.')?;
    plain(last).then_some(first)
}

/// Whether a file of this path is what Kustomize starts from.
pub fn is_kustomization(path: &str) -> bool {
    matches!(file_name(path), "kustomization.yaml" | "kustomization.yml" | "Kustomization")
}

/// Whether a YAML file is a Compose file: by its name, unless it says nothing that such a file could say; else by a
/// service with an image or a build under `services` at the top.
fn is_compose(path: &str, text: &str) -> bool {
    let mut services =
        text.lines().skip_while(|line| !line.starts_with("services:")).skip(1).map(str::trim_start);
    let first = services.find(|line| !line.is_empty() && !line.starts_with('#'));
    if first.is_some_and(|line| line.starts_with("- ")) {
        // Other tools list their services.
        return false;
    }
    if has_compose_name(file_name(path)) {
        // Before `services` was a key, services stood at the top.
        return top_level(text, "services")
            || !says(text, "apiVersion") && (says(text, "image:") || says(text, "build:"))
            || top_level(text, "include");
    }
    top_level(text, "services") && !top_level(text, "apiVersion") && has_compose_service(text)
}

/// `compose.yaml`, `docker-compose.prod.yml`, `compose-dev.yaml`, `web.compose.yml` and the like.
fn has_compose_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let starts = |word: &str| {
        let rest = stem.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
    };
    let ends = |word: &str| stem.strip_suffix(word).is_some_and(|rest| rest.ends_with(['.', '-', '_']));
    ["compose", "docker-compose", "podman-compose", "docker-stack"]
        .iter()
        .any(|word| starts(word) || ends(word))
}

/// Whether a file of this path is laid over the Compose file beside it without being asked for.
pub fn is_compose_override(path: &str) -> bool {
    let name = file_name(path).to_ascii_lowercase();
    has_compose_name(&name) && name.contains("override")
}

fn top_level(text: &str, key: &str) -> bool {
    text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// Whether the first service under `services` has an image or a build.
fn has_compose_service(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("services")).skip(1);
    let significant = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let depth = |line: &str| line.len() - line.trim_start().len();
    let Some(name) = lines.find(significant) else { return false };
    let service = lines.filter(significant).take_while(|line| depth(line) > depth(name));
    depth(name) > 0
        && name.trim_end().ends_with(':')
        && service.map(str::trim_start).any(|line| line.starts_with("image:") || line.starts_with("build:"))
}

/// The format of a CloudFormation template; of other text, none. It says so itself, or has resources of types that only
/// CloudFormation has.
fn cloudformation(text: &str) -> Option<Format> {
    let typed = ["AWS::", "Alexa::", "Custom::"].iter().any(|word| says(text, word));
    if !typed && !says(text, "AWSTemplateFormatVersion") {
        return None;
    }
    if text.trim_start().starts_with('{') {
        let known = says(text, "\"AWSTemplateFormatVersion\"") || says(text, "\"Resources\"");
        return (known && has_cloud_type(text)).then_some(Format::CloudformationJson);
    }
    let starts = |key: &str| {
        // A whole template may be indented.
        let mut lines =
            text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        let depth = lines
            .find(|line| !line.starts_with("---"))
            .map_or(0, |line| line.len() - line.trim_start().len());
        let at_top = text.lines().filter_map(|line| line.get(depth..));
        at_top.filter_map(|line| line.strip_prefix(key)).any(|rest| rest.trim_start().starts_with(':'))
    };
    let known = starts("AWSTemplateFormatVersion") || starts("Resources");
    let known = known && has_cloud_type(text) && !top_level(text, "apiVersion");
    known.then_some(Format::Cloudformation)
}

/// Whether a key `Type` stands before a type of CloudFormation's.
fn has_cloud_type(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"Type").any(|at| {
        let rest = text[at + 4..].trim_start_matches(['"', '\'', ' ']);
        let value = rest.strip_prefix(':').map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        value.is_some_and(|value| ["AWS::", "Alexa::", "Custom::"].iter().any(|word| value.starts_with(word)))
    })
}

fn is_chart_metadata(path: &str) -> bool {
    matches!(file_name(path), "Chart.yaml" | "values.yaml")
}

fn in_chart_templates(path: &str) -> bool {
    path.split('/').any(|part| part == "templates" || part == "crds")
}

fn looks_like_dockerfile(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let word = first.and_then(|line| line.split_whitespace().next());
    word.is_some_and(|word| word.eq_ignore_ascii_case("FROM") || word.eq_ignore_ascii_case("ARG"))
}
