//! A gallery's exhibits: a run that fails, and beside it the same run with one difference that
//! cures it.
//!
//! Each is a page of a lesson, so text, runs and claims are those that the lessons' tests check.

use std::sync::Arc;

use super::{Claimed, all, differing};
use crate::Recording;
use crate::recording::narration::{Page, Stand};

/// A failure and its cure.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// The lesson's file, without its ending: `7-a-discriminator-too-strong`.
    pub name: &'static str,
    /// The lesson.
    pub lesson: &'static Arc<Recording>,
    /// The page that shows both.
    pub page: &'static Page,
    /// Which of its two runs fails.
    pub fails: Claimed,
}

/// Files, numbers of pages, and which run fails.
const PAGES: [(&str, usize, Claimed); 9] = [
    ("7-a-discriminator-too-strong.toml", 4, Claimed::Recorded),
    ("8-noise-for-the-judge.toml", 3, Claimed::Recorded),
    ("9-fooling-a-slow-judge.toml", 4, Claimed::Recorded),
    ("10-round-and-round.toml", 4, Claimed::Recorded),
    ("11-exploding-gradients.toml", 4, Claimed::Recorded),
    ("12-dead-units.toml", 4, Claimed::Recorded),
    ("13-the-first-weights.toml", 4, Claimed::Recorded),
    ("14-diverged.toml", 4, Claimed::Beside),
    ("15-several-at-once.toml", 4, Claimed::Recorded),
];

/// All of them, in the lessons' order.
pub fn exhibits() -> impl Iterator<Item = Exhibit> {
    PAGES.into_iter().map(|(file, page, fails)| {
        let lesson = all().iter().find(|lesson| lesson.file == file);
        let lesson = lesson.expect("the test below finds each");
        Exhibit {
            name: file.trim_end_matches(".toml"),
            lesson: &lesson.recording,
            page: &lesson.recording.narration.pages[page - 1],
            fails,
        }
    })
}

impl Exhibit {
    /// Completed epochs at which both are shown.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.page.stand.as_ref().map_or(0, |stand| stand.epoch)
    }

    /// The run that fails, and the one that does not, without what is told of them.
    #[must_use]
    pub fn failure_and_cure(&self) -> [Recording; 2] {
        let bare = Recording {
            narration: crate::recording::Narration::default(),
            ..(**self.lesson).clone()
        };
        let beside = self
            .page
            .stand
            .as_ref()
            .and_then(|Stand { beside, .. }| beside.as_ref());
        let beside = beside.map_or_else(|| bare.clone(), |beside| differing(&bare, beside.difference));
        match self.fails {
            Claimed::Recorded => [bare, beside],
            Claimed::Beside => [beside, bare],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shows_two_runs_that_differ() {
        for exhibit in exhibits() {
            assert!(exhibit.epoch() > 0, "{}", exhibit.name);
            let [failure, cure] = exhibit.failure_and_cure();
            assert_ne!(failure.experiment, cure.experiment, "{}", exhibit.name);
            assert_eq!(failure.experiment.seed(), cure.experiment.seed());
        }
    }
}
