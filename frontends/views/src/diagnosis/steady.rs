//! Words that stand still long enough to be read. A run that plays is judged many times a second, and between two
//! words one is now on this side of a threshold and now on that; so another word is said only when it has held for a
//! while, and figures change twice a second. A run that rests is said as it is.

use std::sync::Arc;

use lab::{Diagnosis, Experiment, Snapshot, Word};

/// Seconds that another word has to hold.
const HOLD: f64 = 0.7;
/// Seconds that a word is said at least.
const LEAST: f64 = 1.5;
/// Seconds that figures are said.
const FIGURES: f64 = 0.5;

/// The diagnosis shown of a run.
#[derive(Default)]
pub(super) struct Steady {
    said: Option<Said>,
    /// Another word, and since when it holds.
    waiting: Option<(Word, f64)>,
}

struct Said {
    diagnosis: Arc<Diagnosis>,
    run: Arc<Experiment>,
    /// Time since which the word is shown.
    word: f64,
    /// Time since which the figures are shown.
    figures: f64,
}

impl Steady {
    /// The diagnosis shown; `None` before the first.
    pub(super) fn said(&self) -> Option<&Arc<Diagnosis>> {
        self.said.as_ref().map(|said| &said.diagnosis)
    }

    /// Takes note of what was found, `now` in seconds.
    pub(super) fn follow(&mut self, now: f64, snapshot: &Snapshot, playing: bool) {
        self.consider(now, &snapshot.experiment, &snapshot.diagnosis, playing);
    }

    fn consider(&mut self, now: f64, run: &Arc<Experiment>, found: &Arc<Diagnosis>, playing: bool) {
        let word = found.word();
        let at_once = !playing || word == Word::Diverged;
        let Some(said) = self
            .said
            .as_mut()
            .filter(|said| !at_once && Arc::ptr_eq(&said.run, run) && said.diagnosis.epoch <= found.epoch)
        else {
            self.say(now, run, found);
            return;
        };
        if said.diagnosis.word() == word {
            self.waiting = None;
            if now - said.figures >= FIGURES {
                said.diagnosis = Arc::clone(found);
                said.figures = now;
            }
            return;
        }
        let begun = match self.waiting {
            Some((waiting, begun)) if waiting == word => begun,
            _ => now,
        };
        self.waiting = Some((word, begun));
        if now - begun >= HOLD && now - said.word >= LEAST {
            self.say(now, run, found);
        }
    }

    fn say(&mut self, now: f64, run: &Arc<Experiment>, found: &Arc<Diagnosis>) {
        self.waiting = None;
        self.said = Some(Said {
            diagnosis: Arc::clone(found),
            run: Arc::clone(run),
            word: now,
            figures: now,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Change;
    use gan_core::Network;
    use gan_core::Preset;
    use gan_core::configuration::LearningRate;
    use lab::{Command, Inline, Session as _};

    /// A run that has hardly begun, and the same long after.
    fn found() -> (Arc<Experiment>, [Arc<Diagnosis>; 2]) {
        let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
        let early = run.latest();
        // D alone: G learns nothing.
        let none = LearningRate::new(0.000_001).unwrap();
        run.send(Command::Change(Change::learning_rate(Network::Generator, none)));
        run.run_epochs(6_000).unwrap();
        let late = run.latest();
        let found = [&early, &late].map(|snapshot| Arc::clone(&snapshot.diagnosis));
        assert_ne!(found[0].word(), found[1].word());
        (Arc::clone(&early.experiment), found)
    }

    #[test]
    fn another_word_is_said_when_it_has_held_and_not_when_it_comes_and_goes() {
        let (run, [early, late]) = found();
        let mut steady = Steady::default();
        steady.consider(0.0, &run, &early, true);
        assert_eq!(steady.said().unwrap().word(), early.word());
        let mut time = 0.0;
        // Back and forth for ten seconds.
        for frame in 0..600 {
            time = f64::from(frame) / 60.0;
            let mut now = (**if frame % 20 < 10 { &late } else { &early }).clone();
            now.epoch = 6_000;
            steady.consider(time, &run, &Arc::new(now), true);
            assert_eq!(steady.said().unwrap().word(), early.word(), "{time}");
        }
        // And then it stays.
        let mut since = None;
        for frame in 1..=120 {
            let now = time + f64::from(frame) / 60.0;
            steady.consider(now, &run, &late, true);
            if steady.said().unwrap().word() == late.word() {
                since = since.or(Some(now - time));
            }
        }
        assert!(
            since.is_some_and(|since| (HOLD..HOLD + 0.1).contains(&since)),
            "{since:?}"
        );
    }

    #[test]
    fn a_run_that_rests_or_is_another_is_said_at_once() {
        let (run, [early, late]) = found();
        let mut steady = Steady::default();
        steady.consider(0.0, &run, &early, true);
        steady.consider(0.1, &run, &late, false);
        assert_eq!(steady.said().unwrap().word(), late.word());
        // Back in its past.
        steady.consider(0.2, &run, &early, true);
        assert_eq!(steady.said().unwrap().word(), early.word());
        let other = Arc::new(Experiment::preset(Preset::Line, 3));
        steady.consider(0.3, &other, &late, true);
        assert_eq!(steady.said().unwrap().word(), late.word());
    }
}
