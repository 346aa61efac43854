//! The timeline of a narrow window: the rail over all of its width, words below it. Recording is asked for in the
//! menu, and retracing has a button only while there is something to retrace.

use egui::{Rect, Ui, pos2, vec2};
use lab::{Command, Snapshot};

use super::{Places, Scrubber, rests};
use crate::style::{Look, Scale};

/// Its height.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(58.0)
}

impl Scrubber {
    /// Works like [`Self::show`], in a panel as high as [`height`] says.
    pub(crate) fn show_narrow(
        &mut self,
        ui: &mut Ui,
        panel: Rect,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Command> {
        let places = places(panel, snapshot, look);
        self.show_at(ui, panel, &places, snapshot, look)
    }
}

fn places(panel: Rect, snapshot: &Snapshot, look: Look) -> Places {
    let s = |length| look.of(length);
    let middle = panel.top() + s(21.0);
    let side = look.target(24.0);
    let disc = |centre: f32| Rect::from_center_size(pos2(centre, middle), vec2(side, side));
    let retrace = rests(snapshot).then(|| {
        let size = vec2(s(88.0), side);
        Rect::from_min_size(pos2(panel.right() - s(8.0) - size.x, panel.top() + s(5.0)), size)
    });
    let end = retrace.map_or(panel.right(), |button| button.left());
    let to_beginning = disc(panel.left() + s(24.0));
    let to_end = disc(end - s(24.0));
    let line = Rect::from_min_max(
        pos2(to_beginning.right() + s(10.0), middle - s(8.0)),
        pos2(to_end.left() - s(10.0), middle + s(8.0)),
    );
    let below = Rect::from_min_max(
        pos2(panel.left() + s(14.0), panel.bottom() - s(19.0)),
        pos2(end - s(14.0), panel.bottom() - s(2.0)),
    );
    Places {
        to_beginning,
        line,
        to_end,
        below,
        retrace,
        record: None,
    }
}
