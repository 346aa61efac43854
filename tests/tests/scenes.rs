//! The paper's three scenes (Kahng et al. 2018, section 6), played by mouse and keyboard in a real window:
//! Alice steps the generator alone and it overshoots; Bob lowers the learning rates and the fake samples
//! stop circling; of three modes all but one are lost.
//!
//! A press of a key is a step, so a scene comes to the same state however fast the machine is. The same
//! run trains in this process too, which shows that what the scene claims is so; and the window's canvas
//! must be that run's picture, pixel for pixel. `GAN_LAB_REFRESH=1` keeps the screenshots as
//! `fixtures/pictures/scene-*.png`, the README's.

use std::sync::Arc;

use egui::{Pos2, Theme, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::{Network, Point, Preset};
use gan_lab::picture;
use gan_lab_tests::desk::{Desk, HEIGHT, Picture, WIDTH, part};
use gan_lab_tests::fixture;
use lab::{Command, Experiment, Inline, Pace, Session, Snapshot, Step};
use views::App;

/// A window, and in this process the same viewer over the same run.
struct Scene {
    desk: Desk,
    twin: Harness<'static, (App, Inline)>,
}

impl Scene {
    /// Begins paused; `None` where there is nothing to open a window on.
    fn begin(preset: Preset, name: &str, seed: u64) -> Option<Self> {
        let seed_words = seed.to_string();
        let desk = Desk::open(&["--paused", "--preset", name, "--seed", &seed_words])?;
        let mut run = Inline::new(Experiment::preset(preset, seed));
        run.send(Command::SetPace(Pace::BRISK));
        let mut twin = Harness::builder()
            .with_size([WIDTH as f32, HEIGHT as f32])
            .build_ui_state(
                |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
                (App::new(), run),
            );
        views::install_style(&twin.ctx);
        twin.ctx.all_styles_mut(|style| style.animation_time = 0.0);
        twin.run_steps(3);
        Some(Self { desk, twin })
    }

    fn run(&mut self) -> &mut Inline {
        &mut self.twin.state_mut().1
    }

    /// Clicks a control of this name, in both.
    fn click(&mut self, name: &str) {
        let place = self.twin.get_by_label(name).rect().center();
        self.desk.click(place.into());
        self.twin.get_by_label(name).click();
        self.twin.run_steps(4);
    }

    /// Presses the key that steps both networks so many times.
    fn epochs(&mut self, count: usize) {
        self.desk.press("s", count);
        self.run().run_epochs(count as u64).unwrap();
        self.twin.run_steps(3);
    }

    /// Presses the key that steps one network so many times.
    fn steps(&mut self, network: Network, count: usize) {
        let (key, step) = match network {
            Network::Generator => ("g", Step::Generator),
            Network::Discriminator => ("d", Step::Discriminator),
        };
        self.desk.press(key, count);
        for _ in 0..count {
            self.run().send(Command::Step(step));
        }
        self.twin.run_steps(3);
    }

    /// Waits until the window's canvas shows what this process' does, and keeps the screenshot. The
    /// lost part of the target is marked if words say that it is lost. Words depend on the epochs
    /// at which a run was looked at: the window may say otherwise, and then shows the same canvas
    /// without marks.
    fn look(&mut self, name: &str) {
        self.desk.point(OUT_OF_THE_WAY.into());
        let canvas = self.twin.get_by_label("Layered distributions").rect();
        let size = [canvas.left(), canvas.top(), canvas.width(), canvas.height()].map(|length| length as u32);
        let (app, run) = self.twin.state_mut();
        let mut canvas = |run: &mut dyn Session| {
            let frame = picture::paint(app, run, [WIDTH, HEIGHT], Theme::Light);
            let whole = Picture::from_raw(WIDTH as u32, HEIGHT as u32, frame.rgb_bytes()).unwrap();
            part(&whole, size)
        };
        let expected = [canvas(run), canvas(&mut WithoutMarks(run.latest()))];
        let what = format!("the canvas of {name} at epoch {}", run.latest().epoch);
        let seen = self
            .desk
            .wait(&what, |picture| expected.contains(&part(picture, size)));
        if std::env::var_os("GAN_LAB_REFRESH").is_some() {
            seen.save(fixture("pictures").join(format!("scene-{name}.png")))
                .unwrap();
        }
    }

    /// The middle of the fake samples.
    fn middle(&mut self) -> Point {
        let snapshot = self.run().latest();
        [0, 1].map(|axis| mean(snapshot.fake.iter().map(|sample| sample[axis])))
    }

    /// The discriminator's mean score of the fake samples.
    fn score(&mut self) -> f32 {
        mean(self.run().latest().fake_scores.iter().copied())
    }

    fn js(&mut self) -> f64 {
        self.run().latest().divergence.js
    }
}

/// A run of which nothing is said to be lost.
struct WithoutMarks(Arc<Snapshot>);

impl Session for WithoutMarks {
    fn send(&mut self, _: Command) {}

    fn latest(&self) -> Arc<Snapshot> {
        let mut diagnosis = (*self.0.diagnosis).clone();
        diagnosis.finding.lost = Vec::new();
        Arc::new(Snapshot {
            diagnosis: diagnosis.into(),
            ..(*self.0).clone()
        })
    }
}

/// A place of the window where nothing reacts to the pointer.
const OUT_OF_THE_WAY: Pos2 = pos2(770.0, 100.0);

fn mean(numbers: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = numbers.len() as f32;
    numbers.sum::<f32>() / count
}

/// Alice trains the generator alone: it follows a discriminator that no longer learns, and runs past the
/// real samples. Then the discriminator alone: it sees through them. Then both: they recover.
#[test]
fn alice_steps_the_generator_alone_and_it_overshoots() {
    let Some(mut scene) = Scene::begin(Preset::Ring, "ring", 12) else {
        return;
    };
    scene.epochs(400);
    let (before, js, [x, _]) = (scene.score(), scene.js(), scene.middle());
    assert!(js < 0.3, "the ring is nearly learnt: {js}");

    scene.click("Step generator");
    scene.steps(Network::Generator, 119);
    let (fooled, past) = (scene.score(), scene.middle()[0]);
    assert!(
        fooled > before + 0.05,
        "the frozen discriminator is fooled: {before} to {fooled}"
    );
    assert!(past > x + 0.2, "beyond the real samples: {x} to {past}");
    assert!(
        scene.js() > js + 0.3,
        "which the fakes resemble less: {}",
        scene.js()
    );
    scene.look("alice-overshoot");

    scene.steps(Network::Discriminator, 60);
    assert_eq!(scene.middle(), [past, scene.middle()[1]], "the generator rests");
    assert!(scene.score() < 0.2, "seen through: {}", scene.score());
    scene.look("alice-seen-through");

    scene.epochs(100);
    assert!(scene.js() < 0.3, "they recover: {}", scene.js());
    scene.look("alice-recovered");
}

/// How often JS turned round by a tenth of a bit or more within a thousand epochs, seen every 25.
fn turns(scene: &mut Scene) -> usize {
    let mut course = Vec::new();
    for _ in 0..40 {
        scene.epochs(25);
        course.push(scene.js());
    }
    let turns = course.windows(3).filter(|around| {
        let (first, second) = (around[1] - around[0], around[2] - around[1]);
        first * second < 0.0 && first.abs() > 0.1
    });
    turns.count()
}

/// Bob gives both networks learning rates that are too high: the fakes circle around the line and never
/// settle. Lower ones, and they come to rest.
#[test]
fn bob_lowers_the_learning_rates_and_the_fakes_stop_circling() {
    let Some(mut scene) = Scene::begin(Preset::Line, "line", 1) else {
        return;
    };
    scene.click("Edit hyper-parameters");
    choose(&mut scene, Network::Generator, "0.1");
    choose(&mut scene, Network::Discriminator, "0.1");
    let circling = turns(&mut scene);
    assert!(circling >= 10, "{circling} turns");
    scene.look("bob-circling");

    choose(&mut scene, Network::Discriminator, "0.01");
    choose(&mut scene, Network::Generator, "0.003");
    let calm = turns(&mut scene);
    assert!(calm <= 1, "{calm} turns");
    assert!(scene.js() < 0.4, "near the line: {}", scene.js());
    scene.look("bob-settled");
}

/// Chooses one of the listed rates.
fn choose(scene: &mut Scene, network: Network, rate: &str) {
    let name = match network {
        Network::Generator => "Generator learning rate",
        Network::Discriminator => "Discriminator learning rate",
    };
    scene.click(name);
    scene.click(rate);
}

/// Three modes, and a generator that makes one of them.
#[test]
fn three_modes_collapse_into_one() {
    let Some(mut scene) = Scene::begin(Preset::Disjoint, "disjoint", 9) else {
        return;
    };
    scene.epochs(1500);
    let snapshot = scene.run().latest();
    let modes = [[0.35, 0.75], [0.75, 0.6], [0.45, 0.35]];
    let near = modes.map(|[x, y]: Point| {
        let near = |sample: &&Point| (sample[0] - x).hypot(sample[1] - y) < 0.1;
        snapshot.fake.iter().filter(near).count()
    });
    assert_eq!(near, [snapshot.fake.len(), 0, 0], "all fakes are in one mode");
    scene.look("mode-collapse");
}
