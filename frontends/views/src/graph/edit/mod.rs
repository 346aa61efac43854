//! Hyper-parameters at their nodes, to change, as on GAN Lab's page: a pencil beside the heading turns
//! the words at the nodes into controls, in the same places.
//!
//! A control shows the value asked for as soon as it is asked for, though a run answers some
//! frames later: quick clicks count from the value shown. Techniques have a card at each node
//! ([`cards`]). Controls have the width of their widest value, so that nothing moves under the
//! pointer while values change.

mod cards;
mod control;
mod controls;
mod entry;
mod form;
mod heading;
mod rate;
mod sign;
mod stepper;

use std::time::Duration;

use egui::{Id, Rect, Ui};
use gan_core::{Configuration, Parameter};
use lab::{Command, Setting, Snapshot, Status};

use entry::Entry;

use crate::{parameters, status};

pub(super) use controls::show;
pub(super) use form::show as show_form;
pub(super) use heading::{show as heading, show_row as heading_row};

/// How long a control waits for the run's answer, in seconds.
const PATIENCE: f64 = 1.0;
/// How long a sentence about a change stays while the run plays, in seconds.
const NOTICE: f64 = 4.0;

/// Whether hyper-parameters are read or set, and what is being typed.
#[derive(Default)]
pub(crate) struct Editing {
    mode: Mode,
    /// Numbers being typed; what is not one yet stays, each in its place.
    entries: Vec<Entry>,
    /// Turn of the wheel beyond whole notches.
    turned: f32,
    /// Values asked for that the run does not show yet.
    asked: Option<Asked>,
    notice: Option<Notice>,
    commands: Vec<Command>,
    /// Place of the pencil, once it was shown.
    pencil: Option<Rect>,
    cards: cards::Cards,
}

/// The form of the hyper-parameters at the nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Words.
    #[default]
    Reading,
    /// Controls.
    Editing,
}

struct Asked {
    configuration: Configuration,
    /// Time of the request, by the clock of the user interface.
    at: f64,
}

struct Notice {
    sentence: String,
    at: f64,
}

impl Editing {
    /// Place of the pencil, once it was shown.
    pub(crate) const fn pencil(&self) -> Option<Rect> {
        self.pencil
    }

    /// Turns words into controls, or back. Drops numbers being typed.
    pub(crate) fn toggle(&mut self) {
        self.entries.clear();
        self.cards = cards::Cards::default();
        self.mode = match self.mode {
            Mode::Reading => Mode::Editing,
            Mode::Editing => Mode::Reading,
        };
    }

    /// The form of the hyper-parameters at the nodes.
    pub(super) const fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether hyper-parameters can be changed at the nodes now.
    pub(crate) fn is_on(&self) -> bool {
        self.mode == Mode::Editing
    }

    /// Closes the card of techniques that is open; whether one was.
    pub(crate) fn close_card(&mut self) -> bool {
        self.is_on() && self.cards.close()
    }

    /// Takes the commands asked for since the last time, in order.
    pub(crate) fn take_commands(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }

    /// Something else was asked of the run; what comes of it counts.
    pub(crate) fn make_way_for(&mut self, command: &Command) {
        self.notice = None;
        if matches!(command, Command::Restart(_)) {
            self.asked = None;
        }
    }

    /// Says in a sentence or two what the run is doing. For some seconds after a change, or as long
    /// as a run that began anew waits to be started, it says the change instead.
    pub(crate) fn sentence(&self, ui: &Ui, snapshot: &Snapshot) -> String {
        let state = status::sentence(snapshot);
        let Some(Notice { sentence, at }) = &self.notice else {
            return state;
        };
        let left = at + NOTICE - ui.input(|input| input.time);
        match snapshot.status_of_both() {
            Status::Paused if snapshot.epoch == 0 => format!("{sentence} Press play to train."),
            Status::Paused | Status::Playing if left > 0.0 => {
                ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
                sentence.clone()
            }
            _ => state,
        }
    }

    /// The hyper-parameters to show and to change: what was asked for last, or what the run has.
    fn configuration(&mut self, ui: &Ui, snapshot: &Snapshot) -> Configuration {
        let now = ui.input(|input| input.time);
        self.asked
            .take_if(|asked| asked.configuration == snapshot.configuration || now > asked.at + PATIENCE);
        self.asked
            .as_ref()
            .map_or(snapshot.configuration, |asked| asked.configuration)
    }

    /// Asks the run for it, unless it is so already, or does not go together with what there is.
    fn ask(&mut self, setting: Setting, ui: &Ui, snapshot: &Snapshot) {
        let before = self.configuration(ui, snapshot);
        let configuration = setting.applied_to(before);
        self.cards.forget_refusal();
        if configuration == before {
            return;
        }
        if let Err(conflict) = configuration.check() {
            self.cards.refuse(setting, format!("Not possible: {conflict}."));
            return;
        }
        // Conflicting settings were refused above, and the target has the points it needs.
        let Ok(command) = setting.command(&snapshot.experiment, &before) else {
            return;
        };
        let at = ui.input(|input| input.time);
        self.commands.push(command);
        self.asked = Some(Asked { configuration, at });
        self.notice = Some(Notice {
            sentence: parameters::changed(setting),
            at,
        });
    }

    /// The number being typed for this parameter, if one is.
    fn take_entry(&mut self, parameter: Parameter) -> Option<Entry> {
        let index = self.entries.iter().position(|entry| entry.is_of(parameter))?;
        Some(self.entries.swap_remove(index))
    }

    /// Whole notches that the wheel was turned in this frame, up.
    fn notches(&mut self, ui: &Ui) -> i32 {
        // Fingers on a pad move by points; so many are a line.
        const POINTS: f32 = 40.0;
        let lines: f32 = ui.input(|input| {
            let lines = input.events.iter().filter_map(|event| match event {
                egui::Event::MouseWheel { unit, delta, .. } => Some(match unit {
                    egui::MouseWheelUnit::Point => delta.y / POINTS,
                    egui::MouseWheelUnit::Line | egui::MouseWheelUnit::Page => delta.y,
                }),
                _ => None,
            });
            lines.sum()
        });
        self.turned += lines;
        let whole = self.turned.trunc();
        self.turned -= whole;
        whole as i32
    }
}

/// The id of a part of a hyper-parameter's control.
fn id_of(parameter: Parameter, ui: &Ui, part: &str) -> Id {
    ui.scope_id().with(("hyper-parameter", parameter, part))
}
