//! Tasks: each can be done, and is not done by itself.

use gan_core::Change;
use gan_core::configuration::{LearningRate, UpdatesPerEpoch};
use gan_core::{Network, Preset};
use lab::lesson::{self, Progress};
use lab::{Command, Course, Inline, Session as _, Setting, Step};

/// A session at a page of a lesson, as the viewer opens it.
struct Learner {
    run: Inline,
    progress: Progress,
}

impl Learner {
    fn open(number: usize, page: usize) -> Self {
        let lesson = &lesson::all()[number - 1].recording;
        let mut run = Inline::new(lab::Experiment::preset(Preset::Line, 99));
        let mut progress = Progress::begin(lesson.clone()).unwrap();
        (1..page).for_each(|_| assert!(progress.next()));
        run.send(Command::Open(lesson.clone()));
        run.send(Command::Seek(progress.page().stand.as_ref().unwrap().epoch));
        let mut learner = Self { run, progress };
        learner.look();
        assert!(learner.progress.has_arrived(&learner.run.latest()));
        assert!(!learner.done(), "it has just begun");
        learner
    }

    fn look(&mut self) {
        self.progress.observe(&self.run.latest());
    }

    fn done(&self) -> bool {
        self.progress.task().unwrap().1
    }

    fn epochs(&mut self, count: u64) {
        self.run.send(Command::Play);
        for _ in 0..count.div_ceil(20) {
            if self.run.latest().status != lab::Status::Playing {
                break;
            }
            self.run.tick(20);
            self.look();
        }
        self.run.send(Command::Pause);
    }

    fn steps(&mut self, step: Step, count: usize) {
        for _ in 0..count {
            self.run.send(Command::Step(step));
            self.look();
        }
    }

    fn rates(&mut self, generator: f32, discriminator: f32) {
        for (network, rate) in [
            (Network::Generator, generator),
            (Network::Discriminator, discriminator),
        ] {
            let rate = LearningRate::new(rate).unwrap();
            self.run
                .send(Command::Change(Change::learning_rate(network, rate)));
            self.look();
        }
    }

    /// Sets a key of a configuration, as somebody does behind the pencil.
    fn set(&mut self, written: &str) {
        let snapshot = self.run.latest();
        let setting = Setting::written(written, &snapshot.configuration).unwrap();
        let command = setting.command(&snapshot.experiment, &snapshot.configuration);
        self.run.send(command.unwrap());
        self.look();
    }

    fn updates(&mut self, count: u32) {
        let updates = UpdatesPerEpoch::new(count).unwrap();
        let change = Change::updates_per_epoch(Network::Discriminator, updates);
        self.run.send(Command::Change(change));
        self.look();
    }
}

/// Lesson and page of a task; what does it; and what does not, though as much is trained.
type Solution = (usize, usize, fn(&mut Learner), fn(&mut Learner));

const SOLUTIONS: [Solution; 22] = [
    (1, 3, |run| run.epochs(400), |run| run.epochs(99)),
    (1, 5, |run| run.epochs(200), |run| run.steps(Step::Phase, 100)),
    (2, 2, |run| run.steps(Step::Generator, 100), |run| run.epochs(300)),
    (
        2,
        4,
        |run| run.steps(Step::Discriminator, 40),
        |run| run.epochs(300),
    ),
    (
        2,
        6,
        |run| run.epochs(100),
        |run| run.steps(Step::Discriminator, 100),
    ),
    (
        3,
        3,
        |run| {
            run.rates(0.003, 0.01);
            run.epochs(600);
        },
        |run| run.epochs(1500),
    ),
    (
        3,
        5,
        |run| {
            run.rates(0.003, 0.01);
            run.epochs(1000);
        },
        |run| run.epochs(1500),
    ),
    (
        4,
        3,
        |run| {
            run.updates(3);
            run.epochs(400);
        },
        |run| run.epochs(600),
    ),
    (
        4,
        5,
        |run| run.epochs(600),
        |run| {
            run.updates(3);
            run.epochs(600);
        },
    ),
    (5, 4, |run| run.epochs(1500), |run| run.epochs(1400)),
    (
        5,
        6,
        |run| {
            run.updates(3);
            run.epochs(660);
        },
        |run| run.epochs(1500),
    ),
    (6, 4, |run| run.steps(Step::Generator, 110), |run| run.epochs(400)),
    (7, 3, |run| cured(run, "loss=log"), |run| run.epochs(1500)),
    (
        8,
        2,
        |run| cured(run, "instance_noise.deviation=0.2"),
        |run| run.epochs(2000),
    ),
    (
        9,
        3,
        |run| cured(run, "discriminator.learning_rate=0.004"),
        |run| run.epochs(2000),
    ),
    (
        10,
        3,
        |run| cured(run, "discriminator.beta_1=0"),
        |run| run.epochs(2000),
    ),
    (
        11,
        3,
        |run| cured(run, "discriminator.normalization=spectral"),
        |run| run.epochs(2000),
    ),
    (
        12,
        3,
        |run| cured(run, "discriminator.activation=leaky-relu"),
        |run| run.epochs(2000),
    ),
    (
        13,
        3,
        |run| cured(run, "generator.initialization=he"),
        |run| run.epochs(2000),
    ),
    (
        14,
        3,
        |run| cured(run, "loss=wasserstein"),
        |run| run.epochs(2000),
    ),
    (
        15,
        3,
        |run| cured(run, "discriminator.minibatch_kernels=5"),
        |run| run.epochs(2000),
    ),
    (16, 2, |run| run.epochs(3000), |run| run.epochs(2000)),
];

/// One difference from the beginning on, and as many epochs as the lessons have.
fn cured(run: &mut Learner, difference: &str) {
    run.set(difference);
    run.epochs(2000);
}

#[test]
fn every_task_can_be_done_and_is_not_done_by_itself() {
    let tasks: Vec<(usize, usize)> = lesson::all()
        .iter()
        .zip(1..)
        .flat_map(|(lesson, number)| {
            let pages = lesson.recording.narration.pages.iter().zip(1..);
            pages
                .filter(|(page, _)| page.task.is_some())
                .map(move |(_, page)| (number, page))
        })
        .collect();
    assert_eq!(tasks, SOLUTIONS.map(|(lesson, page, ..)| (lesson, page)));
    for (lesson, page, does, does_not) in SOLUTIONS {
        let mut learner = Learner::open(lesson, page);
        does(&mut learner);
        let snapshot = learner.run.latest();
        assert!(
            learner.done(),
            "lesson {lesson}, page {page}: at epoch {} JS is {}",
            snapshot.epoch,
            snapshot.divergence.js
        );
        let mut learner = Learner::open(lesson, page);
        does_not(&mut learner);
        assert!(!learner.done(), "lesson {lesson}, page {page}");
    }
}

#[test]
fn the_recording_s_own_steps_are_not_the_learner_s() {
    let mut learner = Learner::open(2, 2);
    learner.epochs(100);
    let snapshot = learner.run.latest();
    assert_eq!((snapshot.epoch, snapshot.course), (500, Course::Retracing));
    assert!(snapshot.divergence.js > 0.5, "it happens by itself");
    assert!(!learner.done());
    learner.epochs(1000);
    assert_eq!(learner.run.latest().course, Course::Present);
    assert!(!learner.done());
}
