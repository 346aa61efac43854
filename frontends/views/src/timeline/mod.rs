//! The run from its beginning to its end, along the lower edge of the window: the epoch shown, the
//! actions on the run, and whether it is being recorded.
//!
//! [`rail`] has the rail with its handle, [`sentences`] the words below it, and [`row`] fits them
//! into a row. The run's end is the rail's end, because only there can one go. The handle rides
//! there while the run grows; the first epochs are drawn as in the charts, so that neither begins
//! with a jump.

mod narrow;
mod rail;
mod row;
mod sentences;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::{Rect, Ui, pos2, vec2};
use lab::{Command, Course, Experiment, Recording, RecordingStatus, Snapshot, Status, Timeline};

pub(crate) use self::narrow::height as narrow_height;

use crate::icons::Icon;
use crate::style::{Look, Scale};
use crate::widgets::{IconButton, Pressable, PushButton, Weight};

/// Its height.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(37.0)
}

/// Places of the controls.
struct Places {
    to_beginning: Rect,
    /// The rail.
    line: Rect,
    to_end: Rect,
    /// Words.
    below: Rect,
    retrace: Option<Rect>,
    /// Nothing where recording is asked for elsewhere.
    record: Option<Rect>,
}

impl Places {
    /// All in a row.
    fn wide(panel: Rect, look: Look) -> Self {
        let s = |length| look.of(length);
        let middle = panel.top() + s(13.0);
        let button = |right: f32, width: f32| {
            let size = vec2(s(width), s(25.0));
            Rect::from_center_size(pos2(right - 0.5 * size.x, panel.center().y), size)
        };
        let record = button(panel.right() - s(18.0), 122.0);
        let retrace = button(record.left() - s(8.0), 84.0);
        let disc = |centre: f32| Rect::from_center_size(pos2(centre, middle), vec2(s(24.0), s(24.0)));
        let (to_beginning, to_end) = (disc(panel.left() + s(28.0)), disc(retrace.left() - s(26.0)));
        let line = Rect::from_min_max(
            pos2(to_beginning.right() + s(12.0), middle - s(8.0)),
            pos2(to_end.left() - s(12.0), middle + s(8.0)),
        );
        let below = Rect::from_min_max(
            pos2(line.left(), line.bottom()),
            pos2(line.right(), panel.bottom() - s(2.0)),
        );
        Self {
            to_beginning,
            line,
            to_end,
            below,
            retrace: Some(retrace),
            record: Some(record),
        }
    }
}

/// How long the handle waits where it was put, in seconds; then it follows the run on its way there.
const PATIENCE: f64 = 1.0;

/// The timeline, and what it remembers.
#[derive(Debug, Default)]
pub(crate) struct Scrubber {
    /// The epoch that was asked for, and when; until it is shown.
    asked: Option<(u64, f64)>,
    /// Whose epoch that is.
    run: Option<Arc<Experiment>>,
}

impl Scrubber {
    /// Shows it; returns what was asked for.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        panel: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        self.show_at(ui, panel, &Places::wide(panel, look), snapshot, look)
    }

    fn show_at(
        &mut self,
        ui: &mut Ui,
        panel: Rect,
        places: &Places,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        self.follow(ui, snapshot);
        let colours = look.colours;
        ui.painter().rect_filled(panel, 0.0, colours.bar);
        ui.painter()
            .hline(panel.x_range(), panel.top(), (1.0, colours.hairline));

        let timeline = Timeline::new(snapshot.experiment.configuration(), &snapshot.log);
        let shown = self.asked.map_or(snapshot.epoch_of_both(), |(epoch, _)| epoch);
        let end = end(snapshot);
        let mut sought = None;
        let start = jump("Go back to the beginning", shown > 0, look);
        if start.show_plain(ui, places.to_beginning, look).clicked() {
            sought = Some(0);
        }
        sought = sought.or(rail::show(ui, places.line, snapshot, &timeline, shown, look));
        let finish = jump("Go to the end", shown < end, look);
        if finish.show_plain(ui, places.to_end, look).clicked() {
            sought = Some(end);
        }
        row::show(ui, places.below, sentences::of(snapshot, &timeline, look), look);
        let retrace = places.retrace;
        let from_retrace = retrace.and_then(|place| show_retrace(ui, place, snapshot, look));
        let from_record = places
            .record
            .and_then(|place| show_record(ui, place, snapshot, look));

        let sought = sought.filter(|epoch| *epoch != shown).map(|epoch| {
            self.asked = Some((epoch, ui.input(|input| input.time)));
            Command::Seek(epoch)
        });
        sought.or(from_retrace).or(from_record)
    }

    /// Forgets the epoch asked for once it is shown, takes too long, or belongs to another run.
    fn follow(&mut self, ui: &Ui, snapshot: &Snapshot) {
        if !self
            .run
            .as_ref()
            .is_some_and(|run| Arc::ptr_eq(run, &snapshot.experiment))
        {
            self.run = Some(Arc::clone(&snapshot.experiment));
            self.asked = None;
        }
        let Some((epoch, at)) = self.asked else {
            return;
        };
        let left = at + PATIENCE - ui.input(|input| input.time);
        let there = snapshot.epoch_of_both() == epoch && snapshot.status_of_both() != Status::Playing;
        if there || !(left > 0.0) {
            self.asked = None;
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        }
    }
}

/// The epoch at the end of the run.
fn end(snapshot: &Snapshot) -> u64 {
    snapshot.end_of_both().max(snapshot.epoch_of_both())
}

fn jump(name: &'static str, somewhere: bool, look: Look) -> IconButton<'static> {
    let (icon, hint) = match name {
        "Go to the end" => (Icon::ToEnd, "Show the newest epoch again, and go on from there"),
        _ => (
            Icon::ToBeginning,
            "Show the run before its first epoch; nothing is lost",
        ),
    };
    IconButton {
        icon,
        name,
        hint,
        colour: look.colours.text,
        pressable: pressable(somewhere),
    }
}

const fn pressable(yes: bool) -> Pressable {
    if yes { Pressable::Yes } else { Pressable::No }
}

/// Whether there is something to retrace, and nothing does so now.
fn rests(snapshot: &Snapshot) -> bool {
    snapshot.course != Course::Present
        && (snapshot.course == Course::Past || snapshot.status_of_both() == Status::Paused)
}

fn show_retrace(ui: &mut Ui, rect: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
    let button = PushButton {
        icon: Some(Icon::Play),
        words: "Retrace",
        hint: "Train again from here to the end, doing again what was done: the same run, once more",
        pressable: pressable(rests(snapshot)),
        weight: Weight::Plain,
        font: look.small(),
    };
    let clicked = button.show(ui, rect, look).clicked();
    clicked.then_some(Command::Retrace)
}

fn show_record(ui: &mut Ui, rect: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
    let writing = matches!(snapshot.recording, RecordingStatus::Writing(_));
    let (icon, words, hint) = if writing {
        let hint = "Write the run down no longer; the file is complete";
        (Icon::EndRecording, "End recording", hint)
    } else {
        let hint = "Write the run down, from its beginning and as it goes on, to a file that gan-lab replays to the \
                    same bits: gan-lab-recording.toml in the folder it was started from, or the next number";
        (Icon::Record, "Record", hint)
    };
    let button = PushButton {
        icon: Some(icon),
        words,
        hint,
        pressable: Pressable::Yes,
        weight: Weight::Plain,
        font: look.small(),
    };
    let tint = Some(look.colours.alarm);
    let clicked = button.show_tinted(ui, rect, tint, look).clicked();
    clicked.then(|| record(snapshot))
}

/// Begins a recording, or ends the one that is being written.
pub(crate) fn record(snapshot: &Snapshot) -> Command {
    match snapshot.recording {
        RecordingStatus::Writing(_) => Command::EndRecording,
        _ => Command::Record(Recording::unnamed_in(Path::new(""))),
    }
}
