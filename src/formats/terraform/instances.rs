//! The instances that `count` and `for_each` make of a block.

use super::scope::Instance;
use super::value::{Data, Value};
use super::written::number_text;

/// Instances of one block that are looked at; of more, the first so many.
const MOST: usize = 64;

/// The instances of a block.
pub(super) struct Instances {
    pub all: Vec<Instance>,
    /// Whether the block says how many there are.
    pub is_many: bool,
    /// Whether these are all, and all of them for sure.
    pub exact: bool,
}

impl Instances {
    /// The one instance of a block without `count` and `for_each`.
    pub(super) fn one() -> Instances {
        Instances { all: vec![Instance::default()], is_many: false, exact: true }
    }

    /// Those of `count`; one that stands for all where it is not known.
    pub(super) fn counted(count: &Value) -> Instances {
        let Some(number) = count.as_count() else {
            let instance = Instance { key: "[*]".to_owned(), each: None, count: Some(Value::unknown()) };
            return Instances { all: vec![instance], is_many: true, exact: false };
        };
        let exact = number <= MOST;
        let instance =
            |at: usize| Instance { key: format!("[{at}]"), each: None, count: Some(Value::count(at)) };
        Instances { all: (0..number.min(MOST)).map(instance).collect(), is_many: true, exact }
    }

    /// Those of `for_each`; one that stands for all where it is not known.
    pub(super) fn each(of: &Value) -> Instances {
        let instance = |key: &str, value: Value| Instance {
            key: format!("[{key:?}]"),
            each: Some([Value::text(key), value]),
            count: None,
        };
        let (all, open): (Vec<Instance>, bool) = match &of.data {
            Data::Map(map) => {
                let entries = map.entries.iter().take(MOST);
                (entries.map(|(key, entry)| instance(key, entry.value.clone())).collect(), map.open)
            }
            Data::List(list) => {
                let keys = list.items.iter().take(MOST);
                let all = keys.map(|item| item.as_text().map(|key| instance(&key, item.clone())));
                let all: Option<Vec<Instance>> = all.collect();
                (all.unwrap_or_else(|| vec![any()]), list.open)
            }
            _ => (vec![any()], true),
        };
        let exact = !open && all.len() < MOST;
        let all = if open && all.is_empty() { vec![any()] } else { all };
        Instances { all, is_many: true, exact }
    }

    /// The instance with this key; one of unknown place where there is none.
    pub(super) fn of_key(&self, key: &str) -> Instance {
        self.all.iter().find(|one| one.key == key).cloned().unwrap_or_else(|| {
            if self.is_many {
                Instance { count: Some(Value::unknown()), ..any() }
            } else {
                Instance::default()
            }
        })
    }
}

/// An instance that stands for all.
fn any() -> Instance {
    let key = "[*]".to_owned();
    Instance { key, each: Some([Value::unknown(), Value::unknown()]), count: None }
}

/// What an address has for this index.
pub(super) fn key_of(index: &Value) -> Option<String> {
    match &index.data {
        Data::Number(number) => Some(format!("[{}]", number_text(*number))),
        Data::Text(text) => Some(format!("[{text:?}]")),
        _ => None,
    }
}
