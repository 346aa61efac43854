//! The bar at the top: start, stop, step, begin anew; how far the run is and how it is doing.

use egui::{Align2, Pos2, Rect, Ui, pos2, vec2};
use lab::{Command, Pace, Snapshot, Status, Step};

use crate::icons::Icon;
use crate::status;
use crate::style::{Look, Scale};
use crate::text;
use crate::widgets::{ChoiceButton, IconButton, Pressable};

/// Its height.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(76.0)
}

/// Shows it; returns what was pressed.
pub(crate) fn show(ui: &mut Ui, bar: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
    let s = |length| look.of(length);
    ui.painter().rect_filled(bar, 0.0, look.colours.bar);
    ui.painter()
        .hline(bar.x_range(), bar.bottom(), (1.0, look.colours.hairline));
    let middle = bar.center().y;

    let name = text::bold(
        ui.painter(),
        pos2(bar.left() + s(18.0), middle),
        Align2::LEFT_CENTER,
        "GAN",
        &look.title(),
        look.colours.ink,
    );
    let name = ui.painter().text(
        pos2(name.right() + s(6.0), middle),
        Align2::LEFT_CENTER,
        "Lab",
        look.title(),
        look.colours.text,
    );

    let mut x = name.right() + s(24.0);
    let mut disc = |side: f32, gap: f32| {
        let rect = Rect::from_min_size(pos2(x, middle - 0.5 * s(side)), vec2(s(side), s(side)));
        x = rect.right() + s(gap);
        rect
    };
    let reset = disc(36.0, 10.0);
    let play = disc(54.0, 14.0);
    let steps = [disc(36.0, 4.0), disc(36.0, 4.0), disc(36.0, 0.0)];
    let controls_end = steps[2].right();

    let mut command = None;
    if reset_button(look).show_plain(ui, reset, look).clicked() {
        command = restart(snapshot, snapshot.experiment.seed());
    }
    let (button, pressed) = play_button(snapshot.status, look);
    if button.show_filled(ui, play, look).clicked() {
        command = Some(pressed);
    }
    for ((step, button), disc) in step_buttons(snapshot.status, look).into_iter().zip(steps) {
        let colour = match button.pressable {
            Pressable::Yes => button.colour,
            Pressable::No => look.colours.off,
        };
        if button
            .show_plain(ui, disc.translate(vec2(0.0, -s(5.0))), look)
            .clicked()
        {
            command = Some(Command::Step(step));
        }
        let below = pos2(disc.center().x, disc.bottom() + s(3.0));
        ui.painter()
            .text(below, Align2::CENTER_CENTER, initials(step), look.small(), colour);
    }

    let x = controls_end + s(30.0);
    let epoch = epoch_and_status(ui, pos2(x, middle), snapshot, look);
    // Paces stand still while the epoch grows, up to ten million.
    let paces = pos2(epoch.right().max(x + s(164.0)) + s(18.0), epoch.center().y);
    let from_pace = pace(ui, paces, snapshot.pace, look);
    let from_seed = seed(ui, pos2(bar.right() - s(18.0), middle), snapshot, look);
    command.or(from_pace).or(from_seed)
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

/// The round button, and what it does.
fn play_button(status: Status, look: Look) -> (IconButton<'static>, Command) {
    let (icon, name, hint, command) = match status {
        Status::Playing => (Icon::Pause, "Pause", "Stop training", Command::Pause),
        Status::Paused | Status::Diverged(_) => (Icon::Play, "Play", "Train until paused", Command::Play),
    };
    let button = IconButton {
        icon,
        name,
        hint,
        colour: look.colours.primary,
        pressable: unless_diverged(status),
    };
    (button, command)
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
                "Train the discriminator alone, one update",
                look.colours.discriminator,
            ),
        ),
        (
            Step::Generator,
            button(
                "Step generator",
                "Train the generator alone, one update",
                look.colours.generator,
            ),
        ),
        (
            Step::Both,
            button("Step both", "Train both networks, one epoch", look.colours.ink),
        ),
    ]
}

const fn initials(step: Step) -> &'static str {
    match step {
        Step::Phase => "phase",
        Step::Discriminator => "D",
        Step::Generator => "G",
        Step::Both => "both",
    }
}

const fn unless_diverged(status: Status) -> Pressable {
    match status {
        Status::Diverged(_) => Pressable::No,
        Status::Paused | Status::Playing => Pressable::Yes,
    }
}

/// 'Epoch 005,080', and below it what the run is doing. Returns where the epoch lies.
fn epoch_and_status(ui: &mut Ui, left_middle: Pos2, snapshot: &Snapshot, look: Look) -> Rect {
    let s = |length| look.of(length);
    let baseline = left_middle.y + s(5.0);
    let painter = ui.painter();
    let word = painter.text(
        pos2(left_middle.x, baseline - s(3.0)),
        Align2::LEFT_BOTTOM,
        "Epoch",
        look.name(),
        look.colours.faint,
    );
    let counter = text::epoch_counter(snapshot.epoch);
    let number = painter.text(
        pos2(word.right() + s(8.0), baseline),
        Align2::LEFT_BOTTOM,
        &counter,
        look.figure(),
        look.colours.text,
    );
    let epoch = word.union(number);
    text::announce(ui, epoch, &format!("Epoch {counter}"));
    let colour = match snapshot.status {
        Status::Diverged(_) => look.colours.alarm,
        Status::Paused | Status::Playing => look.colours.faint,
    };
    let place = pos2(left_middle.x, left_middle.y + s(17.0));
    text::label(
        ui,
        place,
        Align2::LEFT_CENTER,
        &status::sentence(snapshot),
        look.body(),
        colour,
    );
    epoch
}

/// How fast to train, its left middle given; returns another pace if one was chosen.
fn pace(ui: &mut Ui, left_middle: Pos2, now: Pace, look: Look) -> Option<Command> {
    let (gap, size) = (look.of(4.0), vec2(look.of(42.0), look.of(21.0)));
    let paces = [
        (
            Pace::AS_IN_GAN_LAB,
            "60/s",
            "Pace 60",
            "At most 60 epochs a second, as in GAN Lab",
        ),
        (Pace::BRISK, "600/s", "Pace 600", "At most 600 epochs a second"),
        (
            Pace::Full,
            "max",
            "Pace full",
            "As many epochs a second as the machine can",
        ),
    ];
    let mut chosen = None;
    let painter = ui.painter();
    let word = painter.text(
        left_middle,
        Align2::LEFT_CENTER,
        "Pace",
        look.name(),
        look.colours.faint,
    );
    let left_middle = pos2(word.right() + 2.0 * gap, left_middle.y);
    for (index, (pace, words, name, hint)) in paces.into_iter().enumerate() {
        let button = ChoiceButton {
            words,
            name,
            hint,
            chosen: pace == now,
            font: look.small(),
        };
        let left = left_middle + vec2(index as f32 * (size.x + gap), -0.5 * size.y);
        if button.show(ui, Rect::from_min_size(left, size), look).clicked() {
            chosen = Some(Command::SetPace(pace));
        }
    }
    chosen
}

/// The epoch in the lower right corner of a view that has no bar.
pub(crate) fn epoch_alone(ui: &mut Ui, window: Rect, snapshot: &Snapshot, look: Look) {
    let place = window.right_bottom() - vec2(look.of(18.0), look.of(10.0));
    let words = format!("Epoch {}", text::epoch_counter(snapshot.epoch));
    text::label(
        ui,
        place,
        Align2::RIGHT_BOTTOM,
        &words,
        look.heading(),
        look.colours.faint,
    );
}

/// The seed and a button for the next one, at the right end.
fn seed(ui: &mut Ui, right_middle: Pos2, snapshot: &Snapshot, look: Look) -> Option<Command> {
    let side = look.of(34.0);
    let disc = Rect::from_center_size(right_middle - vec2(0.5 * side, 0.0), vec2(side, side));
    let button = IconButton {
        icon: Icon::NewSeed,
        name: "New seed",
        hint: "Begin anew with the next seed: other weights, other noise",
        colour: look.colours.text,
        pressable: Pressable::Yes,
    };
    let pressed = button.show_plain(ui, disc, look).clicked();
    let place = pos2(disc.left() - look.of(8.0), right_middle.y);
    let seed = snapshot.experiment.seed();
    text::label(
        ui,
        place,
        Align2::RIGHT_CENTER,
        &format!("Seed {seed}"),
        look.name(),
        look.colours.text,
    );
    // Neighbouring seeds have nothing in common, and a class can say 'now seed 8'.
    pressed.then(|| restart(snapshot, seed.wrapping_add(1))).flatten()
}

/// The same data and networks, with the hyper-parameters of now.
fn restart(snapshot: &Snapshot, seed: u64) -> Option<Command> {
    let experiment = snapshot.experiment.with_seed(seed);
    // The target is the same, and so has the points it needs: never an error.
    let experiment = experiment.with_configuration(snapshot.configuration).ok()?;
    Some(Command::Restart(experiment))
}
