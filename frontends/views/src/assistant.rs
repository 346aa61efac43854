//! Requests of a screen reader to a slider.

use egui::accesskit::{Action, ActionData};
use egui::{Response, Ui};

/// A request to change a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Asked {
    /// To be this; perhaps a NaN.
    Value(f64),
    /// So many steps up and down; perhaps none.
    Steps {
        /// Towards more.
        up: usize,
        /// Towards less.
        down: usize,
    },
}

/// The request to the control with this response, in this frame.
pub(crate) fn asked(ui: &Ui, response: &Response) -> Asked {
    ui.input(|input| {
        let requests = input.accesskit_action_requests(response.id, Action::SetValue);
        let values = requests.filter_map(|request| match request.data {
            Some(ActionData::NumericValue(value)) => Some(value),
            _ => None,
        });
        let steps = |action| input.num_accesskit_action_requests(response.id, action);
        values.last().map_or(
            Asked::Steps {
                up: steps(Action::Increment),
                down: steps(Action::Decrement),
            },
            Asked::Value,
        )
    })
}
