//! How far a learner has come in a lesson: which page, and which tasks are done.
//!
//! Knows no clock and no window: whoever shows it tells it each snapshot and turns its pages.

use std::sync::Arc;

use crate::recording::narration::{Page, Task};
use crate::{Course, Recording, Snapshot};

/// A lesson that is open.
#[derive(Clone, Debug)]
pub struct Progress {
    lesson: Arc<Recording>,
    page: usize,
    /// The run's epoch when the page opened; `None` as long as it is not where the page wants it.
    opened: Option<u64>,
    /// Whose task was done at some moment; one for each page.
    done: Vec<bool>,
}

impl Progress {
    /// At the first page; `None` of a recording without pages.
    #[must_use]
    pub fn begin(lesson: Arc<Recording>) -> Option<Self> {
        let pages = lesson.narration.pages.len();
        (pages > 0).then(|| Self {
            lesson,
            page: 0,
            opened: None,
            done: vec![false; pages],
        })
    }

    /// The lesson.
    #[must_use]
    pub const fn lesson(&self) -> &Arc<Recording> {
        &self.lesson
    }

    /// The page that is open.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.lesson.narration.pages[self.page]
    }

    /// Its number, from 1.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.page + 1
    }

    /// How many pages there are, 1 or more.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.done.len()
    }

    /// Opens the page after this one, if there is one; whether it did.
    pub const fn next(&mut self) -> bool {
        let there_is = self.number() < self.count();
        if there_is {
            self.page += 1;
            self.opened = None;
        }
        there_is
    }

    /// Opens the page before this one, if there is one; whether it did.
    pub const fn back(&mut self) -> bool {
        let there_is = self.page > 0;
        if there_is {
            self.page -= 1;
            self.opened = None;
        }
        there_is
    }

    /// Opens the page once more; a task that was done stays done.
    pub const fn again(&mut self) {
        self.opened = None;
    }

    /// Takes note of the run. A task that was done once stays done.
    pub fn observe(&mut self, snapshot: &Snapshot) {
        // Until the run is where the page wants it, what is seen is from before the page opened.
        if self.opened.is_none() && !self.has_arrived(snapshot) {
            return;
        }
        // A run that began anew or was taken back counts from there.
        let opened = self
            .opened
            .map_or(snapshot.epoch, |opened| opened.min(snapshot.epoch));
        self.opened = Some(opened);
        if self.was_done_by_the_recording(snapshot, opened) {
            return;
        }
        let all_hold = |task: &Task| {
            task.done
                .iter()
                .all(|condition| condition.holds(snapshot, opened))
        };
        self.done[self.page] |= self.page().task.as_ref().is_some_and(all_hold);
    }

    /// Whether the run has followed the recording since the page opened, and something was done to it on
    /// the way: that was not the learner.
    fn was_done_by_the_recording(&self, snapshot: &Snapshot, opened: u64) -> bool {
        let recorded = self.lesson.log.actions();
        let follows = match snapshot.course {
            Course::Retracing => true,
            Course::Present | Course::Past => snapshot.log.actions().starts_with(recorded),
        };
        follows
            && recorded
                .iter()
                .any(|done| (done.epoch >= opened || done.end() > opened) && done.epoch < snapshot.epoch)
    }

    /// Whether the run is where the page wants it, or was since the page opened.
    #[must_use]
    pub fn has_arrived(&self, snapshot: &Snapshot) -> bool {
        let there = |epoch| {
            snapshot.epoch == epoch
                && snapshot.upcoming.is_none()
                && *snapshot.experiment == self.lesson.experiment
        };
        self.opened.is_some() || self.page().stand.as_ref().is_none_or(|stand| there(stand.epoch))
    }

    /// The page's task, and whether it has been done.
    #[must_use]
    pub fn task(&self) -> Option<(&Task, bool)> {
        self.page().task.as_ref().map(|task| (task, self.done[self.page]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Condition;
    use crate::recording::Narration;
    use crate::recording::narration::Stand;
    use crate::{Command, Experiment, Inline, Session as _, Step};
    use gan_core::log::Log;
    use gan_core::{Checkpoints, Preset, Profile as _, Reference};

    fn lesson() -> Arc<Recording> {
        let task = |sentence: &str| {
            let done: Condition = sentence.parse().unwrap();
            Some(Task {
                text: String::new(),
                hint: None,
                done: vec![done],
            })
        };
        let stand = |epoch| {
            Some(Stand {
                epoch,
                holds: Vec::new(),
                beside: None,
                of_32_seeds: None,
            })
        };
        let pages = vec![
            Page {
                stand: stand(0),
                task: task("epochs at least 5"),
                ..Page::default()
            },
            Page::default(),
            Page {
                stand: stand(7),
                task: task("generator.steps at least 2"),
                ..Page::default()
            },
        ];
        Arc::new(Recording {
            profile: Reference::NAME.to_owned(),
            experiment: Experiment::preset(Preset::Line, 1),
            narration: Narration {
                pages,
                ..Narration::default()
            },
            log: Log::new(),
            checkpoints: Checkpoints::new(),
            reached: 0,
        })
    }

    #[test]
    fn pages_turn_both_ways_and_no_further() {
        let mut progress = Progress::begin(lesson()).unwrap();
        assert!(!progress.back());
        assert_eq!((progress.number(), progress.count()), (1, 3));
        assert!(progress.next() && progress.next() && !progress.next());
        assert_eq!(progress.number(), 3);
        assert!(progress.back());
        assert_eq!((progress.number(), progress.task()), (2, None));
        let mut bare = (*lesson()).clone();
        bare.narration.pages.clear();
        assert!(Progress::begin(Arc::new(bare)).is_none());
    }

    #[test]
    fn a_task_counts_from_where_its_page_opened_and_stays_done() {
        let mut progress = Progress::begin(lesson()).unwrap();
        let mut run = Inline::new(Experiment::preset(Preset::Line, 2));
        let done = |progress: &Progress| progress.task().unwrap().1;
        run.run_epochs(9).unwrap();
        progress.observe(&run.latest());
        assert!(!done(&progress), "another run than the lesson's");
        run.send(Command::Restart(Experiment::preset(Preset::Line, 1)));
        progress.observe(&run.latest());
        run.run_epochs(4).unwrap();
        progress.observe(&run.latest());
        assert!(!done(&progress));
        run.run_epochs(1).unwrap();
        progress.observe(&run.latest());
        assert!(done(&progress));

        // Steps done before the run is where the page wants it do not count for the page.
        assert!(progress.next() && progress.next());
        for _ in 0..2 {
            assert!(!progress.has_arrived(&run.latest()));
            run.send(Command::Step(Step::Generator));
            progress.observe(&run.latest());
        }
        assert!(progress.has_arrived(&run.latest()) && !done(&progress));
        for expected in [false, true] {
            run.send(Command::Step(Step::Generator));
            progress.observe(&run.latest());
            assert_eq!(done(&progress), expected);
        }
        run.send(Command::Restart(Experiment::preset(Preset::Line, 1)));
        progress.observe(&run.latest());
        assert!(done(&progress), "once done, done");
        assert!(progress.back() && progress.next() && done(&progress));
    }
}
