//! Spherical interpolation about the middle of the noise (Shoemake 1985, section 3.3; White 2016).
//!
//! Shoemake's formula, sin((1−t)θ)/sinθ · a + sin(tθ)/sinθ · b, divides by nothing where the directions are the same or
//! opposite. Here the second direction is made perpendicular to the first beforehand, which is the same circle:
//! cos(tθ) · a + sin(tθ) · c. All in `f64`, the result rounded once.

/// The middle of each component.
const MIDDLE: f64 = 0.5;
/// Nearer than this to the middle a point has no direction, and two directions closer than this are one: some times
/// what rounding to `f32` leaves.
const LEAST: f64 = 1e-6;

/// An arc between two points, neither of them in the middle.
pub(super) struct Circle {
    /// The unit vector to the first point.
    first: Vec<f64>,
    /// The unit vector perpendicular to it, on the side of the second.
    across: Vec<f64>,
    /// The angle between the two points, 0–π.
    angle: f64,
    /// How far they are from the middle.
    radii: [f64; 2],
}

impl Circle {
    /// The shorter arc. `None` where there is no circle: from or to the middle, and from one side of it to the other
    /// where there is one dimension only.
    pub(super) fn between(ends: [&[f32]; 2]) -> Option<Self> {
        let [from, to] = ends.map(|end| {
            end.iter()
                .map(|component| f64::from(*component) - MIDDLE)
                .collect::<Vec<_>>()
        });
        let radii = [length(&from), length(&to)];
        if radii.iter().any(|radius| *radius < LEAST) {
            return None;
        }
        let (first, second) = (scaled(&from, 1.0 / radii[0]), scaled(&to, 1.0 / radii[1]));
        // Kahan's form: exact for the smallest angles and for the largest, where an arc cosine is not.
        let apart = first.iter().zip(&second).map(|(a, b)| a - b).collect::<Vec<_>>();
        let together = first.iter().zip(&second).map(|(a, b)| a + b).collect::<Vec<_>>();
        let angle = 2.0 * libm::atan2(length(&apart), length(&together));
        let across = perpendicular(&first, &second).or_else(|| {
            if length(&apart) < 1.0 {
                // The same direction: there is no way round to go.
                return Some(vec![0.0; first.len()]);
            }
            let least = (0..first.len()).min_by(|a, b| first[*a].abs().total_cmp(&first[*b].abs()))?;
            let axis: Vec<f64> = (0..first.len())
                .map(|index| f64::from(u8::from(index == least)))
                .collect();
            perpendicular(&first, &axis)
        })?;
        Some(Self {
            first,
            across,
            angle,
            radii,
        })
    }

    /// Appends the point at a share of the arc, 0–1.
    pub(super) fn extend(&self, share: f64, noise: &mut Vec<f32>) {
        let radius = self.radii[0] + share * (self.radii[1] - self.radii[0]);
        let (sine, cosine) = libm::sincos(share * self.angle);
        noise.extend(
            self.first
                .iter()
                .zip(&self.across)
                .map(|(first, across)| (MIDDLE + radius * (cosine * first + sine * across)) as f32),
        );
    }
}

/// The unit vector perpendicular to a unit vector, toward another; `None` where that lies along it.
fn perpendicular(first: &[f64], toward: &[f64]) -> Option<Vec<f64>> {
    let along: f64 = first.iter().zip(toward).map(|(a, b)| a * b).sum();
    let across: Vec<f64> = first.iter().zip(toward).map(|(a, b)| b - along * a).collect();
    let length = length(&across);
    (length >= LEAST).then(|| scaled(&across, 1.0 / length))
}

fn length(vector: &[f64]) -> f64 {
    libm::sqrt(vector.iter().map(|component| component * component).sum())
}

fn scaled(vector: &[f64], factor: f64) -> Vec<f64> {
    vector.iter().map(|component| factor * component).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(circle: &Circle, share: f64) -> Vec<f64> {
        let mut noise = Vec::new();
        circle.extend(share, &mut noise);
        noise
            .into_iter()
            .map(|component| f64::from(component) - MIDDLE)
            .collect()
    }

    fn near(one: &[f64], other: &[f64]) -> bool {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-6)
    }

    #[test]
    fn a_quarter_turn_goes_by_way_of_the_diagonal() {
        let circle = Circle::between([&[0.9, 0.5, 0.5], &[0.5, 0.5, 0.9]]).unwrap();
        assert!((circle.angle - std::f64::consts::FRAC_PI_2).abs() < 1e-6);
        let half = 0.4 * std::f64::consts::FRAC_1_SQRT_2;
        assert!(near(&at(&circle, 0.5), &[half, 0.0, half]));
        assert!(near(&at(&circle, 0.0), &[0.4, 0.0, 0.0]) && near(&at(&circle, 1.0), &[0.0, 0.0, 0.4]));
    }

    #[test]
    fn angles_and_lengths_go_evenly_and_agree_with_shoemakes_formula() {
        let ends: [[f32; 4]; 2] = [[0.9, 0.3, 0.45, 0.8], [0.2, 0.7, 0.6, 0.55]];
        let circle = Circle::between([&ends[0], &ends[1]]).unwrap();
        let vectors = ends.map(|end| end.map(|component| f64::from(component) - MIDDLE));
        let radii = vectors.map(|vector| length(&vector));
        let units = [0, 1].map(|index| scaled(&vectors[index], 1.0 / radii[index]));
        let cosine: f64 = units[0].iter().zip(&units[1]).map(|(a, b)| a * b).sum();
        let theta = cosine.acos();
        for step in 0..=20 {
            let share = f64::from(step) / 20.0;
            let radius = (1.0 - share) * radii[0] + share * radii[1];
            let [a, b] = [((1.0 - share) * theta).sin(), (share * theta).sin()];
            let expected: Vec<f64> = units[0]
                .iter()
                .zip(&units[1])
                .map(|(u, v)| radius * (a * u + b * v) / theta.sin())
                .collect();
            assert!(near(&at(&circle, share), &expected), "{share}");
        }
    }

    #[test]
    fn opposite_points_are_joined_by_half_a_circle() {
        let circle = Circle::between([&[0.9, 0.5], &[0.1, 0.5]]).unwrap();
        assert!((circle.angle - std::f64::consts::PI).abs() < 1e-6);
        assert!(near(&at(&circle, 0.5), &[0.0, 0.4]));
        let many = Circle::between([&[0.7; 8], &[0.3; 8]]).unwrap();
        assert!((length(&at(&many, 0.5)) - 0.2 * 8.0_f64.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn there_is_no_circle_through_the_middle_nor_across_a_line() {
        assert!(Circle::between([&[0.5, 0.5], &[0.9, 0.5]]).is_none());
        assert!(Circle::between([&[0.9, 0.5], &[0.5, 0.5]]).is_none());
        assert!(Circle::between([&[0.2], &[0.9]]).is_none());
        // On one side of the middle a line is as round as it can be.
        let same = Circle::between([&[0.6], &[0.9]]).unwrap();
        assert!(near(&at(&same, 0.5), &[0.25]));
    }
}
