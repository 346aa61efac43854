//! Narration of a recording: a title, or a whole lesson.
//!
//! A lesson is a recording with pages. Each says where the recording stands, what to look at and,
//! if it likes, what the learner is to try. The claims of its text stand beside it as conditions,
//! which tests and `gan-lab replay` check against the recorded run, so that a lesson cannot lie.
//!
//! ```toml
//! [narration]
//! title = "What D and G each do"
//! author = "A. Teacher"
//! summary = "One line for a list of lessons."
//!
//! [[narration.page]]               # at most 32
//! title = "Running past the data"
//! text = """
//! Paragraphs, with a blank line between them. A single line break is a space.
//! """
//! epoch = 400                      # the recording stands here; without it, it stays where it was
//! layers = ["real", "fake"]        # the canvas shows these; without it, what it did
//! highlight = ["generator", "canvas"]      # what the text speaks of (`lab::lesson::Component`)
//! holds = ["js below 0.3"]         # what the text claims of that epoch (`lab::lesson::Condition`)
//! of_32_seeds = 29                 # with how many of the seeds 1 to 32 it is so, the run beside included
//! [narration.page.beside]          # a second run, of the same seed, with one difference from its beginning
//! discriminator.updates_per_epoch = 3   # or any key of a configuration: difference = "penalty.kind=r1"
//! holds = ["js below 0.2"]         # and what is claimed of that one
//! [narration.page.task]
//! text = "Step the generator alone until the fake samples leave the ring."
//! hint = "The button with the arrow and the G."
//! done = ["generator.steps at least 60", "js above 0.5"]     # all of these must be so of the learner's run
//! ```

use crate::Setting;
use crate::lesson::{Component, Condition, ShownLayer};

/// Pages of a lesson.
pub const MOST_PAGES: usize = 32;
/// Conditions of a page's claims, or of a task.
pub const MOST_CONDITIONS: usize = 16;
/// Characters of one line: a title, a name, a summary.
pub const MOST_OF_A_LINE: usize = 200;
/// Characters of a page's text, a task's or a hint's.
pub const MOST_OF_A_TEXT: usize = 4000;

/// The narration of a recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narration {
    /// One line.
    pub title: Option<String>,
    /// Who tells it; one line.
    pub author: Option<String>,
    /// The recording's subject; one line.
    pub summary: Option<String>,
    /// Pages, which make it a lesson; at most [`MOST_PAGES`].
    pub pages: Vec<Page>,
}

/// A page of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// One line.
    pub title: String,
    /// Paragraphs with blank lines between them.
    pub text: String,
    /// The recording's moment when the page opens; `None` leaves the run where it is.
    pub stand: Option<Stand>,
    /// Parts of the viewer that the text speaks of; each once.
    pub highlight: Vec<Component>,
    /// Layers that the canvas is to show; each once, `None` leaves it as it is.
    pub layers: Option<Vec<ShownLayer>>,
    /// The learner's task.
    pub task: Option<Task>,
}

/// A moment of the recorded run, and claims about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Completed epochs.
    pub epoch: u64,
    /// The page's claims about that moment; at most [`MOST_CONDITIONS`].
    pub holds: Vec<Condition>,
    /// A second run to compare it with.
    pub beside: Option<Beside>,
    /// With how many of [`SEEDS`](crate::lesson::SEEDS) all that the page claims holds; `None` where nobody counted.
    pub of_32_seeds: Option<u32>,
}

impl Stand {
    /// Whether the page claims anything of the epoch.
    #[must_use]
    pub fn claims(&self) -> bool {
        let of_beside = self
            .beside
            .as_ref()
            .is_some_and(|beside| !beside.holds.is_empty());
        of_beside || !self.holds.is_empty()
    }
}

/// The recorded run once more, with one difference from its beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// The setting in which the run differs.
    pub difference: Setting,
    /// The setting as somebody wrote it, `penalty.kind=r1`; `None` for one that can change while a
    /// run goes on, whose keys say it.
    pub written: Option<String>,
    /// The page's claims about this run, at the same epoch; at most [`MOST_CONDITIONS`].
    pub holds: Vec<Condition>,
}

/// A task for the learner.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Instructions.
    pub text: String,
    /// A hint.
    pub hint: Option<String>,
    /// Conditions on the run that hold when the task has been done; 1 to [`MOST_CONDITIONS`].
    pub done: Vec<Condition>,
}

impl Page {
    /// The text's paragraphs, each as one line.
    pub fn paragraphs(&self) -> impl Iterator<Item = String> + '_ {
        paragraphs(&self.text)
    }
}

/// Paragraphs with blank lines between them, each as one line.
pub fn paragraphs(text: &str) -> impl Iterator<Item = String> + '_ {
    let whole = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n")
        .map(whole)
        .filter(|paragraph| !paragraph.is_empty())
}
