//! The images that Skaffold builds, and their Dockerfiles. Source: the reference of `skaffold.yaml` (skaffold/v4beta13).

use super::read;
use crate::model::Setting;
use crate::model::compose::{Artifact, Build};
use crate::model::facts::Facts;
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};

/// The builders that read a Dockerfile.
const WITH_DOCKERFILE: [&str; 2] = ["docker", "kaniko"];

/// Those that need none, and a script that may do anything.
const WITHOUT: [&str; 5] = ["bazel", "buildpacks", "custom", "jib", "ko"];

/// Adds what a `skaffold.yaml` builds, in profiles as well.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    if resource.group() != "skaffold" || resource.kind() != "Config" {
        return;
    }
    facts.artifacts.extend(artifacts(root).filter_map(artifact));
}

/// The names of the images that a `skaffold.yaml` builds.
pub fn built_images(tree: &Tree) -> Vec<String> {
    let skaffold =
        |root: &Node<'_>| root.get("apiVersion").is_some_and(|node| node.text().starts_with("skaffold/"));
    let nodes = tree.roots().filter(skaffold).flat_map(artifacts);
    nodes.filter_map(|node| read::image(node.get("image")?)?.name()).collect()
}

fn artifacts(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let profiles = root.get("profiles").into_iter().flat_map(Node::items);
    let lists = std::iter::once(root).chain(profiles).filter_map(|node| node.at(&["build", "artifacts"]));
    lists.flat_map(Node::items)
}

fn artifact(node: Node<'_>) -> Option<Artifact> {
    let image = node.get("image")?;
    let with =
        WITH_DOCKERFILE.iter().find_map(|key| node.get(key)).filter(|with| with.kind() == Kind::Mapping);
    let elsewhere = node.is_open() || WITHOUT.iter().any(|key| node.get(key).is_some());
    let text = |key| with.map_or(Setting::Unset, |with| Setting::text(with, key));
    let arguments = with.and_then(|with| with.get("buildArgs")).map(Node::entries).unwrap_or_default();
    let name = |key: Node<'_>| Word { text: key.text().to_owned(), span: key.sub_span(0, key.text().len()) };
    let context = Setting::text(node, "context");
    let path = if elsewhere { None } else { path(&context, &text("dockerfile")) };
    let build = Build {
        anchor: read::content(image),
        place: read::content(image),
        context: path.as_ref().map(|_| context.get().map_or(".", String::as_str).to_owned()),
        path,
        file: None,
        ignored_by: None,
        target: text("target"),
        args: arguments.iter().map(|entry| name(entry.key)).collect(),
    };
    Some(Artifact { image: read::image(image)?, build })
}

/// The Dockerfile, from the folder of the file; `None` where a template hides it.
fn path(context: &Setting<String>, file: &Setting<String>) -> Option<String> {
    let known = |setting: &Setting<String>, otherwise: &str| match setting {
        Setting::Unknown(_) => None,
        setting => Some(setting.get().map_or(otherwise, String::as_str).to_owned()),
    };
    Some(format!("{}/{}", known(context, ".")?, known(file, "Dockerfile")?))
}

#[cfg(test)]
mod tests {
    use crate::model::Facts;
    use crate::model::facts::FolderId;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    fn facts(artifact: &str) -> Facts {
        let text = format!("apiVersion: skaffold/v3\nkind: Config\nbuild: {{artifacts: [{artifact}]}}\n");
        let tree = yaml::parse(FileId(0), text.into(), Schema::Kubernetes).tree;
        super::super::lower(&tree, FolderId(0))
    }

    #[test]
    fn the_dockerfile_is_in_the_context() {
        let path = |artifact: &str| facts(artifact).artifacts.remove(0).build.path;
        assert_eq!(path("{image: app}").as_deref(), Some("./Dockerfile"));
        assert_eq!(path("{image: app, context: src}").as_deref(), Some("src/Dockerfile"));
        let docker = "{image: app, context: src, docker: {dockerfile: web.Dockerfile}}";
        assert_eq!(path(docker).as_deref(), Some("src/web.Dockerfile"));
        assert_eq!(path("{image: app, context: '{{.DIR}}'}"), None);
        assert_eq!(path("{image: app, context: src, jib: {}}"), None);
        assert!(facts("{context: src}").artifacts.is_empty());
    }
}
