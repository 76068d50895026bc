//! Which annotations the tools know that read them, and what values these take.
//!
//! Sources, each at the version of early 2026:
//! <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/>,
//! <https://www.haproxy.com/documentation/kubernetes-ingress/community/configuration-reference/ingress/>,
//! <https://docs.konghq.com/kubernetes-ingress-controller/latest/reference/annotations/>,
//! <https://istio.io/latest/docs/reference/config/annotations/>,
//! <https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations>,
//! <https://knative.dev/docs/serving/autoscaling/>.

/// What a tool can read as the value of an annotation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    /// Anything.
    Text,
    /// A boolean.
    Boolean,
    /// A whole number.
    Number,
    /// One of these words, in any case.
    OneOf(&'static [&'static str]),
}

/// A tool and the annotations under its prefix. Lists of names are words in one text.
#[derive(Debug)]
pub(super) struct Tool {
    /// What people call it.
    pub(super) name: &'static str,
    prefix: &'static str,
    texts: &'static str,
    booleans: &'static str,
    numbers: &'static str,
    choices: &'static [(&'static str, &'static [&'static str])],
    /// Beginnings of names that end in what the user chooses.
    families: &'static str,
    /// Whether nothing else has names under this prefix.
    pub(super) complete: bool,
}

impl Tool {
    /// What the annotation of this name takes; `None` if there is none.
    pub(super) fn value_of(&self, name: &str) -> Option<Expected> {
        let lists = [
            (self.texts, Expected::Text),
            (self.booleans, Expected::Boolean),
            (self.numbers, Expected::Number),
        ];
        let listed = lists.into_iter().find(|(names, _)| names.split_whitespace().any(|known| known == name));
        let choice = || self.choices.iter().find(|(known, _)| *known == name);
        listed.map(|(_, expected)| expected).or_else(|| choice().map(|(_, words)| Expected::OneOf(words)))
    }

    /// Whether the name is one of a family.
    pub(super) fn is_family(&self, name: &str) -> bool {
        let mut families = self.families.split_whitespace();
        families.any(|family| name.len() > family.len() && name.starts_with(family))
    }

    /// All names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let lists = [self.texts, self.booleans, self.numbers];
        let choices = self.choices.iter().map(|(name, _)| *name);
        lists.into_iter().flat_map(str::split_whitespace).chain(choices)
    }
}

/// The tool that an annotation is for, and the name behind its prefix.
pub(super) fn tool(key: &str) -> Option<(&'static Tool, &str)> {
    TOOLS.iter().find_map(|tool| Some((*tool, key.strip_prefix(tool.prefix)?)))
}

static TOOLS: &[&Tool] = &[&NGINX, &HAPROXY, &KONG, &SIDECAR, &TRAFFIC, &VAULT, &KNATIVE];

static NGINX: Tool = Tool {
    name: "ingress-nginx",
    prefix: "nginx.ingress.kubernetes.io/",
    texts: "\
        allowlist-source-range app-root auth-cache-duration auth-cache-key auth-method \
        auth-proxy-set-headers auth-realm auth-request-redirect auth-response-headers auth-secret \
        auth-signin auth-signin-redirect-param auth-snippet auth-tls-error-page auth-tls-match-cn \
        auth-tls-secret auth-url canary-by-cookie canary-by-header canary-by-header-pattern \
        canary-by-header-value client-body-buffer-size configuration-snippet connection-proxy-header \
        cors-allow-headers cors-allow-methods cors-allow-origin cors-expose-headers custom-headers \
        custom-http-errors default-backend denylist-source-range fastcgi-index fastcgi-params-configmap \
        limit-allowlist limit-whitelist load-balance mirror-host mirror-target modsecurity-snippet \
        modsecurity-transaction-id opentelemetry-operation-name permanent-redirect proxy-body-size \
        proxy-buffer-size proxy-busy-buffers-size proxy-cookie-domain proxy-cookie-path \
        proxy-max-temp-file-size proxy-next-upstream proxy-redirect-from proxy-redirect-to \
        proxy-ssl-ciphers proxy-ssl-name proxy-ssl-protocols proxy-ssl-secret rewrite-target \
        server-alias server-snippet session-cookie-domain session-cookie-name session-cookie-path \
        ssl-ciphers stream-snippet temporal-redirect upstream-hash-by upstream-vhost \
        whitelist-source-range x-forwarded-prefix\
        ",
    booleans: "\
        auth-always-set-cookie auth-keepalive-share-vars auth-tls-pass-certificate-to-upstream canary \
        cors-allow-credentials disable-proxy-intercept-errors enable-access-log enable-cors \
        enable-global-auth enable-modsecurity enable-opentelemetry enable-owasp-core-rules \
        enable-rewrite-log force-ssl-redirect from-to-www-redirect http2-push-preload \
        opentelemetry-trust-incoming-span preserve-trailing-slash relative-redirects service-upstream \
        session-cookie-change-on-failure session-cookie-conditional-samesite-none session-cookie-secure \
        ssl-passthrough ssl-prefer-server-ciphers ssl-redirect upstream-hash-by-subset \
        use-port-in-redirects use-regex\
        ",
    numbers: "\
        auth-keepalive auth-keepalive-requests auth-keepalive-timeout auth-tls-verify-depth \
        canary-weight canary-weight-total cors-max-age limit-burst-multiplier limit-connections \
        limit-rate limit-rate-after limit-rpm limit-rps permanent-redirect-code proxy-buffers-number \
        proxy-connect-timeout proxy-next-upstream-timeout proxy-next-upstream-tries proxy-read-timeout \
        proxy-send-timeout proxy-ssl-verify-depth session-cookie-expires session-cookie-max-age \
        temporal-redirect-code upstream-hash-by-subset-size\
        ",
    choices: &[
        ("affinity", &["cookie"]),
        ("affinity-canary-behavior", &["sticky", "legacy"]),
        ("affinity-mode", &["balanced", "persistent"]),
        ("auth-secret-type", &["auth-file", "auth-map"]),
        ("auth-tls-verify-client", &["on", "off", "optional", "optional_no_ca"]),
        ("auth-type", &["basic", "digest"]),
        ("backend-protocol", &["HTTP", "HTTPS", "AUTO_HTTP", "GRPC", "GRPCS", "FCGI"]),
        ("mirror-request-body", &["on", "off"]),
        ("proxy-buffering", &["on", "off"]),
        ("proxy-http-version", &["1.0", "1.1"]),
        ("proxy-request-buffering", &["on", "off"]),
        ("proxy-ssl-server-name", &["on", "off"]),
        ("proxy-ssl-verify", &["on", "off"]),
        ("satisfy", &["any", "all"]),
        ("session-cookie-samesite", &["None", "Lax", "Strict"]),
    ],
    families: "",
    complete: true,
};

static HAPROXY: Tool = Tool {
    name: "HAProxy's controller",
    prefix: "haproxy.org/",
    texts: "\
        allow-list auth-realm auth-secret backend-config-snippet blacklist check check-http \
        check-interval cookie-persistence cookie-persistence-no-dynamic cors-allow-credentials \
        cors-allow-headers cors-allow-methods cors-allow-origin cors-enable cors-max-age deny-list \
        forwarded-for ingress.class load-balance path-rewrite rate-limit-period rate-limit-size \
        rate-limit-whitelist request-capture request-redirect request-set-header response-set-header \
        route-acl scale-server-slots send-proxy-protocol server-ca server-crt server-proto server-ssl \
        set-host src-ip-header ssl-certificate ssl-passthrough ssl-redirect standalone-backend \
        timeout-check timeout-server whitelist\
        ",
    booleans: "",
    numbers: "\
        pod-maxconn rate-limit-requests rate-limit-status-code request-capture-len request-redirect-code \
        ssl-redirect-code ssl-redirect-port\
        ",
    choices: &[("auth-type", &["basic-auth"])],
    families: "",
    complete: false,
};

static KONG: Tool = Tool {
    name: "Kong's controller",
    prefix: "konghq.com/",
    texts: "\
        ca-certificates-configmaps ca-certificates-secrets client-cert gatewayclass-unmanaged headers \
        headers-separator host-aliases host-header methods override path path-handling plugins protocol \
        protocols publish-service regex-prefix rewrite snis tags upstream-policy\
        ",
    booleans: "preserve-host request-buffering response-buffering strip-path tls-verify",
    numbers: "\
        connect-timeout https-redirect-status-code read-timeout regex-priority retries tls-verify-depth \
        write-timeout\
        ",
    choices: &[],
    families: "headers.",
    complete: false,
};

static SIDECAR: Tool = Tool {
    name: "Istio",
    prefix: "sidecar.istio.io/",
    texts: "\
        agentLogLevel bootstrapOverride componentLogLevel discoveryAddress extraStatTags inject logLevel \
        proxyCPU proxyCPULimit proxyImage proxyImageType proxyMemory proxyMemoryLimit statsCompression \
        statsEvictionInterval statsFlushInterval statsHistogramBins statsHistogramBuckets \
        statsInclusionPrefixes statsInclusionRegexps statsInclusionSuffixes status userVolume \
        userVolumeMount\
        ",
    booleans: "nativeSidecar rewriteAppHTTPProbers",
    numbers: "",
    choices: &[("interceptionMode", &["REDIRECT", "TPROXY", "NONE"])],
    families: "",
    complete: true,
};

static TRAFFIC: Tool = Tool {
    name: "Istio",
    prefix: "traffic.sidecar.istio.io/",
    texts: "\
        excludeInboundPorts excludeInterfaces excludeOutboundIPRanges excludeOutboundPorts \
        includeInboundPorts includeOutboundIPRanges includeOutboundPorts kubevirtInterfaces\
        ",
    booleans: "",
    numbers: "",
    choices: &[],
    families: "",
    complete: true,
};

static VAULT: Tool = Tool {
    name: "Vault's injector",
    prefix: "vault.hashicorp.com/",
    texts: "\
        agent-inject-status agent-inject-secret agent-inject-file agent-inject-perms \
        agent-inject-template agent-inject-containers agent-inject-default-template \
        agent-inject-template-file agent-template-left-delim agent-template-right-delim \
        agent-inject-command agent-image agent-request-namespace agent-configmap agent-extra-secret \
        agent-limits-cpu agent-limits-mem agent-limits-ephemeral agent-requests-cpu agent-requests-mem \
        agent-requests-ephemeral agent-revoke-grace namespace agent-service-account-token-volume-name \
        service proxy-address tls-secret tls-server-name ca-cert ca-key client-cert client-key \
        client-timeout go-max-procs log-level log-format role auth-type auth-path auth-config \
        secret-volume-path agent-cache-use-auto-auth-token agent-cache-listener-port \
        agent-copy-volume-mounts template-static-secret-render-interval \
        template-max-connections-per-host template-lease-renewal-threshold auth-min-backoff \
        auth-max-backoff agent-disable-idle-connections agent-disable-keep-alives agent-json-patch \
        agent-init-json-patch agent-telemetry\
        ",
    booleans: "\
        agent-inject agent-inject-token agent-init-first agent-pre-populate agent-pre-populate-only \
        agent-revoke-on-shutdown agent-run-as-same-user agent-share-process-namespace \
        agent-set-security-context tls-skip-verify preserve-secret-case agent-cache-enable \
        agent-cache-exit-on-err template-config-exit-on-retry-failure agent-enable-quit \
        agent-auto-auth-exit-on-err error-on-missing-key\
        ",
    numbers: "agent-run-as-user agent-run-as-group client-max-retries",
    choices: &[],
    families: "\
        agent-inject-secret- agent-inject-file- agent-inject-perms- agent-inject-template- \
        agent-inject-command- agent-inject-containers- auth-config- secret-volume-path- \
        preserve-secret-case- error-on-missing-key- agent-telemetry-\
        ",
    complete: true,
};

static KNATIVE: Tool = Tool {
    name: "Knative",
    prefix: "autoscaling.knative.dev/",
    texts: "\
        class metric metric-aggregation-algorithm metricAggregationAlgorithm panic-threshold-percentage \
        panicThresholdPercentage panic-window-percentage panicWindowPercentage scale-down-delay \
        scaleDownDelay scale-to-zero-pod-retention-period scaleToZeroPodRetentionPeriod target \
        target-burst-capacity targetBurstCapacity target-utilization-percentage \
        targetUtilizationPercentage window\
        ",
    booleans: "",
    numbers: "activation-scale initial-scale initialScale max-scale maxScale min-scale minScale",
    choices: &[],
    families: "",
    complete: false,
};
