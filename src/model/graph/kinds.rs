//! What programs are, by the name of their image, by the scheme that they are spoken to in, and by their port.
//!
//! Tables of facts: the images' pages on Docker Hub, and the ports that IANA and the programs' manuals give.

use super::NodeKind;

/// Last parts of names of images.
const IMAGES: &[(NodeKind, &[&str])] = &[
    (
        NodeKind::Datastore,
        &[
            "aerospike",
            "azure-sql-edge",
            "cassandra",
            "clickhouse",
            "clickhouse-server",
            "cockroach",
            "couchbase",
            "couchdb",
            "dragonfly",
            "dynamodb-local",
            "elasticsearch",
            "etcd",
            "influxdb",
            "keydb",
            "mariadb",
            "meilisearch",
            "memcached",
            "minio",
            "mongo",
            "mongodb",
            "mssql",
            "mysql",
            "mysql-server",
            "neo4j",
            "opensearch",
            "percona",
            "pgvector",
            "postgis",
            "postgres",
            "postgresql",
            "qdrant",
            "redis",
            "redis-stack",
            "redis-stack-server",
            "scylla",
            "seaweedfs",
            "spilo",
            "timescaledb",
            "typesense",
            "valkey",
            "weaviate",
        ],
    ),
    (
        NodeKind::Broker,
        &[
            "activemq",
            "activemq-artemis",
            "artemis",
            "cp-kafka",
            "eclipse-mosquitto",
            "emqx",
            "kafka",
            "mosquitto",
            "nats",
            "nats-server",
            "nats-streaming",
            "pulsar",
            "rabbitmq",
            "redpanda",
        ],
    ),
    (
        NodeKind::Platform,
        &[
            "alertmanager",
            "all-in-one",
            "cadvisor",
            "collector",
            "config-server",
            "consul",
            "cp-zookeeper",
            "eureka",
            "eureka-server",
            "fluent-bit",
            "fluentd",
            "flagd",
            "grafana",
            "jaeger",
            "jaeger-agent",
            "jaeger-collector",
            "jaeger-query",
            "kibana",
            "loki",
            "logstash",
            "nacos-server",
            "node-exporter",
            "openbao",
            "opentelemetry-collector",
            "opentelemetry-collector-contrib",
            "otel-collector",
            "prom-statsd-exporter",
            "prometheus",
            "promtail",
            "seq",
            "statsd",
            "statsd-exporter",
            "tempo",
            "vault",
            "vector",
            "zipkin",
            "zookeeper",
        ],
    ),
];

/// Names of services that are platform whatever their image is called.
const PLATFORM_NAMES: &[&str] = &[
    "config-server",
    "consul",
    "discovery-server",
    "eureka",
    "istiod",
    "jaeger",
    "otel-collector",
    "otelcol",
    "prometheus",
    "registry",
    "zipkin",
];

/// Parts of names of images of tools beside a datastore, which are no datastores.
const BESIDE: [&str; 8] =
    ["admin", "backup", "commander", "exporter", "express", "fluent", "insight", "operator"];

/// Schemes.
const SCHEMES: &[(NodeKind, &[&str])] = &[
    (
        NodeKind::Datastore,
        &[
            "clickhouse",
            "mariadb",
            "memcached",
            "mongodb",
            "mongodb+srv",
            "mysql",
            "mysql+pymysql",
            "postgres",
            "postgresql",
            "postgresql+asyncpg",
            "postgresql+psycopg2",
            "redis",
            "rediss",
            "sqlserver",
        ],
    ),
    (NodeKind::Broker, &["amqp", "amqps", "kafka", "mqtt", "nats", "pulsar"]),
];

/// Ports.
const PORTS: &[(NodeKind, &[u16])] = &[
    (NodeKind::Datastore, &[5432, 3306, 1433, 27017, 6379, 11211, 9200, 9042, 8123]),
    (NodeKind::Broker, &[9092, 5672, 4222, 6650, 1883]),
];

/// Images whose last part alone says nothing.
const WHOLE: &[(NodeKind, &str)] =
    &[(NodeKind::Datastore, "mssql/server"), (NodeKind::Datastore, "mssql-server-linux")];

/// What an image is, by its name without registry and tag: the last word of a project's own says it too, as in
/// `shop-mysql` and `orders-db`.
pub(super) fn of_image(repository: &str) -> Option<NodeKind> {
    let last = repository.rsplit('/').next().unwrap_or(repository);
    if BESIDE.iter().any(|word| last.contains(word)) {
        return None;
    }
    let whole = WHOLE.iter().find(|(_, name)| repository.ends_with(name)).map(|(kind, _)| *kind);
    let named = |name: &str| IMAGES.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind);
    let word = last.rsplit(['-', '_']).next().unwrap_or(last);
    let of_word = match word {
        "db" | "database" => Some(NodeKind::Datastore),
        word => named(word).filter(|kind| *kind != NodeKind::Platform),
    };
    whole.or_else(|| named(last)).or(of_word)
}

/// What something is by its own name, where its image does not tell: what is called `kafka` is built from it.
pub(super) fn of_name(name: &str) -> Option<NodeKind> {
    // `shop-registry` is the registry of a shop.
    let is_platform =
        |known: &&&str| name.strip_suffix(**known).is_some_and(|rest| rest.is_empty() || rest.ends_with('-'));
    let platform = PLATFORM_NAMES.iter().find(is_platform).map(|_| NodeKind::Platform);
    let products = IMAGES.iter().filter(|(kind, _)| *kind != NodeKind::Platform);
    let product = || products.clone().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind);
    platform.or_else(product)
}

/// What something is that is spoken to in a scheme.
pub(super) fn of_scheme(scheme: &str) -> Option<NodeKind> {
    SCHEMES.iter().find(|(_, schemes)| schemes.contains(&scheme)).map(|(kind, _)| *kind)
}

/// What listens on a port by convention.
pub(super) fn of_port(port: u16) -> Option<NodeKind> {
    PORTS.iter().find(|(_, ports)| ports.contains(&port)).map(|(kind, _)| *kind)
}
