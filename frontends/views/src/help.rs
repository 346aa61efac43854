//! The page of keys, over everything else.

use egui::{Frame, Grid, RichText, Stroke, Ui, vec2};

use crate::keyboard;
use crate::overlay::{self, Closing};
use crate::style::{Hand, Look};

/// Whether the page is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Help {
    #[default]
    Closed,
    Open,
}

impl Help {
    /// Opens it if it was closed, and the other way round.
    pub(crate) const fn toggle(&mut self) {
        *self = match self {
            Self::Closed => Self::Open,
            Self::Open => Self::Closed,
        };
    }

    /// Shows it if it is open; a click beside it closes it.
    pub(crate) fn show(&mut self, ui: &Ui, look: Look) {
        if *self == Self::Closed {
            return;
        }
        let closing = overlay::show(ui, "All keys", "Keys", look, |ui| page(ui, look));
        if closing == Closing::Asked {
            *self = Self::Closed;
        }
    }
}

fn page(ui: &mut Ui, look: Look) {
    match look.hand {
        Hand::Mouse => {
            _ = ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = look.of(36.0);
                for (title, keys) in keyboard::PAGE {
                    ui.vertical(|ui| column(ui, title, keys, look));
                }
            })
        }
        Hand::Finger => {
            for (title, keys) in keyboard::PAGE {
                column(ui, title, keys, look);
                ui.add_space(look.of(14.0));
            }
        }
    }
}

fn column(ui: &mut Ui, title: &str, keys: &[(&str, &str)], look: Look) {
    let heading = RichText::new(title)
        .font(look.heading())
        .color(look.colours.faint);
    ui.label(heading);
    ui.add_space(look.of(4.0));
    Grid::new(title)
        .spacing(vec2(look.of(12.0), look.of(7.0)))
        .show(ui, |ui| {
            for (key, does) in keys {
                cap(ui, key, look);
                ui.label(RichText::new(*does).font(look.body()).color(look.colours.text));
                ui.end_row();
            }
        });
}

/// A key as it is engraved.
fn cap(ui: &mut Ui, key: &str, look: Look) {
    Frame::new()
        .fill(look.colours.background)
        .stroke(Stroke::new(1.0, look.colours.off))
        .corner_radius(look.stroke(4.0))
        .inner_margin(vec2(look.of(7.0), look.of(2.0)))
        .show(ui, |ui| {
            ui.label(RichText::new(key).font(look.body()).color(look.colours.ink));
        });
}
