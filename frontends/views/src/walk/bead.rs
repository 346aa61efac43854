//! The bead: how far along the walk it is. It goes evenly, there and back; only the generator makes it fast or slow.

use egui::Ui;

/// Seconds from one end to the other.
const SECONDS: f64 = 6.0;

/// The bead's place, and whether it goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bead {
    /// 0 at one end, 1 at the other, 2 back again.
    phase: f64,
    motion: Motion,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Motion {
    Rests,
    /// The second of the last frame, in egui's time; `None` before the first.
    Goes(Option<f64>),
}

impl Default for Bead {
    fn default() -> Self {
        Self {
            phase: 0.5,
            motion: Motion::Rests,
        }
    }
}

impl Bead {
    /// Lets it go on.
    pub(super) const fn start(&mut self) {
        self.motion = Motion::Goes(None);
    }

    pub(super) fn toggle(&mut self) {
        match self.motion {
            Motion::Rests => self.start(),
            Motion::Goes(_) => self.motion = Motion::Rests,
        }
    }

    pub(super) fn goes(&self) -> bool {
        self.motion != Motion::Rests
    }

    /// Its place as a share of the walk, 0–1.
    pub(super) fn share(&self) -> f32 {
        (if self.phase <= 1.0 {
            self.phase
        } else {
            2.0 - self.phase
        }) as f32
    }

    /// Puts it somewhere, where it rests.
    pub(super) fn put(&mut self, share: f32) {
        // A NaN is the beginning.
        self.phase = f64::from(share.max(0.0)).min(1.0);
        self.motion = Motion::Rests;
    }

    /// At the beginning of a frame. Asks for another while it goes; without animations it stays where it is.
    pub(super) fn begin(&mut self, ui: &Ui) {
        let Motion::Goes(last) = self.motion else {
            return;
        };
        if ui.style().animation_time == 0.0 {
            return;
        }
        let now = ui.input(|input| input.time);
        let passed = last.map_or(0.0, |last| (now - last).max(0.0));
        self.phase = (self.phase + passed / SECONDS) % 2.0;
        self.motion = Motion::Goes(Some(now));
        ui.ctx().request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(context: &egui::Context, bead: &mut Bead, second: f64) -> f32 {
        let input = egui::RawInput {
            time: Some(second),
            ..egui::RawInput::default()
        };
        let mut output = context.run_ui(input, |ui| bead.begin(ui));
        output.textures_delta.clear();
        bead.share()
    }

    #[test]
    fn it_goes_there_and_back_until_it_is_held_or_put_somewhere() {
        let context = egui::Context::default();
        let mut bead = Bead::default();
        assert_eq!(at(&context, &mut bead, 1.0), 0.5, "it rests");
        bead.start();
        assert_eq!(at(&context, &mut bead, 10.0), 0.5);
        assert!((at(&context, &mut bead, 11.5) - 0.75).abs() < 1e-6);
        assert!(
            (at(&context, &mut bead, 14.5) - 0.75).abs() < 1e-6,
            "on its way back"
        );
        bead.put(0.2);
        assert_eq!((at(&context, &mut bead, 20.0), bead.goes()), (0.2, false));
        bead.put(f32::NAN);
        assert_eq!(bead.share(), 0.0);
    }

    #[test]
    fn without_animations_it_stays() {
        let context = egui::Context::default();
        context.all_styles_mut(|style| style.animation_time = 0.0);
        let mut bead = Bead::default();
        bead.start();
        at(&context, &mut bead, 1.0);
        assert_eq!(at(&context, &mut bead, 9.0), 0.5);
    }
}
