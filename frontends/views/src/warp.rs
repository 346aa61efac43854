//! How the generator warps the space of noise, played: within two seconds the square grid of the noise
//! becomes the manifold, and the fake samples travel with it, while the pointer is on the generator.
//!
//! The picture is a function of the time since the pointer came, and of the snapshot; nothing else
//! is remembered.

use egui::Ui;
use gan_core::Point;
use lab::{Manifold, Snapshot};

/// Seconds from the noise to the manifold, as in GAN Lab.
const SECONDS: f64 = 2.0;
/// Seconds for which the manifold stands still after a key has had it played.
const LINGERS: f64 = 0.75;
/// Seconds until other layers have stepped back.
const FADE: f64 = 0.25;

/// Whether it is played, and since when.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Warp {
    /// Held still at this share of its time.
    held: Option<f32>,
    /// When the pointer came, in egui's seconds.
    since: Option<f64>,
    /// When a key asked for it, in egui's seconds.
    played: Option<f64>,
}

/// The manifold and the fake samples on their way.
#[derive(Clone, Debug)]
pub(crate) struct Warped {
    manifold: Manifold,
    fake: Vec<Point>,
    /// How far on their way, 0–1.
    eased: f32,
    fade: f32,
}

impl Warp {
    /// Holds it at a share of its time, 0–1; `None` leaves it to the pointer.
    pub(crate) const fn hold(&mut self, progress: Option<f32>) {
        self.held = progress;
    }

    /// Plays it once, without a pointer.
    pub(crate) fn play(&mut self, ui: &Ui) {
        self.played = Some(ui.input(|input| input.time));
        ui.ctx().request_repaint();
    }

    /// Begins when the pointer comes, ends when it goes.
    pub(crate) fn follow(&mut self, ui: &Ui, hovered: bool) {
        match (hovered, self.since) {
            (true, None) => self.since = Some(ui.input(|input| input.time)),
            (false, Some(_)) => self.since = None,
            _ => return,
        }
        ui.ctx().request_repaint();
    }

    /// The warped manifold and samples now, if it is played. Asks for another frame while it moves.
    pub(crate) fn now(self, ui: &Ui, snapshot: &Snapshot) -> Option<Warped> {
        if let Some(progress) = self.held {
            return Some(Warped::of(snapshot, progress, 1.0));
        }
        let now = ui.input(|input| input.time);
        let played = self.played.filter(|begun| now - begun < SECONDS + LINGERS);
        let passed = now - self.since.or(played)?;
        if ui.style().animation_time == 0.0 {
            return Some(Warped::of(snapshot, 1.0, 1.0));
        }
        if passed < SECONDS || self.since.is_none() {
            ui.ctx().request_repaint();
        }
        let share = |of: f64| (passed / of).clamp(0.0, 1.0) as f32;
        Some(Warped::of(snapshot, share(SECONDS), share(FADE)))
    }
}

impl Warped {
    /// At a share of its time, others having stepped back by a share, both 0–1.
    fn of(snapshot: &Snapshot, progress: f32, fade: f32) -> Self {
        let eased = ease(progress);
        let between = |from, to| between(from, to, eased);
        let manifold = &snapshot.manifold;
        let vertices = manifold.latent().zip(manifold.vertices());
        let fake = snapshot.noise_places().zip(&snapshot.fake);
        Self {
            manifold: manifold.with_vertices(vertices.map(|(from, to)| between(from, to)).collect()),
            fake: fake.map(|(from, to)| between(from, to)).collect(),
            eased,
            fade,
        }
    }

    /// The point between a noise and its sample that is reached now.
    pub(crate) fn between(&self, from: Point, to: &Point) -> Point {
        between(from, to, self.eased)
    }

    pub(crate) const fn manifold(&self) -> &Manifold {
        &self.manifold
    }

    pub(crate) fn fake(&self) -> &[Point] {
        &self.fake
    }

    /// How far other layers have stepped back, 0–1.
    pub(crate) const fn fade(&self) -> f32 {
        self.fade
    }
}

fn between(from: Point, to: &Point, share: f32) -> Point {
    [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]))
}

/// Slow, fast, slow: 3t² − 2t³.
fn ease(progress: f32) -> f32 {
    let t = progress.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::configuration::NoiseDimensions;
    use lab::{Experiment, Inline, Session as _};

    #[test]
    fn it_goes_from_the_noise_to_the_samples_by_way_of_the_middle() {
        for dimensions in [1, 2] {
            let mut configuration = Preset::Ring.configuration();
            configuration.noise.dimensions = NoiseDimensions::new(dimensions).unwrap();
            let snapshot =
                Inline::new(Experiment::new(configuration, 1, lab::Drawing::default()).unwrap()).latest();
            let at = |progress| Warped::of(&snapshot, progress, 1.0);
            let noise: Vec<Point> = snapshot.noise_places().collect();
            let latent: Vec<Point> = snapshot.manifold.latent().collect();
            assert_eq!(
                (at(0.0).fake(), at(0.0).manifold().vertices()),
                (&*noise, &*latent)
            );
            let near = |one: &[Point], other: &[Point]| {
                let apart = |(a, b): (&Point, &Point)| (a[0] - b[0]).abs() + (a[1] - b[1]).abs();
                one.len() == other.len() && one.iter().zip(other).map(apart).all(|apart| apart < 1e-6)
            };
            assert!(near(at(1.0).fake(), &snapshot.fake));
            assert!(near(at(1.0).manifold().vertices(), snapshot.manifold.vertices()));
            let middle = |(from, to): (&Point, &Point)| [0, 1].map(|axis| 0.5 * (from[axis] + to[axis]));
            let halfway: Vec<Point> = noise.iter().zip(&snapshot.fake).map(middle).collect();
            assert!(near(at(0.5).fake(), &halfway));
        }
    }

    #[test]
    fn it_eases_in_and_out_and_never_leaves_its_way() {
        assert_eq!([-1.0, 0.0, 0.5, 1.0, 7.0].map(ease), [0.0, 0.0, 0.5, 1.0, 1.0]);
        assert!(ease(0.05) < 0.01 && ease(0.95) > 0.99);
    }

    /// The warp at a second, and whether another frame is wanted at once.
    fn at(context: &egui::Context, warp: &mut Warp, second: f64, hovered: bool) -> (Option<Warped>, bool) {
        let snapshot = Inline::new(Experiment::preset(Preset::Line, 1)).latest();
        let input = egui::RawInput {
            time: Some(second),
            ..egui::RawInput::default()
        };
        let mut warped = None;
        let mut output = context.run_ui(input, |ui| {
            warped = warp.now(ui, &snapshot);
            warp.follow(ui, hovered);
        });
        output.textures_delta.clear();
        let delay = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        (warped, delay.is_zero())
    }

    #[test]
    fn it_plays_two_seconds_from_when_the_pointer_came_and_ends_when_it_goes() {
        let context = egui::Context::default();
        let mut warp = Warp::default();
        // The repaints that egui itself wants at the start are over.
        for frame in 0..5 {
            at(&context, &mut warp, f64::from(frame), false);
        }
        assert!(at(&context, &mut warp, 9.9, false).0.is_none());
        let (warped, again) = at(&context, &mut warp, 10.0, true);
        assert!(warped.is_none() && again, "it begins with the next frame");
        let places = |warped: Option<Warped>| warped.map(|warped| warped.fake()[0]);
        let snapshot = Inline::new(Experiment::preset(Preset::Line, 1)).latest();
        let expected = |progress| Some(Warped::of(&snapshot, progress, 1.0).fake()[0]);
        for (second, progress, moves) in [
            (10.0, 0.0, true),
            (10.5, 0.25, true),
            (11.0, 0.5, true),
            (12.0, 1.0, false),
            (60.0, 1.0, false),
        ] {
            // egui asks for a second frame of its own after some; the one after tells.
            at(&context, &mut warp, second, true);
            at(&context, &mut warp, second, true);
            let (warped, again) = at(&context, &mut warp, second, true);
            assert_eq!((places(warped), again), (expected(progress), moves), "{second}");
        }
        at(&context, &mut warp, 60.1, false);
        assert!(at(&context, &mut warp, 60.2, false).0.is_none());
        at(&context, &mut warp, 61.0, true);
        assert_eq!(
            places(at(&context, &mut warp, 61.5, true).0),
            expected(0.25),
            "from the beginning"
        );
    }
}
