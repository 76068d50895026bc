//! Each grammar, whole and broken.

use super::*;

/// Directives as `parent>name(words)`.
fn shown(text: &str, grammar: Grammar) -> Vec<String> {
    let found = parse(text, grammar);
    let one = |number: usize| {
        let parent = found.parent(number).map_or("", |parent| found.name(parent, text));
        let words: Vec<&str> = found.words(number).skip(1).map(|word| &text[word]).collect();
        format!("{parent}>{}({})", found.name(number, text), words.join(","))
    };
    (0..found.len()).map(one).collect()
}

#[test]
fn nginx() {
    let text = "# a\nhttp {\n  upstream b { server a:1 weight=2; server 'c d'; }\n  location ~ \\.(x|y)$ {\n    \
                proxy_pass http://${HOST}:80/$uri;# why\n  }\n}\n";
    assert_eq!(
        shown(text, Grammar::Semicolons),
        [
            ">http()",
            "http>upstream(b)",
            "upstream>server(a:1,weight=2)",
            "upstream>server(c d)",
            "http>location(~,\\.(x|y)$)",
            "location>proxy_pass(http://${HOST}:80/$uri)",
        ]
    );
    let found = parse(text, Grammar::Semicolons);
    assert_eq!(&text[found.range(2)], "server a:1 weight=2");
    assert_eq!(found.range(0), 4..text.len() - 1);
    assert_eq!(found.comments().map(|place| &text[place]).collect::<Vec<_>>(), ["# a", "# why"]);
}

#[test]
fn nginx_that_is_broken() {
    // A semicolon that is missing, quotes that do not close, braces too many and too few.
    assert_eq!(shown("a { b c }\nd e;", Grammar::Semicolons), [">a()", "a>b(c)", ">d(e)"]);
    assert_eq!(shown("a 'b c;\nd \"e;", Grammar::Semicolons), [">a('b,c)", ">d(\"e)"]);
    assert_eq!(shown("}} a b; c { d;", Grammar::Semicolons), [">a(b)", ">c()", "c>d()"]);
    assert_eq!(shown("a {{ .x }} b;", Grammar::Semicolons), [">a()", "a>()", ">.x()", ">b()"]);
}

#[test]
fn programs_inside_are_passed_over() {
    let text = "access_by_lua_block { local a = {1}; b = 2 } c d; x_by_lua_block { {";
    assert_eq!(
        shown(text, Grammar::Semicolons),
        [">access_by_lua_block()", ">c(d)", ">x_by_lua_block()", "x_by_lua_block>()"]
    );
}

#[test]
fn caddy() {
    let text = "a.com, b.com {\n\treverse_proxy /api/* {$API}:80 \\\n\t\tb:2 # why\n\thandle {\n\t\trespond `x \"y`\n\t}\n}\nimport z";
    assert_eq!(
        shown(text, Grammar::Braces),
        [
            ">a.com,(b.com)",
            "a.com,>reverse_proxy(/api/*,{$API}:80,b:2)",
            "a.com,>handle()",
            "handle>respond(x \"y)",
            ">import(z)",
        ]
    );
}

#[test]
fn apache() {
    let text =
        "<VirtualHost *:80>\r\n  ProxyPass \"/a b\" http://c#d\r\n  # x\r\n</VirtualHost>\r\n</X>\nA <b\n";
    assert_eq!(
        shown(text, Grammar::Tags),
        [">VirtualHost(*:80)", "VirtualHost>ProxyPass(/a b,http://c#d)", ">A(<b)"]
    );
}

#[test]
fn haproxy() {
    let text =
        "global\n  daemon\nbackend a\n  server b \"${B}\":80 check # x\n\nbackend c\n[OUTPUT]\n    Host d\n";
    assert_eq!(
        shown(text, Grammar::Sections),
        [
            ">global()",
            "global>daemon()",
            ">backend(a)",
            "backend>server(b,\"${B}\":80,check)",
            ">backend(c)",
            ">[OUTPUT]()",
            "[OUTPUT]>Host(d)",
        ]
    );
}

#[test]
fn all_places_are_on_whole_characters() {
    let text = "\u{feff}é \\é {\n \"ü\n 'ö \\\n} ` é\\\n";
    for grammar in [Grammar::Semicolons, Grammar::Braces, Grammar::Tags, Grammar::Sections] {
        let found = parse(text, grammar);
        for number in 0..found.len() {
            assert!(text.get(found.range(number)).is_some(), "{grammar:?}");
            assert!(found.words(number).all(|word| text.get(word).is_some()), "{grammar:?}");
        }
    }
}

#[test]
fn much_of_what_is_broken_takes_little_time() {
    for part in ["a 'b \"c ", "{", "}", "x_by_lua_block {", "\\", "'", "<a>\n", "a \\\n", "{ "] {
        let text = part.repeat(200_000);
        for grammar in [Grammar::Semicolons, Grammar::Braces, Grammar::Tags, Grammar::Sections] {
            assert!(parse(&text, grammar).len() <= text.len());
        }
    }
}
