//! Names and texts, and the formats that they are told to be.

use super::detect::*;
use super::proxy::Program;

#[test]
fn names_decide_first() {
    assert_eq!(detect("a/Dockerfile.web", "", false), Some(Format::Dockerfile));
    assert_eq!(detect("web.Containerfile", "", false), Some(Format::Dockerfile));
    assert_eq!(detect("Dockerfile.dockerignore", "", false), Some(Format::Dockerignore));
    assert_eq!(detect("a/.dockerignore", "", false), Some(Format::Dockerignore));
    assert_eq!(detect("a/.env", "", false), Some(Format::Dotenv));
    assert!(!is_candidate("x.dockerignore") && !is_candidate("prod.env"));
    assert_eq!(
        ["a/Dockerfile.web", "web.dockerfile", "Dockerfile"].map(called),
        [Some("web"), Some("web"), None]
    );
    assert!(!is_candidate("src/main.rs"));
    assert!(!is_candidate("src/formats/dockerfile.rs"));
}

#[test]
fn compose_files_are_told_by_name_and_by_what_they_say() {
    let text = "# ours\nservices:\n  web:\n    # ours\n    image: nginx\n";
    for name in ["compose.yaml", "docker-compose.prod.yml", "compose-dev.yml", "web.compose.yml", "stack.yml"]
    {
        assert_eq!(detect(name, text, false), Some(Format::Compose), "{name}");
    }
    assert_eq!(detect("composer.yaml", "services:\n  App\\A:\n    class: B\n", false), None);
    assert_eq!(detect("ci.yaml", "jobs:\n  a:\n    services:\n      db:\n        image: x\n", false), None);
    assert_eq!(detect("docker-compose.yml", "web:\n  image: nginx\n", false), Some(Format::Compose));
    assert!(is_compose_override("a/compose.override.yaml") && !is_compose_override("a/override.yaml"));
}

#[test]
fn templates_of_cloudformation_are_told_by_what_they_say() {
    let yaml = "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n";
    let json = "{\"Resources\": {\"Data\": {\"Type\": \"AWS::S3::Bucket\"}}}";
    assert_eq!(detect("a.yaml", yaml, false), Some(Format::Cloudformation));
    assert_eq!(detect("a.template", json, false), Some(Format::CloudformationJson));
    assert_eq!(detect("a.template", "listen 80;", false), None);
    assert_eq!(detect("a.json", "{\"cloudformation:type\": \"AWS::S3::Bucket\"}", false), None);
    let stack = format!("apiVersion: v1\nkind: Stack\nspec:\n  template: |\n    {yaml}");
    assert_eq!(detect("a.yaml", &stack, false), Some(Format::Kubernetes));
}

#[test]
fn what_says_something_of_services() {
    assert_eq!(detect(".github/CODEOWNERS", "", false), Some(Format::Codeowners));
    assert!(is_candidate("CODEOWNERS") && is_candidate("a/Chart.yaml"));
    assert_eq!(detect("c/Chart.yaml", "apiVersion: v2\nname: c\n", false), Some(Format::Chart));
    assert_eq!(detect("c/Chart.yaml", "name: {{ x }}\n", false), None);
    let text = "apiVersion: backstage.io/v1alpha1\nkind: Component\n";
    assert_eq!(detect("a/catalog-info.yaml", text, false), Some(Format::Catalog));
    assert_eq!(detect("service.datadog.yaml", "dd-service: a\n", false), Some(Format::Catalog));
}

#[test]
fn terraform_is_told_by_its_name() {
    assert_eq!(detect("a/main.tf", "", false), Some(Format::Terraform));
    assert_eq!(detect("main.tofu", "", false), Some(Format::Terraform));
    assert_eq!(detect("prod.auto.tfvars", "", false), Some(Format::TerraformVariables));
    assert_eq!(detect("main.tf.json", "{}", false), Some(Format::TerraformJson));
    assert_eq!(detect("live/terragrunt.hcl", "", false), Some(Format::Hcl));
    assert_eq!(detect("live/env.hcl", "locals {\n  a = 1\n}\n", false), Some(Format::Hcl));
    assert_eq!(detect("vault.hcl", "\"path\" = 1\n", false), None);
    assert_eq!(detect("vault.hcl", "\"path\" = 1\n", true), Some(Format::Hcl));
    assert!(is_candidate("a/main.tf") && !is_candidate("main.tfstate"));
}

#[test]
fn text_decides_what_yaml_means() {
    let pod = "apiVersion: v1\nkind: Pod\n";
    assert_eq!(detect("pod.yml", pod, false), Some(Format::Kubernetes));
    assert_eq!(detect("values.yaml", "a: 1\n", false), None);
    assert_eq!(detect("values.yaml", "a: 1\n", true), Some(Format::Yaml));
    assert_eq!(
        detect("c/templates/pod.yaml", "apiVersion: v1\nkind: {{ x }}\n", false),
        Some(Format::KubernetesTemplate)
    );
}

#[test]
fn settings_of_proxies_are_told_by_what_they_say() {
    let nginx = "location / { proxy_pass http://a; }";
    assert_eq!(detect("web/nginx.conf", nginx, false), Some(Format::Proxy(Program::Nginx)));
    assert_eq!(detect("web/nginx.conf", "worker_processes 1;", false), None);
    assert_eq!(detect("web/nginx.conf", "worker_processes 1;", true), Some(Format::Proxy(Program::Nginx)));
    assert_eq!(detect("my.conf", "[mysqld]\n", false), None);
    assert!(is_candidate("my.conf") && is_mostly_foreign("my.conf") && !is_mostly_foreign("a.yaml"));
}
