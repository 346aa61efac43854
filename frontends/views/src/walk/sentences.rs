//! The verdict on a walk, in words.

use gan_core::configuration::NoiseKind;
use lab::pictures::walk::{Evenness, Leap, Walked};

use crate::text;

/// Says whether the generator goes evenly, leaps or stands still, and whether the walk leaves the
/// noise.
pub(super) fn verdict(walked: &Walked, kind: NoiseKind) -> String {
    let evenness = match walked.evenness() {
        Evenness::Still => "All of this noise becomes one sample: the generator stands still.".to_owned(),
        Evenness::Even => "The generator goes fairly evenly: no stretch of the walk stands out.".to_owned(),
        Evenness::Leaps(leap) => leaping(leap),
    };
    match beyond(walked, kind) {
        Some(beyond) => format!("{evenness} {beyond}"),
        None => evenness,
    }
}

/// The same of two runs, shorter.
pub(super) fn verdict_of_two(walked: [&Walked; 2]) -> String {
    let [first, second] = walked.map(|walked| match walked.evenness() {
        Evenness::Still => "stands still: all of this noise becomes one sample".to_owned(),
        Evenness::Even => "goes fairly evenly".to_owned(),
        Evenness::Leaps(leap) => {
            let Leap { from, to, times } = leap;
            format!(
                "leaps from {from:.2} to {to:.2}, at {} its mean speed",
                self::times(times)
            )
        }
    });
    format!(
        "The first run's generator {first}; the second's, dashed, {second}. Where one leaps, its samples are sparse."
    )
}

fn leaping(Leap { from, to, times }: Leap) -> String {
    let times = self::times(times);
    format!(
        "From {from:.2} to {to:.2} the generator leaps, at {times} its mean speed. Samples are sparse there."
    )
}

/// Says that the walk leaves the noise, if it goes where noise is never drawn.
fn beyond(walked: &Walked, kind: NoiseKind) -> Option<&'static str> {
    (walked.share_never_drawn() > 0.0).then_some(match kind {
        NoiseKind::Uniform | NoiseKind::Normal => "Thin: outside the noise, where it was never trained.",
        NoiseKind::Spherical => "Thin: off the sphere of the noise, where it was never trained.",
    })
}

/// A speed, in sides of the plane for a side of the noise.
pub(super) fn speed(speed: f32) -> String {
    times(speed)
}

fn times(times: f32) -> String {
    match times {
        times if times < 9.95 => format!("{}×", text::decimals(times, 1)),
        times if times < 9_999.5 => format!("{times:.0}×"),
        _ => "over 9,999×".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_is_told_in_one_sentence() {
        let leap = Leap {
            from: 0.4,
            to: 0.47,
            times: 6.23,
        };
        assert_eq!(
            leaping(leap),
            "From 0.40 to 0.47 the generator leaps, at 6.2× its mean speed. Samples are sparse there."
        );
        assert_eq!(
            [0.04, 9.96, 123.4, 1e9].map(speed),
            ["0.0×", "10×", "123×", "over 9,999×"]
        );
    }
}
