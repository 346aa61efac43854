//! A picture's wishes of the browser besides being shown, told as JSON.

use std::time::Duration;

use serde::Serialize;

/// Wishes of the browser, and facts about the run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wishes {
    /// Milliseconds until the next picture, if nothing happens before; `None`: when something does.
    pub delay: Option<f64>,
    /// The cursor's shape in CSS.
    pub cursor: &'static str,
    /// Text for the clipboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copied: Option<String>,
    /// Place of the text cursor while somebody types: left, top, width, height in points.
    /// Phones show their keyboard for it.
    pub typing: Option<[f32; 4]>,
    /// Whether the browser is to ask for a file.
    pub picker: Picker,
    /// A sentence for whoever looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Completed epochs.
    pub epoch: u64,
    /// The last epoch that is known.
    pub end: u64,
    /// Whether it trains.
    pub status: &'static str,
    /// Epochs a second, if that is known.
    pub epochs_per_second: Option<f64>,
    /// Hashes verified so far, and how many the recording names.
    pub verified: Option<[usize; 2]>,
}

/// Whether a file is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Picker {
    /// No.
    #[default]
    Closed,
    /// Yes: the browser's own list of files is to open.
    Open,
}

impl Wishes {
    /// A picture that is due later than that is due when something happens: clocks of browsers take longer times
    /// for none at all.
    pub const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

    /// Encodes the wishes as JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
