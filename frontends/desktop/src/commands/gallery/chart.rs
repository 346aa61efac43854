//! A run's course as a picture of lines: SVG, sharp at any size.

use std::fmt::Write as _;

use lab::{Series, Snapshot};

/// One line of a chart.
pub struct Line {
    name: &'static str,
    colour: &'static str,
    /// Epochs and values, in order.
    points: Vec<(u64, f64)>,
}

impl Line {
    /// Line of one measured series of a run.
    pub fn of(snapshot: &Snapshot, series: Series, name: &'static str, colour: &'static str) -> Self {
        let measured = snapshot.history.measured().iter();
        Self {
            name,
            colour,
            points: measured
                .filter_map(|one| Some((one.epoch, one.value(series)?)))
                .collect(),
        }
    }
}

/// Sizes, in the picture's own unit.
const SIZE: [f64; 2] = [560.0, 200.0];
const LEFT: f64 = 64.0;
const TOP: f64 = 28.0;
const RIGHT: f64 = 12.0;
const BOTTOM: f64 = 26.0;

/// Lines over so many epochs, with a title, their names, and the ends of both axes.
pub fn svg(title: &str, lines: &[Line], epochs: u64) -> String {
    let values = lines
        .iter()
        .flat_map(|line| line.points.iter().map(|(_, value)| *value));
    let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
        (least.min(value), most.max(value))
    });
    // The axis begins at 0 if no value is negative; one value, or none, gets a height too.
    let least = if least.is_finite() { least.min(0.0) } else { 0.0 };
    let most = if most > least { most } else { least + 1.0 };
    let [width, height] = SIZE;
    let place = |epoch: u64, value: f64| {
        let along = epoch as f64 / epochs.max(1) as f64;
        let up = (value - least) / (most - least);
        (
            LEFT + along * (width - LEFT - RIGHT),
            height - BOTTOM - up * (height - TOP - BOTTOM),
        )
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#333\">\n<rect width=\"{width}\" height=\"{height}\" \
         fill=\"#fff\"/>\n<text x=\"{LEFT}\" y=\"18\" font-weight=\"bold\">{title}</text>\n"
    );
    let (x0, y0) = place(0, least);
    let (x1, y1) = place(epochs, most);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<path d=\"M{x0:.1} {y1:.1}V{y0:.1}H{x1:.1}\" fill=\"none\" stroke=\"#999\"/>"
    );
    for (value, y) in [(least, y0), (most, y1)] {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            x0 - 6.0,
            y + 4.0,
            short(value)
        );
    }
    let _ = writeln!(out, "<text x=\"{x0:.1}\" y=\"{:.1}\">0</text>", y0 + 17.0);
    let _ = writeln!(
        out,
        "<text x=\"{x1:.1}\" y=\"{:.1}\" text-anchor=\"end\">{epochs} epochs</text>",
        y0 + 17.0
    );
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"18\" text-anchor=\"end\" fill=\"{}\" font-weight=\"bold\">{}</text>",
            width - RIGHT - 24.0 * (lines.len() - 1 - index) as f64,
            line.colour,
            line.name
        );
        let points: Vec<String> = line
            .points
            .iter()
            .map(|(epoch, value)| {
                let (x, y) = place(*epoch, *value);
                format!("{x:.1},{y:.1}")
            })
            .collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>",
            points.join(" "),
            line.colour
        );
    }
    out.push_str("</svg>\n");
    out
}

/// An end of an axis.
fn short(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if !(1e-2..1e4).contains(&size) {
        format!("{value:.0e}")
    } else if size < 10.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(u64, f64)]) -> Line {
        Line {
            name: "D",
            colour: "#000",
            points: points.to_vec(),
        }
    }

    #[test]
    fn lines_lie_within_the_picture_whatever_their_values() {
        for points in [
            &[][..],
            &[(0, 0.5)],
            &[(0, -3e9), (50, 1e30), (100, 2.0)],
            &[(0, 1.0), (100, 1.0)],
        ] {
            let text = svg("T", &[line(points)], 100);
            let coordinates = text.split("points=\"").nth(1).unwrap().split('"').next().unwrap();
            for pair in coordinates.split(' ').filter(|pair| !pair.is_empty()) {
                let (x, y) = pair.split_once(',').unwrap();
                let [x, y]: [f64; 2] = [x, y].map(|number| number.parse().unwrap());
                assert!(
                    (0.0..=SIZE[0]).contains(&x) && (0.0..=SIZE[1]).contains(&y),
                    "{pair}"
                );
            }
        }
        assert_eq!([0.0, 0.66, 12.3, -3e9].map(short), ["0", "0.66", "12", "-3e9"]);
    }
}
