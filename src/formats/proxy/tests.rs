//! Whom settings call, and where that is written.

use super::*;

/// What settings call, as `directive scheme host port`, each place held against the text.
fn shown(name: &str, text: &str) -> Vec<String> {
    let settings = told(name, text).unwrap_or_default();
    let one = |called: &Called| {
        let host = match &called.host {
            Host::Name(place) => text[place.clone()].to_owned(),
            Host::Variable(variable, place) => format!("{variable} in {}", &text[place.clone()]),
        };
        let port = called.port.map_or(String::new(), |port| format!(" {port}"));
        format!("{} {} {host}{port}", called.directive, called.scheme.as_deref().unwrap_or("-"))
    };
    settings.called.iter().map(one).collect()
}

#[test]
fn nginx_through_groups_and_variables() {
    let text = "upstream shop {\n  server orders:8080 weight=2;\n  server unix:/run/x;\n}\nserver {\n  listen 80;\n  \
                set $back carts;\n  location / { proxy_pass http://shop/; }\n  \
                location /a { proxy_pass http://users:81; }\n  location /b { proxy_pass http://$back:82; }\n  \
                location /c { proxy_pass http://${PAY_HOST}:83/; }\n  location /d { fastcgi_pass php:9000; }\n  \
                location /e { proxy_pass http://$host; }\n  # proxy_pass http://gone;\n}\n";
    assert_eq!(
        shown("default.conf", text),
        [
            "server - orders 8080",
            "proxy_pass http carts 82",
            "proxy_pass http users 81",
            "proxy_pass http PAY_HOST in ${PAY_HOST} 83",
            "fastcgi_pass fastcgi php 9000",
        ]
    );
    let groups = told("default.conf", text).unwrap_or_default().groups;
    assert_eq!(groups.into_iter().map(|place| &text[place]).collect::<Vec<_>>(), ["shop"]);
}

#[test]
fn apache_caddy_haproxy_and_fluent() {
    let text = "ProxyPass /a http://orders:80/ retry=0\nProxyPass /b !\n<Location /c>\n  ProxyPass ws://chat:81\n</Location>\n\
                RewriteRule ^/d(.*) http://users/$1 [P,L]\nRewriteRule ^/e http://gone/ [R]\n\
                <FilesMatch x>\n  SetHandler \"proxy:fcgi://php:9000\"\n</FilesMatch>\n";
    assert_eq!(
        shown("httpd.conf", text),
        [
            "ProxyPass http orders 80",
            "ProxyPass ws chat 81",
            "RewriteRule http users",
            "SetHandler fcgi php 9000"
        ]
    );
    let text = "shop.example {\n  reverse_proxy /api/* orders:80 http://users:81 {\n    to carts:82 {$PAY}:83\n  }\n  \
                reverse_proxy :84\n  php_fastcgi php:9000\n}\n";
    assert_eq!(
        shown("Caddyfile", text),
        [
            "reverse_proxy - orders 80",
            "reverse_proxy http users 81",
            "reverse_proxy - carts 82",
            "reverse_proxy - PAY in {$PAY} 83",
            "php_fastcgi - php 9000",
        ]
    );
    let text = "frontend a\n  bind *:80\nbackend b\n  server one orders:8080 check\n  server-template t 1-3 users:81\n\
                peers c\n  server self:1\n";
    assert_eq!(shown("haproxy.cfg", text), ["server - orders 8080", "server - users 81"]);
    let text = "[INPUT]\n  Host in\n[OUTPUT]\n  Name es\n  Host search\n  Port 9200\n";
    assert_eq!(shown("fluent-bit.conf", text), ["host - search 9200"]);
    let text = "<match **>\n  @type copy\n  <store>\n    host search\n    port 9200\n  </store>\n</match>\n";
    assert_eq!(shown("fluent.conf", text), ["host - search 9200"]);
}

#[test]
fn settings_in_data() {
    let text = "static_resources:\n  listeners:\n  - address:\n      socket_address: {address: front, port_value: 80}\n  \
                clusters:\n  - hosts:\n    - socket_address:\n        address: orders\n        port_value: 81\n  \
                - load_assignment:\n      endpoints:\n      - socket_address: {address: 'users', port_value: 82}\n";
    assert_eq!(shown("envoy.yaml", text), ["socket_address - orders 81", "socket_address - users 82"]);
    let text = "scrape_configs:\n- static_configs: &s\n  - targets: ['orders:80', localhost:9090]\n- static_configs: *s\n\
                remote_write:\n- url: http://store:9009/push\n";
    assert_eq!(
        shown("prometheus.yml", text),
        ["targets - orders 80", "targets - localhost 9090", "url http store 9009"]
    );
    let text = "http:\n  services:\n    a:\n      loadBalancer:\n        servers:\n        - url: \"http://orders:80\"\n  \
                middlewares:\n    b:\n      forwardAuth: {address: 'http://auth/x'}\n";
    assert_eq!(shown("dynamic.yml", text), ["url http orders 80", "address http auth"]);
    let text = "[http.services.a.loadBalancer]\n[[http.services.a.loadBalancer.servers]]\nurl = \"http://orders:80\"\n";
    assert_eq!(shown("traefik.toml", text), ["url http orders 80"]);
    let text = "[sources.a]\naddress = \"0.0.0.0:1\"\n[sinks.b]\nendpoints = ['http://search:9200']\n";
    assert_eq!(shown("vector.toml", text), ["endpoints http search 9200"]);
    let text = "apiVersion: 1\ndatasources:\n- name: a\n  url: http://metrics:9090\n";
    assert_eq!(shown("datasource.yml", text), ["url http metrics 9090"]);
    let text = "receivers:\n  otlp: {protocols: {grpc: {endpoint: own:4317}}}\n  redis: {endpoint: cache:6379}\n\
                exporters:\n  otlp: {endpoint: 'tracing:4317'}\nservice: {}\n";
    assert_eq!(shown("otel.yaml", text), ["endpoint - cache 6379", "endpoint - tracing 4317"]);
    let text =
        "{\"static_resources\": {\"clusters\": [{\"x\": {\"socket_address\": {\"address\": \"orders\"}}}]}}";
    assert_eq!(shown("envoy.json", text), ["socket_address - orders"]);
}

#[test]
fn what_is_broken_costs_no_more_than_itself() {
    let text = "location / {\n  proxy_pass http://orders:80\n}\n}}\nlocation { proxy_pass \"http://users; }\n\
                location { proxy_pass http://carts; }\n";
    assert_eq!(shown("nginx.conf", text), ["proxy_pass http orders 80", "proxy_pass - carts"]);
    assert_eq!(told("my.conf", "a = 1\n"), None);
}

#[test]
fn a_name_alone_may_be_a_group_that_is_elsewhere() {
    let text = "proxy_pass http://app_servers; proxy_pass http://orders:80;";
    assert_eq!(shown("site.conf", text), ["proxy_pass - app_servers", "proxy_pass http orders 80"]);
}
