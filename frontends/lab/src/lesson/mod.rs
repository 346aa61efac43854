//! Lessons: recordings with pages, whose claims are checked.
//!
//! A lesson is a [`Recording`] with [pages](crate::recording::narration). [`Condition`]s
//! say what a page claims and when a task is done, in one small language judged by one piece of code:
//! [`examine`] asks it of the recorded run, [`Progress`] of the learner's. [`Component`] and
//! [`ShownLayer`] are the words with which a page points at what the viewer shows.

mod component;
pub(crate) mod condition;
mod examination;
mod exhibits;
mod judging;
mod progress;
mod seeds;

use std::sync::{Arc, LazyLock};

use crate::Recording;

pub use component::{Component, ShownLayer, Unknown};
pub use condition::{Bound, Condition, Diagnosed, NoCondition, Quantity, Said};
pub use examination::{Claimed, NotExamined, Verdict, differing, examine};
pub use exhibits::{Exhibit, exhibits};
pub use judging::{Reading, SWING};
pub use progress::Progress;
pub use seeds::{SEEDS, of_seed};

/// A lesson that comes with the program.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its file's name, without the folder.
    pub file: &'static str,
    /// Its file's text.
    pub text: &'static str,
    /// The recording that the text describes.
    pub recording: Arc<Recording>,
}

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../../../fixtures/lessons/", $file)))),*]
    };
}

/// In the order in which a beginner takes them.
static TEXTS: [(&str, &str); 16] = files![
    "1-first-training.toml",
    "2-one-network-alone.toml",
    "3-learning-rates.toml",
    "4-a-stronger-discriminator.toml",
    "5-mode-collapse.toml",
    "6-reading-the-losses.toml",
    "7-a-discriminator-too-strong.toml",
    "8-noise-for-the-judge.toml",
    "9-fooling-a-slow-judge.toml",
    "10-round-and-round.toml",
    "11-exploding-gradients.toml",
    "12-dead-units.toml",
    "13-the-first-weights.toml",
    "14-diverged.toml",
    "15-several-at-once.toml",
    "16-is-it-done.toml",
];

/// The lessons that come with the program, in the order in which a beginner takes them.
#[must_use]
pub fn all() -> &'static [Lesson] {
    static ALL: LazyLock<Vec<Lesson>> = LazyLock::new(|| {
        let lesson = |(file, text): &(&'static str, &'static str)| {
            let (recording, _) = Recording::parse(text.as_bytes())
                .unwrap_or_else(|problem| panic!("the tests read every lesson; {file}: {problem}"));
            Lesson {
                file,
                text,
                recording: Arc::new(recording),
            }
        };
        TEXTS.iter().map(lesson).collect()
    });
    &ALL
}
