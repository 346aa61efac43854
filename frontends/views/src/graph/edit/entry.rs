//! A number being typed. Text that cannot be taken stays for correction, with a sentence that says
//! why.

use egui::text_edit::TextEditOutput;
use egui::text_selection::CCursorRange;
use egui::{Frame, Id, Key, Margin, Popup, PopupKind, Rect, RichText, TextEdit, Ui, UiBuilder, vec2};

use gan_core::Parameter;

use super::id_of;
use crate::parameters::Named as _;
use crate::style::Look;

/// A number being typed.
pub(super) struct Entry {
    parameter: Parameter,
    text: String,
    complaint: Option<String>,
    focus: Focus,
}

/// Whether the keyboard is to come to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    /// It is, and all text is selected: what is typed replaces it.
    WantedForAll,
    /// It is, for correction.
    Wanted,
    /// It has been, and goes where it will.
    Given,
}

/// The event of this frame in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing new, or another letter.
    Typing,
    /// Enter was pressed.
    Entered,
    /// The keyboard went elsewhere.
    Left,
    /// Escape was pressed.
    Abandoned,
}

impl Entry {
    /// Begins with the value as it is.
    pub(super) const fn new(parameter: Parameter, text: String) -> Self {
        Self {
            parameter,
            text,
            complaint: None,
            focus: Focus::WantedForAll,
        }
    }

    /// Begins with the value as it is, and leaves the keyboard where it is.
    pub(super) fn waiting(parameter: Parameter, text: String) -> Self {
        Self {
            focus: Focus::Given,
            ..Self::new(parameter, text)
        }
    }

    /// Whether it is this parameter that is typed.
    pub(super) fn is_of(&self, parameter: Parameter) -> bool {
        self.parameter == parameter
    }

    /// Why the text cannot be taken.
    pub(super) fn complaint(&self) -> Option<&str> {
        self.complaint.as_deref()
    }

    /// Shows the field, as high as a line, its text where the value's was.
    pub(super) fn show(&mut self, ui: &mut Ui, rect: Rect, look: Look) -> Outcome {
        let id = id_of(self.parameter, ui, "entry");
        let colour = match self.complaint {
            Some(_) => look.colours.alarm,
            None => look.colours.chosen,
        };
        ui.painter()
            .rect_filled(rect.expand(1.0), 2.0, look.colours.paper);
        ui.painter()
            .hline(rect.x_range().expand(1.0), rect.bottom() + 1.0, (1.5, colour));
        let output = self.field(ui, rect, id, look);
        let response = &output.response.response;
        let name = self.parameter.number_name();
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
        self.focus(ui, &output);
        if response.changed() {
            self.complaint = None;
        }
        if !response.lost_focus() {
            return Outcome::Typing;
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        match (pressed(Key::Escape), pressed(Key::Enter)) {
            (true, _) => Outcome::Abandoned,
            (_, true) => Outcome::Entered,
            _ => Outcome::Left,
        }
    }

    fn field(&mut self, ui: &mut Ui, rect: Rect, id: Id, look: Look) -> TextEditOutput {
        let mut within = ui.new_child(UiBuilder::new().max_rect(rect));
        TextEdit::singleline(&mut self.text)
            .id(id)
            .font(look.body())
            .text_color(look.colours.ink)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .min_size(vec2(0.0, rect.height()))
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(rect.width())
            .show(&mut within)
    }

    fn focus(&mut self, ui: &Ui, output: &TextEditOutput) {
        let id = output.response.response.id;
        match self.focus {
            Focus::Given => return,
            Focus::Wanted => {}
            Focus::WantedForAll => {
                let mut state = output.state.clone();
                let all = CCursorRange::select_all(&output.galley);
                state.cursor.set_char_range(Some(all));
                state.store(ui.ctx(), id);
            }
        }
        ui.memory_mut(|memory| memory.request_focus(id));
        self.focus = Focus::Given;
    }

    /// The number that was typed, or, kept until another letter is typed, why there is none.
    pub(super) fn read<T>(
        &mut self,
        outcome: Outcome,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match read(self.text.trim()) {
            Ok(value) => Some(value),
            Err(complaint) => {
                self.complaint = Some(complaint);
                if outcome == Outcome::Entered {
                    self.focus = Focus::Wanted;
                }
                None
            }
        }
    }

    /// Says beside the field why the text cannot be taken, if it cannot.
    pub(super) fn complain_beside(&self, ui: &Ui, field: Rect, look: Look) {
        let Some(complaint) = &self.complaint else {
            return;
        };
        let id = id_of(self.parameter, ui, "complaint");
        Popup::new(id, ui.ctx().clone(), field, ui.layer_id())
            .kind(PopupKind::Tooltip)
            .interactable(false)
            .gap(look.of(5.0))
            .width(look.of(260.0))
            .show(|ui| ui.label(RichText::new(complaint).color(look.colours.alarm)));
    }
}
