//! The two dimensions in which noise of more dimensions is seen: a menu for each, beside the
//! manifold.

use egui::{Align2, Pos2, Ui, pos2};
use lab::{Command, Slice, Snapshot};

use crate::menu::Menu;
use crate::style::Look;
use crate::text;

/// Explains the slice, for whoever rests on it.
const HINT: &str = "Which two dimensions of the noise are seen; the others rest in the middle.";
/// Between the two menus.
const TIMES: &str = "×";
/// Room on either side of that.
const BESIDE: f32 = 6.0;

/// Both menus.
#[derive(Clone, Copy)]
pub(crate) struct Slices {
    now: Slice,
    dimensions: usize,
}

/// One of the two.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Across,
    Up,
}

impl Slices {
    /// The menus for a run's noise; `None` if it has no more than two dimensions.
    pub(crate) fn of(snapshot: &Snapshot) -> Option<Self> {
        let dimensions = snapshot.configuration.noise.dimensions.get();
        (dimensions > 2).then_some(Self {
            now: snapshot.slice,
            dimensions,
        })
    }

    /// Width of both.
    pub(crate) fn width(self, ui: &Ui, look: Look) -> f32 {
        2.0 * self.menu_width(ui, look) + text::width(ui, TIMES, look) + 2.0 * look.of(BESIDE)
    }

    /// Width of one of them.
    fn menu_width(self, ui: &Ui, look: Look) -> f32 {
        self.menu(ui, Way::Across, "").width(ui, look)
    }

    /// Shows them; returns what was asked for.
    pub(crate) fn show(self, ui: &mut Ui, left_middle: Pos2, look: Look) -> Option<Command> {
        let mut left = left_middle;
        let across = self.choose(ui, left, Way::Across, look);
        left.x += self.menu_width(ui, look) + look.of(BESIDE);
        let (font, colour) = (look.body(), look.colours.faint);
        let times = ui.painter().text(left, Align2::LEFT_CENTER, TIMES, font, colour);
        let left = pos2(times.right() + look.of(BESIDE), left.y);
        let up = self.choose(ui, left, Way::Up, look);
        across.or(up).map(Command::SetSlice)
    }

    fn choose(self, ui: &mut Ui, left_middle: Pos2, way: Way, look: Look) -> Option<Slice> {
        let words: Vec<String> = (1..=self.dimensions).map(|number| number.to_string()).collect();
        let options: Vec<(usize, &str)> = words.iter().map(String::as_str).enumerate().collect();
        let now = self.component(way);
        let value = &words[now.min(words.len() - 1)];
        let component = self
            .menu(ui, way, value)
            .choose(ui, left_middle, &options, now, look)?;
        self.with(way, component)
    }

    /// The slice with another component; the two change places if it is the other's.
    fn with(self, way: Way, component: usize) -> Option<Slice> {
        let (across, up) = (self.now.across(), self.now.up());
        match way {
            Way::Across if component == up => Slice::new(up, across),
            Way::Across => Slice::new(component, up),
            Way::Up if component == across => Slice::new(up, across),
            Way::Up => Slice::new(across, component),
        }
    }

    const fn component(self, way: Way) -> usize {
        match way {
            Way::Across => self.now.across(),
            Way::Up => self.now.up(),
        }
    }

    fn menu<'a>(self, ui: &Ui, way: Way, value: &'a str) -> Menu<'a> {
        let name = match way {
            Way::Across => "Noise dimension across",
            Way::Up => "Noise dimension upwards",
        };
        Menu {
            id: ui.scope_id().with(name),
            name: name.to_owned(),
            hint: HINT.to_owned(),
            prefix: "",
            value,
            widest: if self.dimensions < 10 { "8" } else { "16" },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_ones_dimension_changes_places_with_it() {
        let slices = Slices {
            now: Slice::new(0, 2).unwrap(),
            dimensions: 4,
        };
        let of = |way, component| {
            let slice = slices.with(way, component).unwrap();
            (slice.across(), slice.up())
        };
        assert_eq!(of(Way::Across, 3), (3, 2));
        assert_eq!(of(Way::Across, 2), (2, 0));
        assert_eq!(of(Way::Up, 1), (0, 1));
        assert_eq!(of(Way::Up, 0), (2, 0));
    }
}
