//! Modules from elsewhere that `terraform init` put beside a root module. It says where in a file of its own, which nobody
//! documents, and which has looked the same since Terraform 0.12:
//! `{"Modules": [{"Key": "vpc.subnets", "Source": "…", "Dir": ".terraform/modules/vpc/modules/subnets"}]}`.

use std::path::{Path, PathBuf};

use crate::formats::paths::normal;
use crate::syntax::json;
use crate::syntax::tree::Kind;
use crate::text::FileId;

/// Where the list is, from the root module.
pub const LIST: &str = ".terraform/modules/modules.json";
/// The folder that the modules are in.
const HOME: &str = ".terraform/modules";
/// Modules of one list that are read; of more, the first so many.
const MOST: usize = 400;

/// A module from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The folder of the root module.
    pub root: PathBuf,
    /// The names of the calls that lead to it: `vpc.subnets`.
    pub key: String,
    /// Where it is.
    pub folder: PathBuf,
}

/// The modules of a list that lie where Terraform puts them; others are among the files anyway, or nobody's business.
pub fn installed(root: &Path, list: &str) -> Vec<Installed> {
    let tree = json::parse(FileId(0), list.into()).tree;
    let modules = tree.roots().next().and_then(|root| root.get("Modules"));
    let modules = modules.filter(|modules| modules.kind() == Kind::Sequence);
    let home = normal(&root.join(HOME));
    let read = |module: crate::syntax::tree::Node<'_>| {
        let key = module.get("Key").filter(|key| key.kind() == Kind::String)?.text().to_owned();
        let folder = normal(&root.join(module.get("Dir")?.text()));
        let is_there = folder.starts_with(&home) && folder != home && !key.is_empty();
        is_there.then(|| Installed { root: normal(root), key, folder })
    };
    modules.into_iter().flat_map(|modules| modules.items().take(MOST)).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_stay_where_terraform_puts_them() {
        let list = r#"{"Modules": [
            {"Key": "", "Source": "", "Dir": "."}, {"Key": "a", "Dir": ".terraform/modules/a"}, {"Key": "a.b"},
            {"Key": "near", "Source": "./near", "Dir": "near"}, {"Key": "up", "Dir": ".terraform/modules/../../../up"}, 1
        ]}"#;
        let found = installed(Path::new("/r"), list);
        let folders: Vec<(&str, &Path)> =
            found.iter().map(|one| (one.key.as_str(), one.folder.as_path())).collect();
        assert_eq!(folders, [("a", Path::new("/r/.terraform/modules/a"))]);
        for text in ["", "[]", "{\"Modules\": 1}", "{\"Modules\": [{\"Key\": 1, \"Dir\": []}"] {
            assert_eq!(installed(Path::new("/r"), text), []);
        }
    }
}
