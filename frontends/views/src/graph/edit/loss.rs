//! The loss of both networks, to choose between the two losses at the graph's right end.

use egui::{Pos2, Ui};
use gan_core::Configuration;
use gan_core::configuration::{Change, Loss};
use lab::Setting;

use super::Parameter;
use crate::names;
use crate::style::Look;

const OPTIONS: [(Loss, &str); 2] = [
    (Loss::Log, names::loss(Loss::Log)),
    (Loss::LeastSquares, names::loss(Loss::LeastSquares)),
];

/// Shows it; returns what was chosen.
pub(super) fn show(
    ui: &mut Ui,
    left_middle: Pos2,
    configuration: &Configuration,
    look: Look,
) -> Option<Setting> {
    let menu = Parameter::Loss.menu(
        ui,
        "",
        names::loss(configuration.loss),
        names::loss(Loss::LeastSquares),
    );
    menu.choose(ui, left_middle, &OPTIONS, configuration.loss, look)
        .map(|loss| Setting::Running(Change::Loss(loss)))
}
