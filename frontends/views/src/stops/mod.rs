//! When a run is to pause by itself: at an epoch, when JS is low, or when a diagnosis is reached.
//!
//! A flag beside the epoch opens the page; it is filled while the run is on its way to a stop.
//! `lab::checks::stop` judges, at epochs that depend on nothing but how far the run is; [`words`] says a
//! condition for the bar's sentence, and the page with its choices is here.

mod words;

use egui::{Align2, Pos2, Rect, RichText, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2};
use lab::checks::diagnosis::{Word, schedule};
use lab::checks::stop::Stop;
use lab::{Command, Snapshot};

use crate::icons::Icon;
use crate::menu::Menu;
use crate::overlay::{self, Closing};
use crate::style::{Hand, Look};
use crate::text;
use crate::widgets::{self, IconButton, Pressable};

pub(crate) use words::until;

/// Thresholds of JS, in bits, and counts of checks.
const LEVELS: [(u32, &str); 6] = [
    (20, "0.02"),
    (50, "0.05"),
    (100, "0.1"),
    (200, "0.2"),
    (300, "0.3"),
    (500, "0.5"),
];
const CHECKS: [(u32, &str); 5] = [
    (1, "1 check"),
    (2, "2 checks in turn"),
    (3, "3 checks in turn"),
    (5, "5 checks in turn"),
    (10, "10 checks in turn"),
];
/// Keys that stand for several diagnoses, offered before the diagnoses themselves.
const SEVERAL: [&str; 2] = ["ailing", "healthy"];
/// Width of the page, before scaling.
const WIDTH: f32 = 430.0;

/// A kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Never,
    Epoch,
    Js,
    Diagnosis,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Never, Self::Epoch, Self::Js, Self::Diagnosis];

    const fn name(self) -> &'static str {
        match self {
            Self::Never => "Never",
            Self::Epoch => "At an epoch",
            Self::Js => "When JS is below",
            Self::Diagnosis => "When it is said",
        }
    }

    /// The kind of condition that a run waits for.
    fn of(snapshot: &Snapshot) -> Self {
        let written = snapshot.stop.as_ref().filter(|state| state.reached.is_none());
        let written = written.map(|state| state.stop.to_string()).unwrap_or_default();
        match written.split(' ').next() {
            Some("epoch") => Self::Epoch,
            Some("diagnosis") => Self::Diagnosis,
            Some(figure) if !figure.is_empty() => Self::Js,
            _ => Self::Never,
        }
    }
}

/// The page, and what is chosen on it.
pub(crate) struct Stops {
    is_open: bool,
    /// The epoch, as it was typed.
    epoch: String,
    /// Why it is none.
    complaint: Option<&'static str>,
    level: &'static str,
    checks: u32,
    said: &'static str,
    asked: Option<Command>,
}

impl Default for Stops {
    fn default() -> Self {
        Self {
            is_open: false,
            epoch: String::new(),
            complaint: None,
            level: "0.1",
            checks: 3,
            said: SEVERAL[0],
            asked: None,
        }
    }
}

impl Stops {
    /// Opens the page, or closes it.
    pub(crate) fn toggle(&mut self, snapshot: &Snapshot) {
        self.is_open = !self.is_open;
        self.complaint = None;
        if self.epoch.is_empty() {
            // The next round number that is some way off.
            let step = 10_u64.pow(snapshot.epoch.max(1_000).ilog10());
            self.epoch = ((snapshot.epoch / step + 2) * step).to_string();
        }
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Takes the command that was asked for since the last call.
    pub(crate) fn take_command(&mut self) -> Option<Command> {
        self.asked.take()
    }

    /// The flag that opens the page, its left middle given.
    pub(crate) fn button(&mut self, ui: &mut Ui, left_middle: Pos2, snapshot: &Snapshot, look: Look) {
        let waits = snapshot.stop.as_ref().filter(|state| state.reached.is_none());
        let hint = match waits {
            Some(state) => format!("Pauses by itself: {}. Click to change it", until(&state.stop)),
            None => "Pause by itself: at an epoch, when JS is low, when a diagnosis is reached".to_owned(),
        };
        let side = look.of(24.0);
        let button = IconButton {
            icon: Icon::Flag,
            name: "Pause by itself",
            hint: &hint,
            colour: look.colours.faint,
            pressable: Pressable::Yes,
        };
        let disc = Align2::LEFT_CENTER.anchor_size(left_middle, vec2(side, side));
        // Its identity must not change with its hint.
        let response = ui.push_id("pause by itself", |ui| {
            button.show_toggle(ui, disc, waits.is_some(), look)
        });
        if response.inner.clicked() {
            self.toggle(snapshot);
        }
    }

    /// Shows the page if it is open.
    pub(crate) fn show(&mut self, ui: &Ui, snapshot: &Snapshot, look: Look) {
        if !self.is_open {
            return;
        }
        let name = "When to pause";
        let closing = overlay::show(ui, name, "Pause by itself", look, |ui| {
            self.page(ui, snapshot, look);
        });
        if closing == Closing::Asked {
            self.is_open = false;
        }
    }

    fn page(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        ui.set_width(overlay::width(ui, WIDTH, look));
        ui.spacing_mut().item_spacing.y = look.of(4.0);
        let of_first = match snapshot.beside {
            Some(_) => " of the first run",
            None => "",
        };
        let intro = format!("The run pauses once, as soon as this is so{of_first}:");
        let small = |words: String| RichText::new(words).font(look.small()).color(look.colours.faint);
        ui.label(RichText::new(intro).font(look.body()).color(look.colours.text));
        ui.add_space(look.of(4.0));
        let now = Kind::of(snapshot);
        let mut wanted = None;
        for kind in Kind::ALL {
            if self.row(ui, kind, now, look) {
                wanted = Some(kind);
            }
            if let (Kind::Epoch, Some(complaint)) = (kind, self.complaint) {
                ui.label(
                    RichText::new(complaint)
                        .font(look.small())
                        .color(look.colours.alarm),
                );
            }
        }
        ui.add_space(look.of(6.0));
        let [first, every] = [schedule::next(0), schedule::EVERY].map(text::count);
        ui.label(small(format!(
            "JS and diagnosis are checked every {first} epochs at first, later every {every}: wherever and however \
             fast a run trains, it pauses at the same epoch."
        )));
        if let Some(reached) = snapshot.stop.as_ref().and_then(|state| state.reached)
            && let Some(state) = &snapshot.stop
        {
            ui.label(small(format!(
                "Reached at epoch {}: {}.",
                text::count(reached),
                until(&state.stop)
            )));
        }
        if let Some(kind) = wanted {
            self.ask(kind, snapshot);
        }
    }

    /// Shows a kind of condition with its choices; true when it is chosen, or its choices change.
    fn row(&mut self, ui: &mut Ui, kind: Kind, now: Kind, look: Look) -> bool {
        let height = look.target(26.0);
        let size = vec2(ui.available_width(), height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let (chosen, end) = radio(ui, rect, kind.name(), kind == now, look);
        let mut left = pos2(end + look.of(8.0), rect.center().y);
        let changed = match kind {
            Kind::Never => false,
            Kind::Epoch => self.field(ui, left, look),
            Kind::Js => {
                let level = LEVELS.into_iter().find(|(_, words)| *words == self.level);
                let level = level.map_or(LEVELS[2].0, |(level, _)| level);
                let (picked, end) = pick(ui, left, "JS threshold", &LEVELS, level, look);
                self.level = picked
                    .and_then(|picked| LEVELS.into_iter().find(|(level, _)| *level == picked))
                    .map_or(self.level, |(_, words)| words);
                left.x = end + look.of(4.0);
                let bits = text::label(
                    ui,
                    left,
                    Align2::LEFT_CENTER,
                    "bits at",
                    look.body(),
                    look.colours.text,
                );
                left.x = bits.right() + look.of(6.0);
                let (checks, _) = pick(ui, left, "Number of checks", &CHECKS, self.checks, look);
                self.checks = checks.unwrap_or(self.checks);
                picked.is_some() || checks.is_some()
            }
            Kind::Diagnosis => {
                let keys = SEVERAL.into_iter().chain(Word::ALL.map(Word::key));
                let named: Vec<_> = keys.map(|key| (key, words::said(key))).collect();
                let options: Vec<_> = named.iter().map(|(key, words)| (*key, words.as_str())).collect();
                let (said, _) = pick(ui, left, "Diagnosis to wait for", &options, self.said, look);
                self.said = said.unwrap_or(self.said);
                said.is_some()
            }
        };
        chosen || (changed && kind == now)
    }

    /// Shows the field in which the epoch is typed; true when Enter is pressed in it.
    fn field(&mut self, ui: &mut Ui, left_middle: Pos2, look: Look) -> bool {
        let size = vec2(look.of(96.0), look.target(22.0));
        let rect = Align2::LEFT_CENTER.anchor_size(left_middle, size);
        let edit = TextEdit::singleline(&mut self.epoch)
            .font(look.body())
            .char_limit(15);
        let response = ui.put(rect, edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Epoch at which to pause"));
        let frame = Stroke::new(1.0, look.colours.edge);
        ui.painter()
            .rect_stroke(rect, look.stroke(3.0), frame, egui::StrokeKind::Inside);
        response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    }

    fn ask(&mut self, kind: Kind, snapshot: &Snapshot) {
        self.complaint = None;
        let written = match kind {
            Kind::Never => {
                self.asked = Some(Command::StopWhen(None));
                return;
            }
            Kind::Epoch => {
                let digits: String = self
                    .epoch
                    .chars()
                    .filter(|letter| !matches!(letter, ',' | ' '))
                    .collect();
                match digits.parse::<u64>() {
                    Ok(epoch) if epoch > snapshot.epoch => format!("epoch {epoch}"),
                    Ok(_) => {
                        self.complaint = Some("The run is there already: choose a later epoch.");
                        return;
                    }
                    Err(_) => {
                        self.complaint = Some("An epoch is a whole number, such as 5000.");
                        return;
                    }
                }
            }
            Kind::Js => format!("js below {} for {} checks", self.level, self.checks),
            Kind::Diagnosis => format!("diagnosis {}", self.said),
        };
        self.asked = written
            .parse::<Stop>()
            .ok()
            .map(|stop| Command::StopWhen(Some(stop)));
    }
}

/// Shows a drop-down; returns the option that was chosen, and the `x` of its end.
fn pick<T: Copy + PartialEq>(
    ui: &mut Ui,
    left_middle: Pos2,
    name: &str,
    options: &[(T, &str)],
    now: T,
    look: Look,
) -> (Option<T>, f32) {
    let value = options.iter().find(|(option, _)| *option == now);
    let menu = Menu {
        id: ui.scope_id().with(name),
        name: name.to_owned(),
        hint: name.to_owned(),
        prefix: "",
        value: value.map_or("", |(_, words)| words),
        widest: "",
    };
    let end = left_middle.x + menu.width(ui, look);
    (menu.choose(ui, left_middle, options, now, look), end)
}

/// Shows a ring, filled if chosen, and words; returns whether it was pressed, and the `x` of its
/// end.
fn radio(ui: &mut Ui, row: Rect, name: &str, chosen: bool, look: Look) -> (bool, f32) {
    let radius = look.stroke(6.0);
    let centre = row.left_center() + vec2(radius + 1.0, 0.0);
    let words = ui
        .painter()
        .layout_no_wrap(name.to_owned(), look.name(), look.colours.ink);
    let corner = pos2(
        centre.x + radius + look.of(8.0),
        row.center().y - 0.5 * words.size().y,
    );
    let end = corner.x + words.size().x;
    let response = ui.interact(row.with_max_x(end), ui.scope_id().with(name), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    let painter = ui.painter();
    if response.hovered() && look.hand == Hand::Mouse {
        painter.circle_filled(centre, radius + look.stroke(3.0), look.colours.hover);
    }
    let ring = match chosen {
        true => look.colours.chosen,
        false => look.colours.edge,
    };
    painter.circle_stroke(centre, radius, Stroke::new(look.stroke(1.5), ring));
    if chosen {
        painter.circle_filled(centre, 0.55 * radius, look.colours.chosen);
    }
    painter.galley(corner, words, look.colours.ink);
    if response.has_focus() {
        let around = Rect::from_min_max(pos2(row.left(), corner.y), pos2(end, row.center().y + radius));
        widgets::focus_frame(painter, around.expand(2.0), look);
    }
    (response.clicked(), end)
}
