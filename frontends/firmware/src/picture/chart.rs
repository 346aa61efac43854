//! Both losses over the run, as two lines.

use embedded_graphics::pixelcolor::Rgb565;
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{Line, PrimitiveStyle, Rectangle};
use heapless::Vec;

use super::Display;
use super::colours::{self, Colour};

/// Columns of the chart.
const COLUMNS: usize = 68;

/// Losses of D and G, evenly spaced over the run. When there are as many as columns, every second one is
/// dropped and the spacing doubles, so that the whole run is always there.
#[derive(Default)]
pub struct LossHistory {
    losses: Vec<[f32; 2], COLUMNS>,
    /// Epochs from one to the next, as a power of two.
    doublings: u32,
}

impl LossHistory {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            losses: Vec::new(),
            doublings: 0,
        }
    }

    /// Keeps the losses of D and G at an epoch, if it is one of those that are kept.
    pub fn add(&mut self, epoch: u64, losses: [f32; 2]) {
        if !epoch.is_multiple_of(1 << self.doublings) {
            return;
        }
        if self.losses.is_full() {
            // The second of each pair lies at the doubled spacing.
            for index in 0..COLUMNS / 2 {
                self.losses[index] = self.losses[2 * index + 1];
            }
            self.losses.truncate(COLUMNS / 2);
            self.doublings += 1;
            if !epoch.is_multiple_of(1 << self.doublings) {
                return;
            }
        }
        // There is room now.
        let _ = self.losses.push(losses);
    }

    /// Draws the chart into a rectangle of the display.
    pub(super) fn paint(&self, display: &mut Display<'_>, area: Rectangle) {
        let frame = PrimitiveStyle::with_stroke(Rgb565::from(colours::HAIRLINE), 1);
        let _ = area.into_styled(frame).draw(display);
        let finite = self.losses.iter().flatten().filter(|loss| loss.is_finite());
        let greatest = finite.fold(0.0_f32, |most, loss| most.max(*loss));
        // No loss above zero to draw.
        if greatest <= 0.0 {
            return;
        }
        let inside = area.offset(-2);
        let place = |index: usize, loss: f32| {
            let (width, height) = (inside.size.width as f32 - 1.0, inside.size.height as f32 - 1.0);
            let last = self.losses.len().max(2) - 1;
            let x = index as f32 / last as f32 * width + 0.5;
            let y = height - (loss / greatest).clamp(0.0, 1.0) * height + 0.5;
            inside.top_left + Point::new(x as i32, y as i32)
        };
        let networks: [(usize, Colour); 2] = [(0, colours::DISCRIMINATOR), (1, colours::GENERATOR)];
        for (network, colour) in networks {
            let style = PrimitiveStyle::with_stroke(Rgb565::from(colour), 1);
            for (index, [from, to]) in self.losses.array_windows().enumerate() {
                let line = Line::new(place(index, from[network]), place(index + 1, to[network]));
                let _ = line.into_styled(style).draw(display);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_run_is_kept_however_long() {
        for epochs in [1, 67, 68, 69, 1000, 4096] {
            let mut history = LossHistory::new();
            (1..=epochs).for_each(|epoch| history.add(epoch, [epoch as f32, 0.0]));
            let kept: std::vec::Vec<f32> = history.losses.iter().map(|[d, _]| *d).collect();
            let spacing = (1 << history.doublings) as f32;
            let even = kept
                .iter()
                .enumerate()
                .all(|(index, epoch)| *epoch == (index + 1) as f32 * spacing);
            assert!(even && !kept.is_empty(), "{epochs} epochs: {kept:?}");
            assert!(
                epochs as f32 - kept[kept.len() - 1] < spacing,
                "{epochs} epochs: {kept:?}"
            );
        }
    }
}
