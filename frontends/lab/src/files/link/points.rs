//! The points of a drawing in a link, exact to the last bit.
//!
//! A few are written in decimals, without the 0 before the point: `.1,.4;.9,.6`. Many are written after a `~`,
//! half as long: each coordinate is its `f32`'s bits, of which 30 suffice from 0 to 1, as five digits of
//! base 64 (RFC 4648, section 5), the first worth most; so a point is ten digits.

use std::fmt::Write as _;

use gan_core::Point;

use super::cut;

/// Up to so many characters points are written in decimals.
const DECIMALS: usize = 600;
/// Digits of a coordinate.
const WIDTH: usize = 5;
/// Base 64's alphabet for addresses.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Points of the unit square; −0 is written as 0, which is the same place.
pub(super) fn written(points: &[Point]) -> String {
    let decimals = decimals(points);
    if decimals.len() <= DECIMALS {
        return decimals;
    }
    let coordinates = points.as_flattened().iter();
    let digits = coordinates.flat_map(|value| {
        let bits = (value + 0.0).to_bits() as usize;
        (0..WIDTH).map(move |place| DIGITS[bits >> (6 * (WIDTH - 1 - place)) & 63] as char)
    });
    std::iter::once('~').chain(digits).collect()
}

fn decimals(points: &[Point]) -> String {
    let mut text = String::new();
    for [x, y] in points {
        let between = if text.is_empty() { "" } else { ";" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{between}{},{}", decimal(x + 0.0), decimal(y + 0.0));
    }
    text
}

/// A number in the fewest characters that read back to the same bits.
pub(super) fn decimal(value: f32) -> String {
    let [plain, scientific] = [format!("{value}"), format!("{value:e}")];
    let short = if scientific.len() < plain.len() {
        scientific
    } else {
        plain
    };
    match short.strip_prefix("0.") {
        Some(digits) => format!(".{digits}"),
        None => short,
    }
}

/// Reads points; whether they lie in the unit square is seen later.
pub(super) fn read(text: &str) -> Result<Vec<Point>, String> {
    if let Some(digits) = text.strip_prefix('~') {
        return digits_read(digits.as_bytes());
    }
    let pairs = text.split(';').enumerate();
    pairs
        .map(|(index, pair)| {
            pair_read(pair).ok_or_else(|| {
                let number = index + 1;
                format!(
                    "point {number} is '{}': write x,y and ; between points, as in .1,.4;.9,.6",
                    cut(pair)
                )
            })
        })
        .collect()
}

/// Two numbers, such as a point's coordinates.
pub(super) fn pair_read(text: &str) -> Option<[f32; 2]> {
    let (first, second) = text.split_once(',')?;
    Some([first.trim().parse().ok()?, second.trim().parse().ok()?])
}

fn digits_read(digits: &[u8]) -> Result<Vec<Point>, String> {
    let (points, rest) = digits.as_chunks::<{ 2 * WIDTH }>();
    if !rest.is_empty() {
        return Err("the last point is cut off: copy the whole link".to_owned());
    }
    let value = |digits: &[u8]| {
        let digit = |digit: &u8| DIGITS.iter().position(|other| other == digit);
        let bits = digits
            .iter()
            .try_fold(0, |bits, next| Some(bits << 6 | digit(next)? as u32));
        bits.map(f32::from_bits)
    };
    let point = |(index, digits): (usize, &[u8; 2 * WIDTH])| {
        let (x, y) = digits.split_at(WIDTH);
        let point = value(x).zip(value(y)).map(|(x, y)| [x, y]);
        let what = || format!("point {} is damaged: copy the link again", index + 1);
        point.ok_or_else(what)
    };
    points.iter().enumerate().map(point).collect()
}
