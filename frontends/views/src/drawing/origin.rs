//! The origin of one's own points, in words: a file's name, the range that became the box, and
//! the file's coordinates of a place in the box.

use egui::{Align2, Rect, Ui};
use gan_core::{Point, Target};
use lab::setup::drawing::Source;
use lab::setup::scaling::Range;
use lab::{Drawing, Scaling, Snapshot};

use crate::style::Look;
use crate::text;

/// Says at the right end of a line which file's points the run learns, as fully as there is room.
pub(crate) fn show(ui: &mut Ui, line: Rect, snapshot: &Snapshot, look: Look) {
    if snapshot.configuration.target != Target::Drawing {
        return;
    }
    let Some(wordings) = wordings(snapshot.experiment.drawing()) else {
        return;
    };
    let (font, colour) = (look.small(), look.colours.faint);
    let painter = ui.painter();
    let galleys = wordings
        .iter()
        .map(|words| painter.layout_no_wrap(words.clone(), font.clone(), colour));
    let Some(galley) = galleys.into_iter().find(|galley| galley.size().x <= line.width()) else {
        return;
    };
    let place = Align2::RIGHT_CENTER.anchor_size(line.right_center(), galley.size());
    painter.galley(place.min, galley, colour);
    let [full, ..] = wordings;
    let hint = format!("{full}. Both axes are scaled alike, so shapes keep their proportions.");
    text::announce(ui, place, &full).on_hover_text(hint);
}

/// 'points.csv: x −10…30, y 0…10, scaled to the box': of points that came from a file.
pub(crate) fn sentence(drawing: &Drawing) -> Option<String> {
    let (name, scaling) = file(drawing)?;
    let how = if scaling.is_identity() {
        "as they are"
    } else {
        "scaled to the box"
    };
    Some(format!("{name}: {}, {how}", ranges(scaling)))
}

/// Wordings from [`sentence`] to shorter and shorter ones.
fn wordings(drawing: &Drawing) -> Option<[String; 3]> {
    let (name, scaling) = file(drawing)?;
    let short = shortened(name);
    let ranges = ranges(scaling);
    Some([sentence(drawing)?, format!("{short}: {ranges}"), short])
}

/// 'points.csv: x 12.5, y 3.02': what a place in the box was in the file, if the run learns a file's
/// points and they were scaled.
pub(crate) fn original(snapshot: &Snapshot, at: Point) -> Option<String> {
    if snapshot.configuration.target != Target::Drawing {
        return None;
    }
    let (name, scaling) = file(snapshot.experiment.drawing())?;
    if scaling.is_identity() {
        return None;
    }
    // The step is as fine as three decimals in the box.
    let longest = scaling.ranges().map(span).into_iter().fold(0.0, f64::max);
    let [x, y] = scaling.original(at).map(|value| number(value, longest / 800.0));
    Some(format!("{}: x {x}, y {y}", shortened(name)))
}

fn file(drawing: &Drawing) -> Option<(&str, &Scaling)> {
    match drawing.source() {
        Source::Brush => None,
        Source::File { name, scaling } => Some((name, scaling)),
    }
}

fn ranges(scaling: &Scaling) -> String {
    let words = |range: Range| {
        let step = span(range) / 200.0;
        let ends = [range.least, range.most].map(|end| number(f64::from(end), step));
        match ends {
            [least, most] if least == most => least,
            [least, most] => format!("{least}…{most}"),
        }
    };
    let [x, y] = scaling.ranges().map(words);
    format!("x {x}, y {y}")
}

fn span(range: Range) -> f64 {
    f64::from(range.most) - f64::from(range.least)
}

/// Writes a number to about this step, without zeros that say nothing, and in powers of ten if
/// it is very large or very small. With a step of zero, three digits.
fn number(value: f64, step: f64) -> String {
    let step = if step > 0.0 { step } else { value.abs() / 200.0 };
    let decimals = if step > 0.0 {
        (-libm::log10(step)).ceil()
    } else {
        0.0
    };
    let text = if value.abs() >= 1e6 || decimals > 6.0 {
        let text = format!("{value:.2e}");
        match text.split_once('e') {
            Some((digits, power)) if power != "0" => format!("{}e{power}", without_zeros(digits)),
            _ => without_zeros(&format!("{value:.2}")).to_owned(),
        }
    } else {
        let decimals = decimals.max(0.0) as usize;
        without_zeros(&format!("{value:.decimals$}")).to_owned()
    };
    // Rounding can leave a sign before a zero.
    let text = if text == "-0" { "0".to_owned() } else { text };
    text.replace('-', "−")
}

fn without_zeros(digits: &str) -> &str {
    if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}

/// Names longer than this lose their middle.
const LONGEST_NAME: usize = 24;

fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let (head, tail) = (LONGEST_NAME / 2, LONGEST_NAME - LONGEST_NAME / 2 - 1);
    let head = letters[..head].iter();
    head.chain(&['…'])
        .chain(&letters[letters.len() - tail..])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use lab::{Experiment, Inline, Session as _};

    fn loaded(text: &str) -> Drawing {
        Drawing::parse("points.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn a_file_s_points_say_which_range_became_the_box() {
        let sentence = |text| sentence(&loaded(text)).unwrap();
        assert_eq!(
            sentence("-10,0\n30,10\n"),
            "points.csv: x −10…30, y 0…10, scaled to the box"
        );
        assert_eq!(
            sentence("0.25,0.5\n0.75,0.5\n"),
            "points.csv: x 0.25…0.75, y 0.5, as they are"
        );
        assert_eq!(
            sentence("-3.4e38,1e-9\n3.4e38,5e-9\n"),
            "points.csv: x −3.4e38…3.4e38, y 1e−9…5e−9, scaled to the box"
        );
        assert_eq!(
            sentence("5,-0.001\n5,1234.56\n"),
            "points.csv: x 5, y 0…1235, scaled to the box"
        );
        assert_eq!(super::sentence(&Drawing::drawn([[0.5, 0.5]]).unwrap()), None);
    }

    #[test]
    fn a_place_in_the_box_is_one_in_the_file() {
        let ring = Experiment::preset(Preset::Ring, 7);
        let own = ring.learning(loaded("-10,0\n30,10\n")).unwrap();
        let mut snapshot = (*Inline::new(own).latest()).clone();
        assert_eq!(original(&snapshot, [0.1, 0.4]).unwrap(), "points.csv: x −10, y 0");
        assert_eq!(
            original(&snapshot, [0.525, 0.5]).unwrap(),
            "points.csv: x 11.25, y 5"
        );
        snapshot.configuration.target = Target::Line;
        assert_eq!(original(&snapshot, [0.1, 0.4]), None, "the line is of no file");
        let inside = ring.learning(loaded("0.25,0.5\n")).unwrap();
        assert_eq!(
            original(&Inline::new(inside).latest(), [0.1, 0.4]),
            None,
            "the same numbers twice"
        );
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(shortened("points.csv"), "points.csv");
        let short = shortened("measurements-of-the-whole-year-2026.csv");
        assert_eq!(short, "measurements…ar-2026.csv");
        assert_eq!(short.chars().count(), LONGEST_NAME);
    }
}
