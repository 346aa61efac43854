//! How the page of files looks: what it is for, the folder, a field, what came of it, two buttons.

use std::path::Path;

use egui::{Align2, Key, Label, Rect, RichText, Sense, TextEdit, Ui, vec2};
use lab::Snapshot;

use super::list;
use super::{Page, Picker, Purpose, Said, What};
use crate::overlay::{self, Closing};
use crate::style::{Hand, Look};
use crate::text;
use crate::widgets::{ChoiceButton, Pressable, PushButton, Weight};

/// Width of the page before scaling.
const WIDTH: f32 = 560.0;

impl Page {
    /// Shows it, and does what was asked for.
    pub(super) fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        let width = overlay::width(ui, WIDTH, look);
        ui.set_width(width);
        self.choose_purpose(ui, snapshot, look);
        ui.add_space(look.of(8.0));
        match self.purpose {
            Purpose::Open => explain(ui, look),
            Purpose::Save => self.choose_what(ui, snapshot, look),
        }
        ui.add_space(look.of(8.0));
        let place = RichText::new(self.folder.display().to_string());
        ui.add(Label::new(place.font(look.body()).color(look.colours.faint)).truncate());
        ui.add_space(look.of(4.0));
        if let Some(chosen) = list::show(ui, &self.folder, &self.entries, &self.name, look) {
            self.choose(chosen, snapshot);
        }
        ui.add_space(look.of(10.0));
        let entered = self.field(ui, look);
        self.sentence(ui, look);
        let pressed = self.buttons(ui, look);
        if entered || pressed {
            self.act(snapshot);
        }
    }

    fn choose_purpose(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        let choices = [
            (
                Purpose::Open,
                "Open a file",
                "A recording, hyper-parameters, points, parameters, a model of GAN Lab's",
            ),
            (
                Purpose::Save,
                "Save this run",
                "Its recording, parameters, points or metrics",
            ),
        ];
        let buttons = choices.map(|(purpose, words, hint)| (purpose, (words, hint)));
        if let Some(purpose) = choice(ui, &buttons, self.purpose, look) {
            (self.purpose, self.said) = (purpose, Said::Nothing);
            self.name.clear();
            self.suggested.clear();
            self.suggest(snapshot);
        }
    }

    fn choose_what(&mut self, ui: &mut Ui, snapshot: &Snapshot, look: Look) {
        let buttons = What::ALL.map(|what| (what, what.words()));
        if let Some(what) = choice(ui, &buttons, self.what, look) {
            (self.what, self.said) = (what, Said::Nothing);
            self.suggest(snapshot);
        }
    }

    /// The field; true when what is in it is meant.
    fn field(&mut self, ui: &mut Ui, look: Look) -> bool {
        let label = RichText::new("Name").font(look.body()).color(look.colours.faint);
        let label = ui.label(label);
        let edit = TextEdit::singleline(&mut self.name)
            .font(look.body())
            .text_color(look.colours.ink)
            .hint_text("a name from the list, or a path")
            .margin(vec2(look.of(8.0), look.of(5.0)))
            .desired_width(overlay::width(ui, WIDTH, look));
        let response = ui.add(edit).labelled_by(label.id);
        // A field that is typed in covers half of a phone with its keyboard: there one asks for that.
        if std::mem::take(&mut self.focus) && look.hand == Hand::Mouse {
            response.request_focus();
        }
        if response.changed() {
            self.said = Said::Nothing;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        // Whoever is refused types on.
        self.focus = entered;
        entered
    }

    /// Shows the answer to a request, in a room of its own, so that nothing moves.
    fn sentence(&self, ui: &mut Ui, look: Look) {
        let name = |path: &Path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let (words, colour) = match &self.said {
            Said::Nothing => (String::new(), look.colours.text),
            Said::Refused(why) => (why.clone(), look.colours.alarm),
            Said::Replaces(path) => {
                let words = format!("{} is there already: press Save again to replace it.", name(path));
                (words, look.colours.alarm)
            }
            Said::Writing(path, _) => (format!("Writing {}…", name(path)), look.colours.text),
            Said::Written(path) => (format!("{} is saved.", name(path)), look.colours.text),
        };
        let height = look.of(50.0);
        let width = overlay::width(ui, WIDTH, look);
        ui.allocate_ui(vec2(width, height), |ui| {
            ui.set_min_height(height);
            ui.add_space(look.of(6.0));
            ui.label(RichText::new(words).font(look.body()).color(colour));
        });
    }

    /// True when what the page is for is to be done.
    fn buttons(&mut self, ui: &mut Ui, look: Look) -> bool {
        let (size, gap) = (vec2(look.of(96.0), look.target(30.0)), look.of(8.0));
        let width = overlay::width(ui, WIDTH, look);
        let mut row = || ui.allocate_exact_size(vec2(width, size.y), Sense::hover()).0;
        let device =
            (self.purpose == Purpose::Open && self.picker == Picker::Offered).then(|| match look.hand {
                Hand::Mouse => None,
                // The row above the others: not all three have room in one.
                Hand::Finger => Some(row()),
            });
        let row = row();
        let last = Rect::from_min_size(row.right_top() - vec2(size.x, 0.0), size);
        let before = last.translate(vec2(-size.x - gap, 0.0));
        let (closing, words, hint) = match (self.purpose, &self.said) {
            (_, Said::Written(_)) => ("Close", "Save", "Write the file"),
            (Purpose::Open, _) => ("Cancel", "Open", "Begin with what the file holds"),
            (Purpose::Save, _) => ("Cancel", "Save", "Write the file"),
        };
        let button = |words, hint, weight| PushButton {
            icon: None,
            words,
            hint,
            pressable: Pressable::Yes,
            weight,
            font: look.body(),
        };
        if let Some(above) = device {
            let place = above.unwrap_or(row).with_max_x(row.left() + look.of(150.0));
            let device = button(
                "From this device…",
                "Choose files with the browser",
                Weight::Plain,
            );
            if device.show(ui, place, look).clicked() {
                self.picker = Picker::Asked;
            }
        }
        let cancel = button(closing, "Back to the run", Weight::Plain);
        if cancel.show(ui, before, look).clicked() {
            self.closing = Closing::Asked;
        }
        button(words, hint, Weight::Primary)
            .show(ui, last, look)
            .clicked()
    }
}

/// Explains opening, in the room that saving has for its choice, so that the page keeps its size.
fn explain(ui: &mut Ui, look: Look) {
    let words = "Begins a run with what the file holds, in place of the one behind this page.";
    let colour = look.colours.text;
    if look.hand == Hand::Finger {
        ui.label(RichText::new(words).font(look.body()).color(colour));
        return;
    }
    let (row, _) = ui.allocate_exact_size(vec2(look.of(WIDTH), look.of(28.0)), Sense::hover());
    text::label(
        ui,
        row.left_center(),
        Align2::LEFT_CENTER,
        words,
        look.body(),
        colour,
    );
}

/// Buttons side by side, each with words and a hint, of which one is chosen; the one that was pressed.
fn choice<T: Copy + PartialEq>(ui: &mut Ui, all: &[(T, (&str, &str))], chosen: T, look: Look) -> Option<T> {
    let button = |ui: &mut Ui, (value, (words, hint)): &(T, (&str, &str))| {
        let size = vec2(look.of(108.0), look.target(28.0));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let button = ChoiceButton {
            words,
            name: words,
            hint,
            chosen: chosen == *value,
            font: look.body(),
        };
        button.show(ui, rect, look).clicked().then_some(*value)
    };
    let row = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = look.of(6.0);
        all.iter().filter_map(|one| button(ui, one)).last()
    };
    match look.hand {
        Hand::Mouse => ui.horizontal(row).inner,
        Hand::Finger => ui.horizontal_wrapped(row).inner,
    }
}
