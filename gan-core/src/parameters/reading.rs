//! Values as people write them, and as they are written down.

use core::fmt;

use super::{Kind, OFF, Parameter};
use crate::configuration::{Configuration, OutOfRange};
use crate::techniques::Decay;

/// The name of what is switched off.
const NONE: &str = "none";

/// A value as a file or a person has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Written<'a> {
    /// A whole number.
    Integer(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A name.
    Text(&'a str),
}

impl<'a> Written<'a> {
    /// A text's number, if it is one, or the text as a name.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let text = text.trim();
        let number = text.parse().map(Self::Integer).ok();
        let number = number.or_else(|| text.parse().map(Self::Float).ok());
        number.unwrap_or(Self::Text(text))
    }
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(f, "integer `{number}`"),
            Self::Float(number) => write!(f, "floating point `{number}`"),
            Self::Text(text) => write!(f, "string {text:?}"),
        }
    }
}

/// Why something written is no value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReadError<'a> {
    /// A number where a name is expected, or the other way round.
    Type {
        /// The value that came.
        came: Written<'a>,
        /// The parameter.
        parameter: Parameter,
    },
    /// A name that is none of the parameter's.
    Name {
        /// The name that came.
        came: &'a str,
        /// The parameter.
        parameter: Parameter,
    },
    /// A number outside its range.
    OutOfRange(OutOfRange),
}

impl fmt::Display for ReadError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { came, parameter } => {
                let definition = parameter.definition();
                let off = if definition.can_be_off { " or \"none\"" } else { "" };
                let what = match came {
                    Written::Text(_) if definition.can_be_off => "value",
                    _ => "type",
                };
                write!(f, "invalid {what}: {came}, expected {}{off}", definition.kind)
            }
            Self::Name { came, parameter } => {
                write!(
                    f,
                    "unknown variant `{came}`, expected {}",
                    parameter.definition().kind
                )
            }
            Self::OutOfRange(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReadError<'_> {}

impl Parameter {
    /// The word of a value that somebody has written. Whether the parameter has a meaning, [`Configuration::set`]
    /// knows.
    ///
    /// ```
    /// use gan_core::Preset;
    /// use gan_core::parameters::{Parameter, Written};
    ///
    /// let word = Parameter::Batch.read(Written::Integer(20))?;
    /// let mut ring = Preset::Ring.configuration();
    /// ring.set(Parameter::Batch, word)?;
    /// assert_eq!(ring.batch.get(), 20);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(self, written: Written<'_>) -> Result<u32, ReadError<'_>> {
        let definition = self.definition();
        let mistaken = ReadError::Type {
            came: written,
            parameter: self,
        };
        if definition.can_be_off && written == Written::Text(NONE) {
            return Ok(OFF);
        }
        match (definition.kind, written) {
            (Kind::Count { field, least, most }, Written::Integer(count)) => u32::try_from(count)
                .ok()
                .filter(|count| (least..=most).contains(count))
                .ok_or(ReadError::OutOfRange(OutOfRange {
                    field,
                    value: count as f64,
                    least: least.into(),
                    most: most.into(),
                })),
            (Kind::Number { field, least, most }, Written::Integer(_) | Written::Float(_)) => {
                let number = match written {
                    Written::Integer(number) => number as f32,
                    Written::Float(number) => number as f32,
                    Written::Text(_) => return Err(mistaken),
                };
                // No −0, which would be another number to whoever compares bits.
                let number = number + 0.0;
                let fits = (least as f32..=most as f32).contains(&number);
                fits.then_some(number.to_bits())
                    .ok_or(ReadError::OutOfRange(OutOfRange {
                        field,
                        value: number.into(),
                        least,
                        most,
                    }))
            }
            (Kind::Decay, Written::Integer(number)) => decay(number as f64),
            (Kind::Decay, Written::Float(number)) => decay(number),
            (Kind::Choice(names), Written::Text(name)) => names
                .iter()
                .position(|known| *known == name)
                .map(|place| place as u32)
                .ok_or(ReadError::Name {
                    came: name,
                    parameter: self,
                }),
            _ => Err(mistaken),
        }
    }

    /// A value as it is written: `adam`, `0.03`, `none`.
    #[must_use]
    pub fn write(self, word: u32) -> impl fmt::Display {
        fmt::from_fn(move |f| match self.definition().kind {
            _ if word == OFF => f.write_str(NONE),
            Kind::Count { .. } => write!(f, "{word}"),
            Kind::Number { .. } => decimal(f, f32::from_bits(word)),
            Kind::Decay => decimal(f, part(word)),
            Kind::Choice(names) => f.write_str(names.get(word as usize).unwrap_or(&"?")),
        })
    }

    /// A value as a number; `None` of what is off, and of choices.
    #[must_use]
    pub fn number(self, word: u32) -> Option<f64> {
        match self.definition().kind {
            _ if word == OFF => None,
            Kind::Count { .. } => Some(word.into()),
            Kind::Number { .. } => Some(f32::from_bits(word).into()),
            Kind::Decay => Some(part(word)),
            Kind::Choice(_) => None,
        }
    }
}

impl Configuration {
    /// Reads the values as people write them, `penalty.kind=r1 penalty.weight=0.5`; otherwise as
    /// [`Self::with`]. Panics if a key or a value is invalid: for presets, examples and tests.
    #[must_use]
    pub fn with_written(&self, text: &str) -> Self {
        let values = text.split_whitespace().map(|pair| {
            let (key, value) = pair.split_once('=').expect("a pair is KEY=VALUE");
            let parameter = Parameter::named(key).unwrap_or_else(|| panic!("there is no parameter {key}"));
            let word = parameter.read(Written::of(value));
            (parameter, word.unwrap_or_else(|error| panic!("{pair}: {error}")))
        });
        self.with(values)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }
}

/// β of so many ten-thousandths.
fn part(ten_thousandths: u32) -> f64 {
    f64::from(ten_thousandths) / 10_000.0
}

/// All digits of a number, and a point, without an exponent: as TOML writes it.
fn decimal<N: fmt::Display + Into<f64> + Copy>(f: &mut fmt::Formatter<'_>, number: N) -> fmt::Result {
    let point = if number.into() % 1.0 == 0.0 { ".0" } else { "" };
    write!(f, "{number}{point}")
}

fn decay(number: f64) -> Result<u32, ReadError<'static>> {
    let decay = Decay::from_decimal(number).map_err(ReadError::OutOfRange)?;
    Ok(decay.word())
}
