//! The keys of Compose files and what they take.
//!
//! Source: the Compose specification and the schema that it publishes (github.com/compose-spec/compose-spec, 2026-08).

/// What a key takes. Everywhere else than here, variables and `null` are taken too.
#[derive(Clone, Copy)]
pub(super) enum Type {
    /// Whatever is written.
    Any,
    /// `true` or `false`, in quotes or not.
    Bool,
    /// A number, in quotes or not.
    Number,
    /// Text.
    Text,
    /// Text or a number: sizes, ports, modes.
    TextOrNumber,
    /// A text, number or switch: what is made text of.
    Scalar,
    /// A list.
    Items(&'static Type),
    /// A mapping of names to something.
    Named(&'static Type),
    /// A mapping with these keys: what it is called, and the keys.
    Keys(&'static str, &'static [(&'static str, Type)]),
    /// One of several, told apart by whether they are a scalar, a list or a mapping.
    Either(&'static [Type]),
}

use Type::{Any, Bool, Either, Items, Keys, Named, Number, Scalar, Text, TextOrNumber};

const WORDS: Type = Items(&TextOrNumber);
const LINES: Type = Either(&[Text, WORDS]);
const PAIRS: Type = Either(&[Named(&Scalar), WORDS]);
const OPTIONS: Type = Named(&TextOrNumber);
const EXTERNAL: Type = Either(&[Bool, Keys("`external`", &[("name", Text)])]);
const ULIMITS: Type =
    Named(&Either(&[TextOrNumber, Keys("a limit", &[("soft", TextOrNumber), ("hard", TextOrNumber)])]));

/// A whole file.
pub(super) const FILE: Type = Keys(
    "a Compose file",
    &[
        ("configs", Named(&CONFIG)),
        ("include", Either(&[Text, Items(&Either(&[Text, INCLUDE]))])),
        ("models", Any),
        ("name", Text),
        ("networks", Named(&NETWORK)),
        ("secrets", Named(&SECRET)),
        ("services", Named(&SERVICE)),
        ("version", Scalar),
        ("volumes", Named(&VOLUME)),
    ],
);

const INCLUDE: Type =
    Keys("an entry of `include`", &[("path", LINES), ("project_directory", Text), ("env_file", LINES)]);

/// A service.
pub(super) const SERVICE: Type = Keys(
    "a service",
    &[
        ("annotations", PAIRS),
        ("attach", Bool),
        ("blkio_config", Named(&Any)),
        ("build", Either(&[Text, BUILD])),
        ("cap_add", WORDS),
        ("cap_drop", WORDS),
        ("cgroup", Text),
        ("cgroup_parent", Text),
        ("command", LINES),
        ("configs", Items(&Either(&[Text, GRANT]))),
        ("container_name", Text),
        ("cpu_count", TextOrNumber),
        ("cpu_percent", TextOrNumber),
        ("cpu_period", TextOrNumber),
        ("cpu_quota", TextOrNumber),
        ("cpu_rt_period", TextOrNumber),
        ("cpu_rt_runtime", TextOrNumber),
        ("cpu_shares", TextOrNumber),
        ("cpus", TextOrNumber),
        ("cpuset", TextOrNumber),
        (
            "credential_spec",
            Keys("`credential_spec`", &[("config", Text), ("file", Text), ("registry", Text)]),
        ),
        ("depends_on", Either(&[Items(&Text), Named(&DEPENDENCY)])),
        ("deploy", DEPLOY),
        ("develop", Keys("`develop`", &[("watch", Items(&WATCH))])),
        ("device_cgroup_rules", WORDS),
        (
            "devices",
            Items(&Either(&[
                Text,
                Keys("a device", &[("source", Text), ("target", Text), ("permissions", Text)]),
            ])),
        ),
        ("dns", LINES),
        ("dns_opt", WORDS),
        ("dns_search", LINES),
        ("domainname", Text),
        ("entrypoint", LINES),
        ("env_file", Either(&[Text, Items(&Either(&[Text, ENV_FILE])), ENV_FILE])),
        ("environment", PAIRS),
        ("expose", WORDS),
        ("extends", Either(&[Text, Keys("`extends`", &[("service", Text), ("file", Text)])])),
        ("external_links", WORDS),
        ("extra_hosts", Either(&[Named(&Either(&[Text, WORDS])), WORDS])),
        ("gpus", Any),
        ("group_add", WORDS),
        ("healthcheck", HEALTHCHECK),
        ("hostname", Text),
        ("image", Text),
        ("init", Bool),
        ("ipc", Text),
        ("isolation", Text),
        ("label_file", LINES),
        ("labels", PAIRS),
        ("links", WORDS),
        ("logging", Keys("`logging`", &[("driver", Text), ("options", Named(&Scalar))])),
        ("mac_address", Text),
        ("mem_limit", TextOrNumber),
        ("mem_reservation", TextOrNumber),
        ("mem_swappiness", TextOrNumber),
        ("memswap_limit", TextOrNumber),
        ("models", Any),
        ("network_mode", Text),
        ("networks", Either(&[Items(&Text), Named(&ATTACHMENT)])),
        ("oom_kill_disable", Bool),
        ("oom_score_adj", TextOrNumber),
        ("pid", Text),
        ("pids_limit", TextOrNumber),
        ("platform", Text),
        ("ports", Items(&Either(&[TextOrNumber, PORT]))),
        ("post_start", Items(&HOOK)),
        ("pre_stop", Items(&HOOK)),
        ("privileged", Bool),
        ("profiles", Items(&Text)),
        ("provider", Named(&Any)),
        ("pull_policy", Text),
        ("pull_refresh_after", Text),
        ("read_only", Bool),
        ("restart", Text),
        ("runtime", Text),
        ("scale", TextOrNumber),
        ("secrets", Items(&Either(&[Text, GRANT]))),
        ("security_opt", WORDS),
        ("shm_size", TextOrNumber),
        ("stdin_open", Bool),
        ("stop_grace_period", Text),
        ("stop_signal", Text),
        ("storage_opt", Named(&Any)),
        ("sysctls", PAIRS),
        ("tmpfs", LINES),
        ("tty", Bool),
        ("ulimits", ULIMITS),
        ("use_api_socket", Bool),
        ("user", TextOrNumber),
        ("userns_mode", Text),
        ("uts", Text),
        ("volumes", Items(&Either(&[Text, MOUNT]))),
        ("volumes_from", WORDS),
        ("working_dir", Text),
    ],
);

const BUILD: Type = Keys(
    "`build`",
    &[
        ("additional_contexts", PAIRS),
        ("args", PAIRS),
        ("cache_from", WORDS),
        ("cache_to", WORDS),
        ("context", Text),
        ("dockerfile", Text),
        ("dockerfile_inline", Text),
        ("entitlements", WORDS),
        ("extra_hosts", Either(&[Named(&Either(&[Text, WORDS])), WORDS])),
        ("isolation", Text),
        ("labels", PAIRS),
        ("network", Text),
        ("no_cache", Bool),
        ("no_cache_filter", LINES),
        ("platforms", WORDS),
        ("privileged", Bool),
        ("provenance", Scalar),
        ("pull", Bool),
        ("sbom", Scalar),
        ("secrets", Items(&Either(&[Text, GRANT]))),
        ("shm_size", TextOrNumber),
        ("ssh", PAIRS),
        ("tags", WORDS),
        ("target", Text),
        ("ulimits", ULIMITS),
    ],
);

const DEPENDENCY: Type = Keys("a dependency", &[("condition", Text), ("required", Bool), ("restart", Bool)]);
const ENV_FILE: Type =
    Keys("an entry of `env_file`", &[("path", Text), ("required", Bool), ("format", Text)]);
const GRANT: Type = Keys(
    "a secret or config of a service",
    &[
        ("source", Text),
        ("target", Text),
        ("uid", TextOrNumber),
        ("gid", TextOrNumber),
        ("mode", TextOrNumber),
    ],
);
const HEALTHCHECK: Type = Keys(
    "`healthcheck`",
    &[
        ("disable", Bool),
        ("interval", Text),
        ("retries", TextOrNumber),
        ("start_interval", Text),
        ("start_period", Text),
        ("test", LINES),
        ("timeout", Text),
    ],
);
const HOOK: Type = Keys(
    "a hook",
    &[
        ("command", LINES),
        ("environment", PAIRS),
        ("privileged", Bool),
        ("user", TextOrNumber),
        ("working_dir", Text),
    ],
);
const ATTACHMENT: Type = Keys(
    "a network of a service",
    &[
        ("aliases", WORDS),
        ("driver_opts", OPTIONS),
        ("gw_priority", Number),
        ("interface_name", Text),
        ("ipv4_address", Text),
        ("ipv6_address", Text),
        ("link_local_ips", WORDS),
        ("mac_address", Text),
        ("priority", Number),
    ],
);
const PORT: Type = Keys(
    "a port",
    &[
        ("app_protocol", Text),
        ("host_ip", Text),
        ("mode", Text),
        ("name", Text),
        ("protocol", Text),
        ("published", TextOrNumber),
        ("target", TextOrNumber),
    ],
);
const MOUNT: Type = Keys(
    "a volume of a service",
    &[
        (
            "bind",
            Keys(
                "`bind`",
                &[("create_host_path", Bool), ("propagation", Text), ("recursive", Text), ("selinux", Text)],
            ),
        ),
        ("consistency", Text),
        ("image", Keys("`image`", &[("subpath", Text)])),
        ("read_only", Bool),
        ("source", Text),
        ("target", Text),
        ("tmpfs", Keys("`tmpfs`", &[("mode", TextOrNumber), ("size", TextOrNumber)])),
        ("type", Text),
        ("volume", Keys("`volume`", &[("labels", PAIRS), ("nocopy", Bool), ("subpath", Text)])),
    ],
);
const WATCH: Type = Keys(
    "an entry of `watch`",
    &[
        ("action", Text),
        ("exec", Any),
        ("ignore", LINES),
        ("include", LINES),
        ("initial_sync", Bool),
        ("path", Text),
        ("target", Text),
    ],
);
const DEPLOY: Type = Keys(
    "`deploy`",
    &[
        ("endpoint_mode", Text),
        ("labels", PAIRS),
        ("mode", Text),
        (
            "placement",
            Keys(
                "`placement`",
                &[
                    ("constraints", WORDS),
                    ("max_replicas_per_node", TextOrNumber),
                    ("preferences", Items(&Any)),
                ],
            ),
        ),
        ("replicas", TextOrNumber),
        ("resources", Keys("`resources`", &[("limits", LIMITS), ("reservations", RESERVATIONS)])),
        (
            "restart_policy",
            Keys(
                "`restart_policy`",
                &[("condition", Text), ("delay", Text), ("max_attempts", TextOrNumber), ("window", Text)],
            ),
        ),
        ("rollback_config", UPDATE),
        ("update_config", UPDATE),
    ],
);
const LIMITS: Type =
    Keys("`limits`", &[("cpus", TextOrNumber), ("memory", TextOrNumber), ("pids", TextOrNumber)]);
const RESERVATIONS: Type = Keys(
    "`reservations`",
    &[
        ("cpus", TextOrNumber),
        ("devices", Items(&Any)),
        ("generic_resources", Items(&Any)),
        ("memory", TextOrNumber),
    ],
);
const UPDATE: Type = Keys(
    "an update config",
    &[
        ("delay", Text),
        ("failure_action", Text),
        ("max_failure_ratio", TextOrNumber),
        ("monitor", Text),
        ("order", Text),
        ("parallelism", TextOrNumber),
    ],
);
const NETWORK: Type = Keys(
    "a network",
    &[
        ("attachable", Bool),
        ("driver", Text),
        ("driver_opts", OPTIONS),
        ("enable_ipv4", Bool),
        ("enable_ipv6", Bool),
        ("external", EXTERNAL),
        ("internal", Bool),
        ("ipam", Keys("`ipam`", &[("config", Items(&SUBNET)), ("driver", Text), ("options", OPTIONS)])),
        ("labels", PAIRS),
        ("name", Text),
    ],
);
const SUBNET: Type = Keys(
    "an entry of `config`",
    &[("aux_addresses", OPTIONS), ("gateway", Text), ("ip_range", Text), ("subnet", Text)],
);
const VOLUME: Type = Keys(
    "a volume",
    &[("driver", Text), ("driver_opts", OPTIONS), ("external", EXTERNAL), ("labels", PAIRS), ("name", Text)],
);
const SECRET: Type = Keys(
    "a secret",
    &[
        ("driver", Text),
        ("driver_opts", OPTIONS),
        ("environment", Text),
        ("external", EXTERNAL),
        ("file", Text),
        ("labels", PAIRS),
        ("name", Text),
        ("template_driver", Text),
    ],
);
const CONFIG: Type = Keys(
    "a config",
    &[
        ("content", Text),
        ("environment", Text),
        ("external", EXTERNAL),
        ("file", Text),
        ("labels", PAIRS),
        ("name", Text),
        ("template_driver", Text),
    ],
);
