//! The loss of both networks, to choose at the graph's right end.

use egui::{Pos2, Ui};
use gan_core::Configuration;
use gan_core::configuration::{Change, Loss};
use lab::Setting;

use super::Parameter;
use crate::menu::Menu;
use crate::names;
use crate::style::Look;

/// Shows it; returns what was chosen.
pub(super) fn show(
    ui: &mut Ui,
    left_middle: Pos2,
    configuration: &Configuration,
    look: Look,
) -> Option<Setting> {
    let options = Loss::ALL.map(|loss| (loss, names::loss(loss)));
    menu(ui, configuration)
        .choose(ui, left_middle, &options, configuration.loss, look)
        .map(|loss| Setting::Running(Change::Loss(loss)))
}

/// Its width, closed.
pub(super) fn width(ui: &Ui, configuration: &Configuration, look: Look) -> f32 {
    menu(ui, configuration).width(ui, look)
}

fn menu(ui: &Ui, configuration: &Configuration) -> Menu<'static> {
    let widest = names::loss(Loss::Flipped);
    Parameter::Loss.menu(ui, "", names::loss(configuration.loss), widest)
}
