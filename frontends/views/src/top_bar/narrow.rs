//! The bar of a narrow window. The first row has the buttons that a thumb needs most, and the
//! epoch; a second one has the pace and the steps of one network, unless there is room beside. All
//! else is in the menu.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Rect, Ui, pos2, vec2};
use lab::{Command, Snapshot, Status, Step, Stride};

use super::{TopBar, pace_slider, play_button, play_or_pause, reset, reset_button, slow_motion_button};
use crate::icons::Icon;
use crate::style::{Look, Scale};
use crate::text;
use crate::widgets::{IconButton, Pressable};

/// Lengths before scaling: of the rows, of a button, of the round one, and the width that wants one row.
const FIRST: f32 = 60.0;
const SECOND: f32 = 46.0;
const SIDE: f32 = 42.0;
const PLAY: f32 = 50.0;
const ONE_ROW: f32 = 620.0;
/// The epoch's width, where there is one row.
const EPOCH: f32 = 156.0;
/// Lines of the sentence about the run.
const LINES: usize = 3;

/// Its height in a window of this width.
pub(crate) fn height(width: f32, scale: Scale) -> f32 {
    if has_one_row(width, scale) {
        scale.of(FIRST)
    } else {
        scale.of(FIRST) + scale.of(SECOND)
    }
}

fn has_one_row(width: f32, scale: Scale) -> bool {
    width >= scale.of(ONE_ROW)
}

/// The control that was pressed.
pub(crate) enum Asked {
    /// Something of the run.
    Run(Box<Command>),
    /// The menu.
    Menu,
}

impl TopBar {
    /// Shows it, with a sentence about the run.
    pub(crate) fn show_narrow(
        &mut self,
        ui: &mut Ui,
        bar: Rect,
        snapshot: &Snapshot,
        sentence: &str,
        look: Look,
    ) -> Option<Asked> {
        let s = |length| look.of(length);
        self.begin(ui, bar, snapshot, look);
        let first = bar.with_max_y(bar.top() + s(FIRST));
        let mut row = Row {
            rect: first.shrink2(vec2(s(5.0), 0.0)),
        };
        let mut command = None;
        if reset_button(look)
            .show_plain(ui, row.take(s(SIDE)), look)
            .clicked()
        {
            command = reset(snapshot);
        }
        let play = row.take(s(PLAY));
        self.places.play = play;
        if play_button(snapshot.status_of_both(), look)
            .show_filled(ui, play, look)
            .clicked()
        {
            command = play_or_pause(snapshot);
        }
        row.rect.min.x += s(3.0);
        let [discriminator, generator, both] = super::step_buttons(snapshot.status_of_both(), look);
        let both_disc = row.take(s(SIDE));
        command = step(ui, both_disc, both, "both", look).or(command);
        let menu = row.take_last(s(SIDE));

        let mut second = if has_one_row(bar.width(), look.scale) {
            let mut rest = row.take_first(s(EPOCH) + s(8.0));
            std::mem::swap(&mut rest, &mut row.rect);
            Row { rect: rest }
        } else {
            Row {
                rect: bar.with_min_y(first.bottom()).shrink2(vec2(s(5.0), 0.0)),
            }
        };
        let epoch = row.rect.shrink2(vec2(s(6.0), 0.0));
        epoch_and_status(ui, epoch, snapshot, sentence, look);

        let slow = snapshot.pace.stride() == Stride::Phase;
        if slow_motion_button(look)
            .show_toggle(ui, second.take(s(SIDE)).shrink(s(3.0)), slow, look)
            .clicked()
        {
            command = Some(self.toggle_slow_motion(snapshot));
        }
        // From the right; shown from the left, as the keyboard goes.
        let generator_disc = second.take_last(s(SIDE));
        let discriminator_disc = second.take_last(s(SIDE));
        let slider = second.rect.shrink2(vec2(s(10.0), 0.0));
        self.places.pace = slider;
        let from_pace = pace_slider::show_bare(ui, slider, snapshot.pace, look).map(Command::SetPace);
        command = command.or(from_pace);
        self.places.steps = discriminator_disc.union(generator_disc);
        command = step(ui, discriminator_disc, discriminator, "D", look).or(command);
        command = step(ui, generator_disc, generator, "G", look).or(command);
        let button = IconButton {
            icon: Icon::Menu,
            name: "Menu",
            hint: "Seed, lessons, files, two runs, recording, colours, keys",
            colour: look.colours.text,
            pressable: Pressable::Yes,
        };
        if button.show_plain(ui, menu, look).clicked() {
            return Some(Asked::Menu);
        }
        command.map(|command| Asked::Run(Box::new(command)))
    }
}

/// Room that is left in a row.
struct Row {
    rect: Rect,
}

impl Row {
    /// A square from the left, in the row's middle.
    fn take(&mut self, side: f32) -> Rect {
        let centre = pos2(self.rect.left() + 0.5 * side, self.rect.center().y);
        self.rect.min.x += side;
        Rect::from_center_size(centre, vec2(side, side))
    }

    /// A square from the right.
    fn take_last(&mut self, side: f32) -> Rect {
        let centre = pos2(self.rect.right() - 0.5 * side, self.rect.center().y);
        self.rect.max.x -= side;
        Rect::from_center_size(centre, vec2(side, side))
    }

    /// All of the row's height, so wide, from the left.
    fn take_first(&mut self, width: f32) -> Rect {
        let first = self.rect.with_max_x(self.rect.left() + width);
        self.rect.min.x = first.right();
        first
    }
}

/// A step, with a letter below its icon.
fn step(
    ui: &mut Ui,
    disc: Rect,
    (step, button): (Step, IconButton<'static>),
    words: &str,
    look: Look,
) -> Option<Command> {
    let colour = match button.pressable {
        Pressable::Yes => button.colour,
        Pressable::No => look.colours.off,
    };
    let icon = disc.translate(vec2(0.0, -look.of(5.0)));
    let clicked = button.show_plain(ui, icon, look).clicked();
    let below = pos2(disc.center().x, disc.bottom() - look.of(5.0));
    ui.painter()
        .text(below, Align2::CENTER_CENTER, words, look.small(), colour);
    clicked.then_some(Command::Step(step))
}

/// Shows the epoch, and below it the sentence about the run: the longer that is, the smaller the
/// figure.
fn epoch_and_status(ui: &mut Ui, place: Rect, snapshot: &Snapshot, sentence: &str, look: Look) {
    let colour = match snapshot.status_of_both() {
        Status::Diverged(_) => look.colours.alarm,
        Status::Paused | Status::Playing => look.colours.faint,
    };
    let mut job = LayoutJob::simple(sentence.to_owned(), look.small(), colour, place.width());
    job.wrap = TextWrapping {
        max_width: place.width(),
        max_rows: LINES,
        ..TextWrapping::default()
    };
    let below = ui.painter().layout_job(job);
    let counter = text::epoch_counter(snapshot.epoch_of_both());
    let font = if below.rows.len() < LINES {
        look.title()
    } else {
        look.heading()
    };
    let number = ui
        .painter()
        .layout_no_wrap(counter.clone(), font, look.colours.text);
    let height = number.size().y + below.size().y;
    let top = (place.center().y - 0.5 * height).round();
    let mut line = Rect::from_min_size(pos2(place.left(), top), number.size());
    let word = ui
        .painter()
        .layout_no_wrap("Epoch".to_owned(), look.small(), look.colours.faint);
    if word.size().x + look.of(6.0) + number.size().x <= place.width() {
        let corner = pos2(line.left(), line.bottom() - word.size().y - look.of(2.0));
        line = line.translate(vec2(word.size().x + look.of(6.0), 0.0));
        ui.painter().galley(corner, word, look.colours.faint);
    }
    ui.painter().galley(line.min, number, look.colours.text);
    text::announce(ui, line, &format!("Epoch {counter}"));
    let said = Rect::from_min_size(pos2(place.left(), line.bottom()), below.size());
    ui.painter().galley(said.min, below, colour);
    text::announce(ui, said, sentence);
}
