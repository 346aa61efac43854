//! The bar at the top: start, stop, step, begin anew, how fast; how far the run is and how it is doing.

mod narrow;
mod pace_scale;
mod pace_slider;

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Ui, pos2, vec2};
use lab::{Command, Pace, Snapshot, Status, Step, Stride};

pub(crate) use self::narrow::{Asked as AskedOfNarrow, height as narrow_height};
use self::pace_scale::Toward;
use crate::icons::Icon;
use crate::stops::Stops;
use crate::style::{Look, Scale};
use crate::text;
use crate::widgets::{IconButton, Pressable};

/// Its height.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(76.0)
}

/// Between the seed and the buttons of the window itself.
const BEFORE_WINDOW_BUTTONS: f32 = 32.0;

/// Places of the controls that a lesson can point at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    pub(crate) play: Rect,
    pub(crate) steps: Rect,
    pub(crate) pace: Rect,
}

/// Parts of the bar that belong to others.
pub(crate) struct Others<'a> {
    /// About the run.
    pub(crate) sentence: &'a str,
    /// When it is to pause by itself.
    pub(crate) stops: &'a mut Stops,
    /// So much room stays free at its right end, for the buttons of the window itself.
    pub(crate) window_buttons: f32,
}

/// The bar, and what it remembers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TopBar {
    /// The pace that slow motion goes back to.
    usual: Pace,
    /// Places when the bar was last shown.
    places: Places,
}

impl TopBar {
    pub(crate) const fn new() -> Self {
        Self {
            usual: Pace::BRISK,
            places: Places {
                play: Rect::NOTHING,
                steps: Rect::NOTHING,
                pace: Rect::NOTHING,
            },
        }
    }

    /// Places of its controls, once it was shown.
    pub(crate) const fn places(&self) -> Places {
        self.places
    }

    /// Paints the background, and remembers the pace to come back to from slow motion.
    fn begin(&mut self, ui: &Ui, bar: Rect, snapshot: &Snapshot, look: Look) {
        if snapshot.pace.stride() == Stride::Epoch {
            self.usual = snapshot.pace;
        }
        ui.painter().rect_filled(bar, 0.0, look.colours.bar);
        ui.painter()
            .hline(bar.x_range(), bar.bottom(), (1.0, look.colours.hairline));
    }

    /// Shows it, with what else stands in it; returns what was pressed.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        bar: Rect,
        snapshot: &Snapshot,
        others: Others<'_>,
        look: Look,
    ) -> Vec<Command> {
        let Others {
            sentence,
            stops,
            window_buttons,
        } = others;
        let s = |length| look.of(length);
        self.begin(ui, bar, snapshot, look);
        let middle = bar.center().y;
        let title_end = title(ui, pos2(bar.left() + s(18.0), middle), look);
        let (mut commands, buttons_end) = self.buttons(ui, pos2(title_end + s(20.0), middle), snapshot, look);
        let seed_end = pos2(
            bar.right() - s(18.0 + BEFORE_WINDOW_BUTTONS) - window_buttons,
            middle,
        );
        let seed_start = seed_end.x - seed_width(ui, snapshot, look);

        // The room left between them: the epoch, as wide as its sentence needs, and the slider.
        let (start, end) = (buttons_end + s(22.0), seed_start - s(22.0));
        let epoch_width = (0.44 * (end - start)).min(s(224.0));
        let left_middle = pos2(start, middle);
        let number = epoch_and_status(ui, left_middle, epoch_width, snapshot, sentence, look);
        stops.button(ui, number.right_center() + vec2(s(6.0), 0.0), snapshot, look);
        let slider_start = start + epoch_width + s(14.0);
        let slider = Rect::from_min_max(
            pos2(slider_start, bar.top() + s(4.0)),
            pos2(end.min(slider_start + s(300.0)), bar.bottom() - s(4.0)),
        );
        self.places.pace = slider;
        let from_pace = pace_slider::show(ui, slider, snapshot.pace, look).map(Command::SetPace);
        // After the slider: the keyboard goes from left to right.
        let from_seed = seed(ui, seed_end, snapshot, look);
        commands.extend(from_pace.into_iter().chain(from_seed));
        commands
    }

    /// Round buttons from the left; returns what was pressed, and where they end.
    fn buttons(
        &mut self,
        ui: &mut Ui,
        left_middle: Pos2,
        snapshot: &Snapshot,
        look: Look,
    ) -> (Vec<Command>, f32) {
        let s = |length| look.of(length);
        let Pos2 { mut x, y } = left_middle;
        let mut disc = |side: f32, gap: f32| {
            let rect = Rect::from_min_size(pos2(x, y - 0.5 * s(side)), vec2(s(side), s(side)));
            x = rect.right() + s(gap);
            rect
        };
        let reset_disc = disc(36.0, 8.0);
        let play_disc = disc(54.0, 8.0);
        let slow_disc = disc(36.0, 8.0);
        let steps = [disc(36.0, 0.0), disc(36.0, 0.0), disc(36.0, 0.0)];

        self.places.play = play_disc;
        // With the letters below them.
        let steps_row = steps[0].union(steps[2]).translate(vec2(0.0, -s(5.0)));
        self.places.steps = steps_row.with_max_y(steps_row.bottom() + s(14.0));

        let mut commands = Vec::new();
        if reset_button(look).show_plain(ui, reset_disc, look).clicked() {
            commands.extend(reset(snapshot));
        }
        if play_button(snapshot.status_of_both(), look)
            .show_filled(ui, play_disc, look)
            .clicked()
        {
            commands.extend(play_or_pause(snapshot));
        }
        let slow = snapshot.pace.stride() == Stride::Phase;
        if slow_motion_button(look)
            .show_toggle(ui, slow_disc, slow, look)
            .clicked()
        {
            commands.push(self.toggle_slow_motion(snapshot));
        }
        for ((step, button), disc) in step_buttons(snapshot.status_of_both(), look)
            .into_iter()
            .zip(steps)
        {
            let colour = match button.pressable {
                Pressable::Yes => button.colour,
                Pressable::No => look.colours.off,
            };
            if button
                .show_plain(ui, disc.translate(vec2(0.0, -s(5.0))), look)
                .clicked()
            {
                commands.push(Command::Step(step));
            }
            let below = pos2(disc.center().x, disc.bottom() + s(3.0));
            let words = match step {
                Step::Phase => "phase",
                Step::Discriminator => "D",
                Step::Generator => "G",
                Step::Both => "both",
            };
            ui.painter()
                .text(below, Align2::CENTER_CENTER, words, look.small(), colour);
        }
        (commands, steps[2].right())
    }

    /// Into slow motion, or from there to the pace before.
    pub(crate) const fn toggle_slow_motion(&self, snapshot: &Snapshot) -> Command {
        Command::SetPace(match snapshot.pace.stride() {
            Stride::Phase => self.usual,
            Stride::Epoch => Pace::SLOW_MOTION,
        })
    }
}

/// The command of the round button; nothing if the run diverged.
pub(crate) fn play_or_pause(snapshot: &Snapshot) -> Option<Command> {
    match snapshot.status_of_both() {
        Status::Playing => Some(Command::Pause),
        Status::Paused => Some(Command::Play),
        Status::Diverged(_) => None,
    }
}

/// The same run again.
pub(crate) fn reset(snapshot: &Snapshot) -> Option<Command> {
    restart(snapshot, snapshot.experiment.seed())
}

/// The same run from the next seed. Neighbouring seeds have nothing in common, and a class can say 'now
/// seed 8'.
pub(crate) fn new_seed(snapshot: &Snapshot) -> Option<Command> {
    restart(snapshot, snapshot.experiment.seed().wrapping_add(1))
}

/// The pace a little slower.
pub(crate) fn slower(snapshot: &Snapshot) -> Command {
    Command::SetPace(pace_scale::stepped(snapshot.pace, Toward::Slower))
}

/// The pace a little faster.
pub(crate) fn faster(snapshot: &Snapshot) -> Command {
    Command::SetPace(pace_scale::stepped(snapshot.pace, Toward::Faster))
}

/// The program's name; returns where it ends.
fn title(ui: &Ui, left_middle: Pos2, look: Look) -> f32 {
    let name = text::bold(
        ui.painter(),
        left_middle,
        Align2::LEFT_CENTER,
        "GAN",
        &look.title(),
        look.colours.ink,
    );
    let name = ui.painter().text(
        pos2(name.right() + look.of(6.0), left_middle.y),
        Align2::LEFT_CENTER,
        "Lab",
        look.title(),
        look.colours.text,
    );
    name.right()
}

fn reset_button(look: Look) -> IconButton<'static> {
    IconButton {
        icon: Icon::Reset,
        name: "Reset",
        hint: "Begin anew with the same seed",
        colour: look.colours.ink,
        pressable: Pressable::Yes,
    }
}

fn slow_motion_button(look: Look) -> IconButton<'static> {
    IconButton {
        icon: Icon::SlowMotion,
        name: "Slow motion",
        hint: "Phase by phase, each explained; again to go back to the pace before",
        colour: look.colours.ink,
        pressable: Pressable::Yes,
    }
}

/// The round button.
fn play_button(status: Status, look: Look) -> IconButton<'static> {
    let (icon, name, hint) = match status {
        Status::Playing => (Icon::Pause, "Pause", "Stop training"),
        Status::Paused | Status::Diverged(_) => (Icon::Play, "Play", "Train until paused"),
    };
    IconButton {
        icon,
        name,
        hint,
        colour: look.colours.primary,
        pressable: unless_diverged(status),
    }
}

fn step_buttons(status: Status, look: Look) -> [(Step, IconButton<'static>); 3] {
    let button = |name, hint, colour| IconButton {
        icon: Icon::Step,
        name,
        hint,
        colour,
        pressable: unless_diverged(status),
    };
    [
        (
            Step::Discriminator,
            button(
                "Step discriminator",
                "Train the discriminator alone, one update; counts as an epoch",
                look.colours.discriminator,
            ),
        ),
        (
            Step::Generator,
            button(
                "Step generator",
                "Train the generator alone, one update; counts as an epoch",
                look.colours.generator,
            ),
        ),
        (
            Step::Both,
            button("Step both", "Train both networks, one epoch", look.colours.ink),
        ),
    ]
}

pub(crate) const fn unless_diverged(status: Status) -> Pressable {
    match status {
        Status::Diverged(_) => Pressable::No,
        Status::Paused | Status::Playing => Pressable::Yes,
    }
}

/// Shows 'Epoch 005,080', and below it the sentence about the run, in as many lines as that takes.
/// Returns the place of the number.
fn epoch_and_status(
    ui: &mut Ui,
    left_middle: Pos2,
    width: f32,
    snapshot: &Snapshot,
    sentence: &str,
    look: Look,
) -> Rect {
    let s = |length| look.of(length);
    let colour = match snapshot.status_of_both() {
        Status::Diverged(_) => look.colours.alarm,
        Status::Paused | Status::Playing => look.colours.faint,
    };
    let painter = ui.painter();
    let below = painter.layout(sentence.to_owned(), look.small(), colour, width);
    // Two lines take the room of one more above and below.
    let top = pos2(
        left_middle.x,
        left_middle.y + s(10.0) - 0.5 * (below.size().y - s(14.0)),
    );
    let baseline = top.y - s(3.0);
    let word = painter.text(
        pos2(left_middle.x, baseline - s(3.0)),
        Align2::LEFT_BOTTOM,
        "Epoch",
        look.name(),
        look.colours.faint,
    );
    let counter = text::epoch_counter(snapshot.epoch_of_both());
    let number = painter.text(
        pos2(word.right() + s(8.0), baseline),
        Align2::LEFT_BOTTOM,
        &counter,
        look.figure(),
        look.colours.text,
    );
    let place = Rect::from_min_size(top, below.size());
    painter.galley(top, below, colour);
    text::announce(ui, word.union(number), &format!("Epoch {counter}"));
    text::announce(ui, place, sentence);
    number
}

/// The epoch in the lower right corner of a view that has no bar.
pub(crate) fn epoch_alone(ui: &mut Ui, window: Rect, snapshot: &Snapshot, look: Look) {
    let place = window.right_bottom() - vec2(look.of(18.0), look.of(10.0));
    let words = format!("Epoch {}", text::epoch_counter(snapshot.epoch_of_both()));
    text::label(
        ui,
        place,
        Align2::RIGHT_BOTTOM,
        &words,
        look.heading(),
        look.colours.faint,
    );
}

/// Digits from which a seed is written smaller.
const LONG_SEED: u64 = 10_000_000;

/// Lengths before scaling: of the button for the next seed, and before it.
const DIE: f32 = 34.0;
const BEFORE_DIE: f32 = 4.0;

/// The seed in words, as small as it must be.
fn seed_words(ui: &Ui, snapshot: &Snapshot, look: Look) -> Arc<Galley> {
    let seed = snapshot.experiment.seed();
    let font = if seed < LONG_SEED {
        look.name()
    } else {
        look.small()
    };
    ui.painter()
        .layout_no_wrap(format!("Seed {seed}"), font, look.colours.text)
}

/// How much room [`seed`] takes.
fn seed_width(ui: &Ui, snapshot: &Snapshot, look: Look) -> f32 {
    seed_words(ui, snapshot, look).size().x + look.of(BEFORE_DIE) + look.of(DIE)
}

/// The seed and a button for the next one, their right middle given.
fn seed(ui: &mut Ui, right_middle: Pos2, snapshot: &Snapshot, look: Look) -> Option<Command> {
    let side = look.of(DIE);
    let disc = Rect::from_center_size(right_middle - vec2(0.5 * side, 0.0), vec2(side, side));
    let button = IconButton {
        icon: Icon::NewSeed,
        name: "New seed",
        hint: "Begin anew with the next seed: other weights, other noise",
        colour: look.colours.text,
        pressable: Pressable::Yes,
    };
    let pressed = button.show_plain(ui, disc, look).clicked();
    let words = seed_words(ui, snapshot, look);
    let end = pos2(disc.left() - look.of(BEFORE_DIE), right_middle.y);
    let place = Align2::RIGHT_CENTER.anchor_size(end, words.size());
    text::announce(ui, place, words.text());
    ui.painter().galley(place.min, words, look.colours.text);
    pressed.then(|| new_seed(snapshot)).flatten()
}

/// The same data and networks, with the hyper-parameters of now.
fn restart(snapshot: &Snapshot, seed: u64) -> Option<Command> {
    let experiment = snapshot.experiment.with_seed(seed);
    // The target is the same, and so has the points it needs: never an error.
    let experiment = experiment.with_configuration(snapshot.configuration).ok()?;
    Some(Command::Restart(experiment))
}
