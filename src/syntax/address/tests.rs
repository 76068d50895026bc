//! What is an address, and what only looks like one.

use super::*;

/// `scheme host port user database` of each address.
fn read(key: &str, text: &str) -> Vec<String> {
    let cut = |range: &Option<Range<usize>>| range.clone().map_or("-", |range| &text[range]);
    let one = |address: &Address| {
        let port = address.port.map_or("-".to_owned(), |port| port.to_string());
        let scheme = address.scheme.as_deref().unwrap_or("-");
        let host = address.host_in(text);
        format!("{scheme} {host} {port} {} {}", cut(&address.user), cut(&address.database))
    };
    addresses(key, text).iter().map(one).collect()
}

#[test]
fn urls() {
    assert_eq!(read("X", "http://orders:8080/v1"), ["http orders 8080 - -"]);
    assert_eq!(read("X", "jdbc:postgresql://db/shop?ssl=1"), ["postgresql db - - shop"]);
    assert_eq!(read("X", "amqp://me:secret@mq"), ["amqp mq - me -"]);
    assert_eq!(read("X", "mongodb://a:27017,b:27018/x"), ["mongodb a 27017 - x", "mongodb b 27018 - x"]);
    assert_eq!(read("X", "http://a:80,http://b:81"), ["http a 80 - -", "http b 81 - -"]);
    assert_eq!(read("X", "mysql://u:p@tcp(db:3306)/shop"), ["mysql db 3306 u shop"]);
    assert_eq!(read("X", "http://${HOST}:80/"), [""; 0]);
    assert_eq!(read("X", "é://a"), [" a - - -"]);
}

#[test]
fn pairs() {
    assert_eq!(read("X", "orders:8080"), ["- orders 8080 - -"]);
    assert_eq!(read("X", "a:1,b:2"), ["- a 1 - -", "- b 2 - -"]);
    assert_eq!(read("X", "--backend=orders.shop:80 -v"), ["- orders.shop 80 - -"]);
    assert_eq!(read("X", "s3://bucket?endpoint=weed:8333"), ["- weed 8333 - -"]);
    assert_eq!(read("X", "u:p@tcp(db:3306)/shop"), ["- db 3306 - shop"]);
    for not in [
        "12:30",
        "nginx:1.25",
        "a::b",
        "/x/y:80",
        "x.y/z:80",
        "$HOST:80",
        "tcp:80",
        "a:99999",
        "a:0",
        "img:tag",
    ] {
        assert_eq!(read("X", not), [""; 0], "{not}");
    }
}

#[test]
fn connection_strings() {
    let ado = "Server=tcp:sqldata,1433;Initial Catalog=Orders;User Id=sa;Password=x";
    assert_eq!(read("X", ado), ["- sqldata 1433 sa Orders"]);
    assert_eq!(read("X", "host=db port=5432 dbname=shop user=me"), ["- db 5432 me shop"]);
    assert_eq!(read("X", "host=db"), [""; 0]);
    assert_eq!(read("X", "Server=${SQL};Database=x"), [""; 0]);
}

#[test]
fn bare_words_need_a_key() {
    for key in ["DB_HOST", "ordersUrl", "redis-address", "URL", "KAFKA_BROKERS", "DB_HOST_1"] {
        assert_eq!(read(key, "orders"), ["- orders - - -"], "{key}");
    }
    for key in ["DB_NAME", "GHOST", "CURL", "curl"] {
        assert_eq!(read(key, "orders"), [""; 0], "{key}");
    }
    assert_eq!(read("HOST", "a, b/x"), ["- a - - -", "- b - - -"]);
    assert_eq!(read("HOST", "5"), [""; 0]);
    assert_eq!(read("USE_SERVER", "true"), [""; 0]);
}
