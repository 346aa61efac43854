//! Single values of a file: numbers with their place, and what may be `"none"` instead.

use std::fmt;
use std::marker::PhantomData;

use gan_core::OutOfRange;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};
use toml::Spanned;

use super::Problem;

/// A number, or `"none"` where a technique is switched off.
#[derive(Clone, Copy)]
pub(super) enum OrNone<V> {
    None,
    Some(V),
}

/// A number that TOML's integers, or its floats too, can be.
pub(super) trait Number: Sized {
    /// What is expected, in words.
    const EXPECTED: &str;
    fn whole(value: i64) -> Option<Self>;
    fn real(value: f64) -> Option<Self>;
}

impl Number for u32 {
    const EXPECTED: &str = "a whole number or \"none\"";

    fn whole(value: i64) -> Option<Self> {
        value.try_into().ok()
    }

    fn real(_: f64) -> Option<Self> {
        None
    }
}

impl Number for f32 {
    const EXPECTED: &str = "a number or \"none\"";

    fn whole(value: i64) -> Option<Self> {
        Some(value as Self)
    }

    fn real(value: f64) -> Option<Self> {
        Some(value as Self)
    }
}

impl Number for f64 {
    const EXPECTED: &str = "a number or \"none\"";

    fn whole(value: i64) -> Option<Self> {
        Some(value as Self)
    }

    fn real(value: f64) -> Option<Self> {
        Some(value)
    }
}

impl<'de, V: Number> Deserialize<'de> for OrNone<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrNone<V>(PhantomData<V>);

        impl<V: Number> Visitor<'_> for NumberOrNone<V> {
            type Value = OrNone<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(V::EXPECTED)
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                let number = V::whole(value).map(OrNone::Some);
                number.ok_or_else(|| E::invalid_value(de::Unexpected::Signed(value), &self))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
                let number = V::real(value).map(OrNone::Some);
                number.ok_or_else(|| E::invalid_type(de::Unexpected::Float(value), &self))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                match value {
                    "none" => Ok(OrNone::None),
                    other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
                }
            }
        }

        deserializer.deserialize_any(NumberOrNone(PhantomData))
    }
}

impl<V: Serialize> Serialize for OrNone<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_str("none"),
            Self::Some(value) => value.serialize(serializer),
        }
    }
}

/// A value as it is written, its place in the text unknown.
pub(super) fn written<V>(value: V) -> Option<Spanned<V>> {
    Some(Spanned::new(0..0, value))
}

/// Puts a value that was given into its place, if it is in range.
pub(super) fn set<V, T>(
    place: &mut T,
    value: Option<Spanned<V>>,
    check: impl Fn(V) -> Result<T, OutOfRange>,
) -> Result<(), Problem> {
    if let Some(value) = value {
        *place = checked(value, check)?;
    }
    Ok(())
}

/// As [`set`], of what can be switched off.
pub(super) fn set_or_none<V: Copy, T>(
    place: &mut Option<T>,
    value: Option<Spanned<OrNone<V>>>,
    check: impl Fn(V) -> Result<T, OutOfRange>,
) -> Result<(), Problem> {
    if let Some(value) = value {
        *place = match *value.get_ref() {
            OrNone::None => None,
            OrNone::Some(number) => Some(checked(Spanned::new(value.span(), number), check)?),
        };
    }
    Ok(())
}

/// A value that is in range.
pub(crate) fn checked<V, T>(
    value: Spanned<V>,
    check: impl Fn(V) -> Result<T, OutOfRange>,
) -> Result<T, Problem> {
    let byte = value.span().start;
    check(value.into_inner()).map_err(|error| Problem::at(byte, error))
}

/// A number that only means something beside another key's value: an error where it was given in vain.
pub(super) fn in_vain<V>(value: Option<&Spanned<V>>, what: &str) -> Result<(), Problem> {
    value.map_or(Ok(()), |value| Err(Problem::at(value.span().start, what)))
}
