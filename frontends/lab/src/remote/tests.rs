//! Both sides joined by hand, with a clock that goes only when it is read.

use std::cell::Cell;
use std::sync::Arc;

use gan_core::Preset;

use super::*;
use crate::{Command, Experiment, Inline, Session as _, Snapshot, Status, Step};

thread_local! {
    static NOW: Cell<Duration> = const { Cell::new(Duration::from_secs(3)) };
}

/// Each look at it takes a fifth of a millisecond.
fn clock() -> Duration {
    NOW.set(NOW.get() + Duration::from_micros(200));
    NOW.get()
}

fn pass(time: Duration) {
    NOW.set(NOW.get() + time);
}

/// A page and its worker.
struct Pair {
    page: Remote,
    worker: Worker,
    /// Messages that the worker sent.
    sent: usize,
}

impl Pair {
    fn new(experiment: Experiment) -> Self {
        Self {
            page: Remote::new(experiment, clock),
            worker: Worker::new(clock),
            sent: 0,
        }
    }

    /// A frame of the page, a turn of the worker.
    fn frame(&mut self) -> (Arc<Snapshot>, Turn) {
        let seen = self.page.latest();
        for message in self.page.take_messages() {
            self.worker.receive(&message).unwrap();
        }
        let turn = self.worker.turn();
        for message in self.worker.take_messages() {
            self.sent += 1;
            self.page.receive(&message).unwrap();
        }
        (seen, turn)
    }

    /// Until both rest.
    fn rest(&mut self) -> Arc<Snapshot> {
        for _ in 0..100_000 {
            let sent = self.sent;
            match self.frame().1 {
                Turn::Again => {}
                Turn::After(time) => pass(time),
                Turn::Resting if self.sent == sent && self.page.turn() == Turn::Resting => {
                    return self.page.latest();
                }
                Turn::Resting => {}
            }
        }
        panic!("it never rests; at {}", self.page.latest().epoch);
    }
}

#[test]
fn a_remote_run_is_the_inline_run() {
    let experiment = Experiment::preset(Preset::Line, 5);
    let mut pair = Pair::new(experiment.clone());
    pair.page.send(Command::Play);
    while pair.frame().0.epoch < 200 {}
    pair.page.send(Command::Step(Step::Both));
    let paused = pair.rest();
    assert_eq!(paused.status, Status::Paused);
    let mut inline = Inline::new(experiment);
    inline.run_epochs(paused.epoch).unwrap();
    assert_eq!(paused.fake, inline.latest().fake);
    assert_eq!(paused.divergence, inline.latest().divergence);
}
