//! Slow motion: the bar at its paces, and every phase of both networks' updates.

use gan_core::Preset;
use lab::{Command, Pace, Session as _, Step};
use views::App;

use crate::{WINDOW, compare, trained};

#[test]
fn the_bar_at_its_paces() {
    let mut run = trained(Preset::Ring.configuration(), 12, 300);
    for (name, pace) in [("slow", Pace::SLOW_MOTION), ("frame", Pace::AS_IN_GAN_LAB)] {
        run.send(Command::SetPace(pace));
        compare(&format!("pace-{name}"), &mut App::new(), &mut run, WINDOW);
    }
}
