//! The story of the actions done to a run, told in as few events as the telling needs.
//!
//! The log has an entry for each click. Steps of one network are told as one event as long as they
//! make up at least half of the epochs since the first. Changes of the same hyper-parameter between
//! the same two epochs are told as one, from the old value to the new.

use gan_core::Change;
use gan_core::log::{Action, Log, Stamped};
use gan_core::{Configuration, Network};

/// Something done to a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A hyper-parameter changed.
    Change {
        /// Epochs completed before it took effect.
        epoch: u64,
        /// The old value.
        before: Change,
        /// The new value.
        after: Change,
    },
    /// Updates of one network alone, each counted as an epoch, perhaps with whole epochs between them.
    Steps {
        /// Which network.
        network: Network,
        /// The epoch that the first of them was, counted from 1.
        first: u64,
        /// The epoch that the last of them was.
        last: u64,
        /// How many.
        count: u64,
    },
}

impl Event {
    /// The first epoch concerned.
    #[must_use]
    pub const fn begin(&self) -> u64 {
        match self {
            Self::Change { epoch, .. } => *epoch,
            Self::Steps { first, .. } => *first,
        }
    }

    /// The last epoch concerned.
    #[must_use]
    pub const fn end(&self) -> u64 {
        match self {
            Self::Change { epoch, .. } => *epoch,
            Self::Steps { last, .. } => *last,
        }
    }

    /// Whose hyper-parameter or steps it is; `None` for what concerns both networks.
    #[must_use]
    pub fn network(&self) -> Option<Network> {
        match self {
            Self::Change { after, .. } => after.parameter().network(),
            Self::Steps { network, .. } => Some(*network),
        }
    }
}

/// Everything done to a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In order of where they begin.
    pub events: Vec<Event>,
    /// Actions that are not among them because the log was full.
    pub missing: u64,
}

impl Timeline {
    /// The events of a run that began with this configuration.
    #[must_use]
    pub fn new<const CAPACITY: usize>(began_with: &Configuration, log: &Log<CAPACITY>) -> Self {
        let mut configuration = *began_with;
        let mut events: Vec<Event> = Vec::new();
        // Index of each network's last event of steps.
        let mut steps = [None; 2];
        for Stamped { epoch, action, times } in log.actions() {
            match *action {
                Action::Change(after) => {
                    let before = swap(&mut configuration, after);
                    change(&mut events, *epoch, before, after);
                }
                Action::Step(network) => {
                    let open = &mut steps[network as usize];
                    let (first, last) = (*epoch + 1, *epoch + times);
                    if !open.is_some_and(|place: usize| extend(&mut events[place], first, last)) {
                        *open = Some(events.len());
                        events.push(Event::Steps {
                            network,
                            first,
                            last,
                            count: *times,
                        });
                    }
                }
            }
        }
        events.retain(|event| !matches!(event, Event::Change { before, after, .. } if before == after));
        Self {
            events,
            missing: log.dropped(),
        }
    }
}

/// Adds a change, or lets it replace the one of the same hyper-parameter between the same epochs.
fn change(events: &mut Vec<Event>, epoch: u64, before: Change, after: Change) {
    let of_now = events.iter_mut().rev().take_while(|event| event.end() == epoch);
    for event in of_now {
        if let Event::Change { after: earlier, .. } = event
            && *earlier == before
        {
            *earlier = after;
            return;
        }
    }
    events.push(Event::Change { epoch, before, after });
}

/// Lets steps go on with those from epoch `next` to epoch `end`, if at least half of the epochs up to
/// `next` are steps.
fn extend(steps: &mut Event, next: u64, end: u64) -> bool {
    let Event::Steps {
        first, last, count, ..
    } = steps
    else {
        return false;
    };
    let fits = 2 * (*count + 1) > next - *first;
    if fits {
        *last = end;
        *count += end - next + 1;
    }
    fits
}

/// Makes a change; returns the one that would undo it.
fn swap(configuration: &mut Configuration, change: Change) -> Change {
    let parameter = change.parameter();
    let before = configuration
        .word(parameter)
        .and_then(|word| Change::new(parameter, word).ok());
    *configuration = change.applied_to(*configuration);
    // A hyper-parameter that can change while a run goes on always has a value.
    before.unwrap_or(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::configuration::{LearningRate, Loss, Optimizer};

    fn timeline(actions: impl IntoIterator<Item = (u64, Action)>) -> Timeline {
        let mut log = Log::<2048>::new();
        for (epoch, action) in actions {
            log.push(epoch, action).unwrap();
        }
        Timeline::new(&Preset::Line.configuration(), &log)
    }

    const GENERATOR: Action = Action::Step(Network::Generator);
    const DISCRIMINATOR: Action = Action::Step(Network::Discriminator);

    fn steps(network: Network, first: u64, last: u64, count: u64) -> Event {
        Event::Steps {
            network,
            first,
            last,
            count,
        }
    }

    fn rate(value: f32) -> Change {
        Change::learning_rate(Network::Discriminator, LearningRate::new(value).unwrap())
    }

    #[test]
    fn a_thousand_steps_are_one_event() {
        let clicks = (300..1300).map(|epoch| (epoch, GENERATOR));
        assert_eq!(
            timeline(clicks).events,
            [steps(Network::Generator, 301, 1300, 1000)]
        );
    }

    #[test]
    fn steps_in_turn_are_two_events() {
        let clicks = (0..1000).map(|epoch| (epoch, if epoch % 2 == 0 { DISCRIMINATOR } else { GENERATOR }));
        assert_eq!(
            timeline(clicks).events,
            [
                steps(Network::Discriminator, 1, 999, 500),
                steps(Network::Generator, 2, 1000, 500)
            ]
        );
    }

    #[test]
    fn steps_far_apart_are_told_apart() {
        let clicks = [10, 11, 12, 5000].map(|epoch| (epoch, GENERATOR));
        assert_eq!(
            timeline(clicks).events,
            [
                steps(Network::Generator, 11, 13, 3),
                steps(Network::Generator, 5001, 5001, 1)
            ]
        );
    }

    #[test]
    fn changes_tell_what_was_before() {
        let began = Preset::Line.configuration().discriminator.learning_rate.get();
        let changes = [
            (7, Action::Change(rate(0.3))),
            (9, Action::Change(Change::loss(Loss::LeastSquares))),
            (20, Action::Change(rate(0.01))),
        ];
        let change = |epoch, before, after| Event::Change { epoch, before, after };
        assert_eq!(
            timeline(changes).events,
            [
                change(7, rate(began), rate(0.3)),
                change(9, Change::loss(Loss::Log), Change::loss(Loss::LeastSquares)),
                change(20, rate(0.3), rate(0.01)),
            ]
        );
    }

    #[test]
    fn trying_values_without_training_is_one_change_or_none() {
        let adam = Change::optimizer(Network::Generator, Optimizer::Adam);
        let sgd = Change::optimizer(Network::Generator, Optimizer::Sgd);
        let began = Preset::Line.configuration();
        let back = match began.generator.optimizer {
            Optimizer::Sgd => [adam, sgd],
            Optimizer::Adam => [sgd, adam],
        };
        let tried = [rate(0.3), back[0], rate(0.01), rate(0.001), back[1]];
        assert_eq!(
            timeline(tried.map(|change| (7, Action::Change(change)))).events,
            [Event::Change {
                epoch: 7,
                before: rate(began.discriminator.learning_rate.get()),
                after: rate(0.001)
            }]
        );
    }

    #[test]
    fn what_a_full_log_dropped_is_said() {
        let mut log = Log::<2>::new();
        for epoch in 0..5 {
            let _ = log.push(2 * epoch, GENERATOR);
        }
        let timeline = Timeline::new(&Preset::Line.configuration(), &log);
        assert_eq!(
            (timeline.events.len(), timeline.missing),
            (1, 3),
            "two steps as one event, three unknown"
        );
    }
}
