//! What `[services]` of a config says of services, and what comes of it.

use crate::scratch::Folder;

const COMPOSE: &str = "services:\n  web:\n    image: acme/web:1.0.0\n    environment:\n      \
    ORDERS_URL: http://orders:8080\n      DB_URL: postgres://app@db:5432/shop\n  orders:\n    \
    image: acme/orders:1.4.0\n    environment:\n      WEB_URL: http://web:8080\n      \
    DB_URL: postgres://app@db:5432/shop\n  db:\n    image: postgres:18.1\n";

/// What the rules of the domain report under a config: severity, rule, and where the related labels are.
fn found(config: &str) -> Vec<String> {
    let config = format!("select = [\"coupling\"]\n{config}");
    let folder = Folder::with(&[("plimsoll.toml", &config), ("compose.yaml", COMPOSE)]);
    let run = folder.check(&["."]);
    run.assert_sound(&config);
    let findings = run.json["findings"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let wanted = ["shared-database", "call-against-layers", "cyclic-dependency"];
    let findings = findings.iter().filter(|one| wanted.contains(&text(&one["rule"]).as_str()));
    let one = |finding: &serde_json::Value| {
        let related = finding["related"].as_array().cloned().unwrap_or_default();
        let mut files: Vec<String> = related.iter().map(|label| text(&label["path"])).collect();
        files.dedup();
        format!("{} {} {}", text(&finding["severity"]), text(&finding["rule"]), files.join(" "))
    };
    findings.map(one).filter(|line| !line.contains("cyclic")).collect()
}

#[test]
fn owners_change_severities_and_a_config_wins() {
    assert_eq!(found(""), ["hint shared-database compose.yaml"]);
    let owners = "[services.owners]\nweb = 'a'\norders = 'b'\n";
    assert_eq!(found(owners), ["warning shared-database compose.yaml"]);
    assert_eq!(found("[services.owners]\n'*' = 'a'\n"), ["hint shared-database compose.yaml"]);
    let chosen = format!("{owners}[severity]\nshared-database = 'info'\n");
    assert_eq!(found(&chosen), ["info shared-database compose.yaml"]);
}

#[test]
fn calls_against_layers_show_the_config() {
    let layers = "[[services.layer]]\nname = 'edge'\nservices = ['web']\n\
                  [[services.layer]]\nname = 'core'\nservices = ['orders']\n";
    let shared = "hint shared-database compose.yaml";
    assert_eq!(found(layers), ["warning call-against-layers plimsoll.toml", shared]);
    assert_eq!(found(&format!("{layers}may-call = ['edge']\n")), [shared]);
}

#[test]
fn what_only_a_config_says_is_shown_at_the_service() {
    let layers = "[[services.layer]]\nname = 'edge'\nservices = ['web']\n\
                  [[services.layer]]\nname = 'data'\nservices = ['db']\n\
                  [[services.edge]]\nfrom = 'db'\nto = 'web'\n";
    let shared = "hint shared-database compose.yaml";
    assert_eq!(found(layers), [shared, "warning call-against-layers plimsoll.toml"]);
}

#[test]
fn parts_are_left_out() {
    assert_eq!(found("[services]\nleave-out = ['ord*']\n"), [""; 0]);
}
