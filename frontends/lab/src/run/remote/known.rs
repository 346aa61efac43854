//! Data that both sides know already and that are not sent again. Both sides have the same: the
//! worker as it last sent them, the page as they last came.
//!
//! [`Watch`](crate::run::watch::Watch) takes another `Arc` of an experiment for another run, so the page keeps the
//! ones that came.

use std::sync::Arc;

use gan_core::log::Log;

use crate::recording::LOG_CAPACITY;
use crate::run::backends::Whereabouts;
use crate::{Experiment, PhaseReport, Recording, State};

/// The lasting data of a state's runs.
#[derive(Default)]
pub(super) struct Known {
    /// Data of the first run, or the only one.
    pub(super) first: Option<Lasting>,
    /// Data of the run beside it.
    pub(super) second: Option<Lasting>,
}

impl Known {
    /// All that lasts of this state.
    pub(super) fn of(state: &State) -> Self {
        Self {
            first: Some(Lasting::of(state)),
            second: state.beside.as_ref().map(|beside| Lasting::of(&beside.run)),
        }
    }
}

/// The data of one run that last longer than a state.
pub(super) struct Lasting {
    pub(super) experiment: Arc<Experiment>,
    pub(super) log: Arc<Log<LOG_CAPACITY>>,
    pub(super) forks: Arc<[u64]>,
    pub(super) whereabouts: Arc<Whereabouts>,
    pub(super) phase: Option<Arc<PhaseReport>>,
}

impl Lasting {
    fn of(state: &State) -> Self {
        Self {
            experiment: Arc::clone(&state.experiment),
            log: Arc::clone(&state.log),
            forks: Arc::clone(&state.forks),
            whereabouts: Arc::clone(&state.whereabouts),
            phase: state.phase.clone(),
        }
    }
}

/// Recordings that were opened, by number: they go to the worker once and never come back, so the page's
/// snapshots have the very ones that it opened.
#[derive(Default)]
pub(super) struct Opened {
    next: u64,
    kept: Vec<(u64, Arc<Recording>)>,
}

impl Opened {
    /// Keeps one on the side that opens it; its number.
    pub(super) fn open(&mut self, recording: &Arc<Recording>) -> u64 {
        let number = self.next;
        self.next += 1;
        self.keep(number, Arc::clone(recording));
        number
    }

    /// Keeps one that came with its number.
    pub(super) fn keep(&mut self, number: u64, recording: Arc<Recording>) {
        self.kept.push((number, recording));
    }

    /// The number of one that is kept.
    pub(super) fn number(&self, recording: &Arc<Recording>) -> Option<u64> {
        let found = self.kept.iter().find(|(_, kept)| Arc::ptr_eq(kept, recording));
        found.map(|(number, _)| *number)
    }

    /// The one of this number.
    pub(super) fn numbered(&self, number: u64) -> Option<&Arc<Recording>> {
        let found = self.kept.iter().find(|(kept, _)| *kept == number);
        found.map(|(_, recording)| recording)
    }

    /// They are opened in their order: nobody will ask for those before this one again.
    pub(super) fn forget_before(&mut self, number: u64) {
        self.kept.retain(|(kept, _)| *kept >= number);
    }
}
