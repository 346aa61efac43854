//! A walk through the noise: a bead goes evenly through it, and on the canvas a sample goes where the generator takes
//! it, on a path in the colours of its speed.
//!
//! [`Walker`] is what the app keeps of it: which walk, and where the bead is. The walk itself is a function of each
//! snapshot ([`lab::pictures::walk`]), so it is made anew in every frame and follows the run as it trains. [`panel`] lays the
//! tools out, in the legend's place or in the part of a narrow window; [`square`] is the noise with the points to
//! move, [`chart`] the speed along the walk and the slider of the bead, [`sentences`] what there is to be seen, in
//! words.

mod bead;
mod chart;
mod panel;
mod sentences;
mod square;

use egui::{Pos2, Rect, Ui};
use gan_core::configuration::Noise;
use lab::{NoisePoint, Slice, Snapshot, Walk, Walked};

use self::bead::Bead;
use crate::layers::WalkScene;
use crate::style::Look;

/// Which walk is shown, and where its bead is.
#[derive(Debug, Default)]
pub(crate) struct Walker {
    mode: Mode,
    way: Way,
    /// Along which a walk of one dimension goes.
    dimension: usize,
    ends: Ends,
    bead: Bead,
    /// In this frame, while it is open.
    shown: Option<Shown>,
}

/// Samples of the walk, in one run or two.
#[derive(Debug)]
struct Shown {
    first: Walked,
    /// In the second run, if two go side by side.
    second: Option<Walked>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Closed,
    Open,
}

/// A kind of walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Way {
    #[default]
    Dimension,
    Straight,
    GreatCircle,
}

impl Way {
    /// Kinds of walk in noise of so many dimensions: on a line there is no circle.
    const fn of(dimensions: usize) -> &'static [Self] {
        match dimensions {
            1 => &[Self::Dimension, Self::Straight],
            _ => &[Self::Dimension, Self::Straight, Self::GreatCircle],
        }
    }
}

/// Between which points it goes; a walk along a dimension goes through the first.
#[derive(Clone, Copy, Debug)]
enum Ends {
    /// Noise of the run's own: the pair of this number.
    Drawn(usize),
    /// Put somewhere by hand.
    Placed([NoisePoint; 2]),
}

impl Default for Ends {
    fn default() -> Self {
        Self::Drawn(0)
    }
}

impl Ends {
    /// Pairs to go through before the first comes again: as many as there are fake samples to begin and end at.
    const PAIRS: usize = lab::run::snapshot::FAKE_SHOWN / 2;

    fn points(self, snapshot: &Snapshot) -> [NoisePoint; 2] {
        match self {
            Self::Drawn(number) => NoisePoint::pair(&snapshot.experiment, number),
            Self::Placed(points) => points,
        }
    }
}

impl Walker {
    /// Opens it, its bead under way; or closes it.
    pub(crate) fn toggle(&mut self) {
        match self.mode {
            Mode::Closed => {
                self.mode = Mode::Open;
                self.bead.start();
            }
            Mode::Open => _ = self.close(),
        }
    }

    /// Closes it; whether it was open.
    pub(crate) fn close(&mut self) -> bool {
        self.shown = None;
        std::mem::take(&mut self.mode) == Mode::Open
    }

    pub(crate) fn is_open(&self) -> bool {
        self.mode == Mode::Open
    }

    /// Begins a frame: computes the walk's samples, and moves the bead on.
    pub(crate) fn begin(&mut self, ui: &Ui, snapshot: &Snapshot) {
        if !self.is_open() {
            return;
        }
        self.bead.begin(ui);
        let walk = self.walk(snapshot);
        let second = snapshot
            .beside
            .as_ref()
            .map(|beside| Walked::of(&walk, &beside.run));
        self.shown = Some(Shown {
            first: Walked::of(&walk, snapshot),
            second,
        });
    }

    /// The button that opens and closes it, its right middle given; returns where it lies.
    pub(crate) fn button(&mut self, ui: &mut Ui, right_middle: Pos2, look: Look) -> Rect {
        panel::button(ui, right_middle, self, look)
    }

    /// Shows the tools in the legend's place.
    pub(crate) fn show(&mut self, ui: &mut Ui, place: Rect, snapshot: &Snapshot, look: Look) {
        panel::show(ui, place, self, snapshot, look);
    }

    /// Shows them in the part of a narrow window.
    pub(crate) fn show_part(&mut self, ui: &mut Ui, part: Rect, snapshot: &Snapshot, look: Look) {
        panel::show_part(ui, part, self, snapshot, look);
    }

    /// Scenes of the walk for painters: in the first run, and in the one beside it.
    pub(crate) fn scenes(&self, snapshot: &Snapshot) -> [Option<WalkScene<'_>>; 2] {
        let ends = self.way_in(snapshot).ends();
        let scene = |walked| WalkScene {
            walked,
            bead: self.bead.share(),
            ends,
        };
        let shown = self.shown.as_ref();
        [
            shown.map(|shown| scene(&shown.first)),
            shown.and_then(|shown| shown.second.as_ref()).map(scene),
        ]
    }

    /// The kind of walk that was chosen, or a straight one if this noise does not have that kind.
    fn way_in(&self, snapshot: &Snapshot) -> Way {
        let of_noise = Way::of(snapshot.configuration.noise.dimensions.get());
        if of_noise.contains(&self.way) {
            self.way
        } else {
            Way::Straight
        }
    }

    /// The dimension along which it goes; the last one if this noise has fewer.
    fn dimension_in(&self, noise: Noise) -> usize {
        self.dimension.min(noise.dimensions.get() - 1)
    }

    fn walk(&self, snapshot: &Snapshot) -> Walk {
        let [from, to] = self.ends.points(snapshot);
        match self.way_in(snapshot) {
            Way::Dimension => Walk::Dimension {
                dimension: self.dimension_in(snapshot.configuration.noise),
                others: from,
            },
            Way::Straight => Walk::Straight { from, to },
            Way::GreatCircle => Walk::GreatCircle { from, to },
        }
    }

    /// The two dimensions in which the noise is seen here: the canvas' slice, with the dimension
    /// along which the walk goes among them.
    fn slice_in(&self, snapshot: &Snapshot) -> Slice {
        let slice = snapshot.slice;
        let along = self.dimension_in(snapshot.configuration.noise);
        if self.way_in(snapshot) != Way::Dimension || [slice.across(), slice.up()].contains(&along) {
            return slice;
        }
        Slice::new(along, slice.up()).unwrap_or(slice)
    }

    /// Other points, of the run's own noise.
    fn draw_others(&mut self) {
        self.ends = Ends::Drawn(match self.ends {
            Ends::Drawn(number) => (number + 1) % Ends::PAIRS,
            Ends::Placed(_) => 0,
        });
    }

    /// Puts one of the points elsewhere.
    fn put(&mut self, end: usize, to: [f32; 2], snapshot: &Snapshot) {
        let slice = self.slice_in(snapshot);
        let noise = snapshot.configuration.noise;
        let mut points = self.ends.points(snapshot);
        points[end] = points[end].moved(noise, [slice.across(), slice.up()], to);
        self.ends = Ends::Placed(points);
    }
}

impl Way {
    /// Names of the two ends where they are drawn.
    const fn ends(self) -> [&'static str; 2] {
        match self {
            Self::Dimension => ["0", "1"],
            Self::Straight | Self::GreatCircle => ["a", "b"],
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Dimension => "One dimension",
            Self::Straight => "Straight",
            Self::GreatCircle => "Great circle",
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Dimension => "One number of the noise goes from 0 to 1, the others rest at the point",
            Self::Straight => "The shortest way through the noise from one point to another",
            Self::GreatCircle => {
                "About the middle of the noise, never nearer to it than the points are: noise of many dimensions lies \
                 near a sphere, and so does this way (spherical interpolation)"
            }
        }
    }
}
