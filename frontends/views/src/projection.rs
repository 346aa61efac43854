//! From the coordinates of samples to pixels and back: one mapping for every picture, however small.

use egui::{Pos2, Rect, Vec2};
use gan_core::Point;

/// Maps the unit square, y upwards, onto a rectangle of the screen, y downwards. Points outside the
/// unit square fall outside the rectangle: painters clip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    rect: Rect,
}

impl Projection {
    /// Onto this rectangle.
    #[must_use]
    pub const fn onto(rect: Rect) -> Self {
        Self { rect }
    }

    /// The rectangle of the unit square.
    #[must_use]
    pub const fn rect(&self) -> Rect {
        self.rect
    }

    /// The length of its side, in points of the screen.
    #[must_use]
    pub fn side(&self) -> f32 {
        self.rect.width()
    }

    /// A sample's place on the screen.
    #[must_use]
    pub fn place(&self, [x, y]: Point) -> Pos2 {
        Pos2::new(
            self.rect.left() + x * self.rect.width(),
            self.rect.bottom() - y * self.rect.height(),
        )
    }

    /// A direction on the screen.
    #[must_use]
    pub fn direction(&self, [x, y]: Point) -> Vec2 {
        Vec2::new(x * self.rect.width(), -y * self.rect.height())
    }

    /// The sample that lies at a place of the screen.
    #[must_use]
    pub fn sample(&self, place: Pos2) -> Point {
        [
            (place.x - self.rect.left()) / self.rect.width(),
            (self.rect.bottom() - place.y) / self.rect.height(),
        ]
    }

    /// Radius of a dot: small boxes get small dots that can still be seen.
    #[must_use]
    pub fn dot_radius(&self) -> f32 {
        0.8 + 0.003 * self.side()
    }

    /// Width of a thin line.
    #[must_use]
    pub fn line_width(&self) -> f32 {
        (0.0022 * self.side()).clamp(0.5, 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_map_to_corners_and_back() {
        let projection = Projection::onto(Rect::from_min_size(Pos2::new(10.0, 20.0), Vec2::splat(100.0)));
        assert_eq!(projection.place([0.0, 0.0]), Pos2::new(10.0, 120.0));
        assert_eq!(projection.place([1.0, 1.0]), Pos2::new(110.0, 20.0));
        assert_eq!(projection.direction([0.5, 0.5]), Vec2::new(50.0, -50.0));
        assert_eq!(projection.sample(Pos2::new(60.0, 45.0)), [0.5, 0.75]);
    }
}
