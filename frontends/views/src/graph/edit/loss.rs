//! The loss of both networks, to choose between the two losses at the graph's right end.

use egui::{Pos2, Ui};
use gan_core::Configuration;
use gan_core::configuration::{Change, Loss};

use super::Parameter;
use super::change::Edit;
use super::menu::Menu;
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
) -> Option<Edit> {
    let menu = Menu {
        parameter: Parameter::Loss,
        prefix: "",
        value: names::loss(configuration.loss),
        widest: names::loss(Loss::LeastSquares),
    };
    menu.choose(ui, left_middle, &OPTIONS, configuration.loss, look)
        .map(|loss| Edit::Running(Change::Loss(loss)))
}
