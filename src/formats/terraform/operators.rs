//! Operators.

use super::value::{Data, Value};
use crate::syntax::hcl::Operator;

/// An operator before one value.
pub(super) fn unary(operator: Operator, value: &Value) -> Value {
    if value.is_unknown() {
        return refuse(&[value]);
    }
    match operator {
        Operator::Not => value.as_bool().map_or_else(Value::error, |value| Value::bool(!value)),
        _ => value.as_number().map_or_else(Value::error, |value| Value::number(-value)),
    }
}

/// An operator between two values. As in Terraform, `&&` and `||` need to know both, but for what one side decides.
pub(super) fn binary(operator: Operator, left: &Value, right: &Value) -> Value {
    match operator {
        Operator::Equal | Operator::NotEqual => {
            let equal = left.equals(right);
            equal.map_or_else(Value::unknown, |equal| Value::bool(equal == (operator == Operator::Equal)))
        }
        Operator::And | Operator::Or => {
            let decides = operator == Operator::Or;
            match (left.as_bool(), right.as_bool()) {
                (Some(value), _) | (_, Some(value)) if value == decides => Value::bool(decides),
                (Some(_), Some(_)) => Value::bool(!decides),
                _ => refuse(&[left, right]),
            }
        }
        _ => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => arithmetic(operator, left, right),
            _ => refuse(&[left, right]),
        },
    }
}

fn arithmetic(operator: Operator, left: f64, right: f64) -> Value {
    match operator {
        Operator::Add => Value::number(left + right),
        Operator::Subtract => Value::number(left - right),
        Operator::Multiply => Value::number(left * right),
        Operator::Divide => Value::number(left / right),
        Operator::Remainder => Value::number(left % right),
        Operator::Less => Value::bool(left < right),
        Operator::LessOrEqual => Value::bool(left <= right),
        Operator::Greater => Value::bool(left > right),
        Operator::GreaterOrEqual => Value::bool(left >= right),
        _ => Value::error(),
    }
}

/// Unknown if one of the values is, else an error.
pub(super) fn refuse(values: &[&Value]) -> Value {
    let unknown = values.iter().any(|value| matches!(value.data, Data::Unknown));
    let error = values.iter().any(|value| matches!(value.data, Data::Error));
    if unknown && !error { Value::unknown() } else { Value::error() }
}
