//! Names of modules.

/// The name that a module has in the public registry, with the path inside it: of a name there, or of the address of
/// a repository on GitHub, where each has one.
pub(super) fn name(source: &str) -> String {
    let source = source.split('?').next().unwrap_or_default();
    let Some((_, repository)) = source.split_once("github.com") else {
        let hosts = ["registry.terraform.io/", "registry.opentofu.org/"];
        return hosts.iter().find_map(|host| source.strip_prefix(host)).unwrap_or(source).to_owned();
    };
    let (repository, inside) = match repository.split_once("//") {
        Some((repository, inside)) => (repository, format!("//{inside}")),
        None => (repository, String::new()),
    };
    let repository = repository.trim_start_matches([':', '/']).trim_end_matches(".git");
    let name = || {
        let (owner, repository) = repository.split_once('/')?;
        let (provider, name) = repository.strip_prefix("terraform-")?.split_once('-')?;
        Some(format!("{owner}/{name}/{provider}{inside}"))
    };
    name().unwrap_or_default()
}

/// The version that an address asks for.
pub(super) fn version(source: &str) -> Option<&str> {
    let (_, query) = source.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("ref="))
}

#[cfg(test)]
mod tests {
    use super::{name, version};

    #[test]
    fn repositories_have_the_name_that_the_registry_has_for_them() {
        let ssh = "terraform-aws-modules/security-group/aws//modules/ssh";
        for source in [
            ssh,
            "registry.terraform.io/terraform-aws-modules/security-group/aws//modules/ssh",
            "github.com/terraform-aws-modules/terraform-aws-security-group//modules/ssh",
            "git::https://github.com/terraform-aws-modules/terraform-aws-security-group.git//modules/ssh?ref=v4.0.0",
            "git@github.com:terraform-aws-modules/terraform-aws-security-group.git//modules/ssh",
        ] {
            assert_eq!(name(source), ssh);
        }
        assert_eq!(name("./modules/ssh"), "./modules/ssh");
        assert_eq!(name("github.com/someone/modules"), "");
        assert_eq!(version("git::https://example.org/x?depth=1&ref=v1.2.0"), Some("v1.2.0"));
    }
}
