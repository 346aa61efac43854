//! The epochs that the charts show: all of the run, growing with it, or a part that stays.

/// Epochs the charts span at least.
const LEAST_WHOLE: u64 = 50;

/// A stretch of the time axis, in epochs; never empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Epochs {
    begin: f64,
    end: f64,
}

impl Epochs {
    /// All that a run has completed, and a little room for one that has hardly begun.
    pub(super) fn whole(epoch: u64) -> Self {
        Self {
            begin: 0.0,
            end: epoch.max(LEAST_WHOLE) as f64,
        }
    }

    /// The left end.
    pub(super) const fn begin(self) -> f64 {
        self.begin
    }

    /// The right end.
    pub(super) const fn end(self) -> f64 {
        self.end
    }

    /// From one end to the other.
    pub(super) fn length(self) -> f64 {
        self.end - self.begin
    }

    /// The epoch at a share of the length.
    pub(super) fn at(self, share: f64) -> f64 {
        self.begin + share * self.length()
    }

    /// Position of an epoch: 0 at the left end, 1 at the right.
    pub(super) fn share(self, epoch: f64) -> f64 {
        (epoch - self.begin) / self.length()
    }

    /// Whether an epoch lies in it.
    pub(super) fn contains(self, epoch: f64) -> bool {
        (self.begin..=self.end).contains(&epoch)
    }

    /// A stretch of this length that begins here, or as near as it fits into the whole.
    fn within(whole: Self, begin: f64, length: f64) -> Self {
        let begin = begin.min(whole.end - length).max(whole.begin);
        Self {
            begin,
            end: begin + length,
        }
    }
}

/// The epochs of a run that are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zoom {
    /// All of it, also as it goes on.
    Whole,
    /// This, also as it goes on.
    Part(Epochs),
}

impl Zoom {
    /// The epochs shown.
    pub(super) const fn shown(self, whole: Epochs) -> Epochs {
        match self {
            Self::Whole => whole,
            Self::Part(part) => part,
        }
    }

    /// Shows `factor` times less around an epoch, which stays where it is; not less than `least` epochs.
    pub(super) fn magnify(&mut self, whole: Epochs, around: f64, factor: f64, least: f64) {
        if factor == 1.0 || !(factor > 0.0) {
            return;
        }
        let shown = self.shown(whole);
        let length = (shown.length() / factor).max(least.min(shown.length()));
        let begin = around - shown.share(around) * length;
        self.show(whole, begin, length);
    }

    /// Moves the part shown, as far as the run goes; the whole has nowhere to go.
    pub(super) fn pan(&mut self, whole: Epochs, by: f64) {
        if let Self::Part(part) = *self {
            *self = Self::Part(Epochs::within(whole, part.begin + by, part.length()));
        }
    }

    /// Shows the stretch between two epochs, but not fewer than `least`.
    pub(super) fn choose(&mut self, whole: Epochs, from: f64, to: f64, least: f64) {
        let length = (to - from).abs();
        // A click that slipped is no choice.
        if length < 0.01 * self.shown(whole).length() {
            return;
        }
        let (middle, length) = (0.5 * (from + to), length.max(least));
        self.show(whole, middle - 0.5 * length, length);
    }

    fn show(&mut self, whole: Epochs, begin: f64, length: f64) {
        *self = if length < whole.length() {
            Self::Part(Epochs::within(whole, begin, length))
        } else {
            Self::Whole
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(begin: f64, end: f64) -> Zoom {
        Zoom::Part(Epochs { begin, end })
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let whole = Epochs::whole(1000);
        let mut zoom = Zoom::Whole;
        zoom.magnify(whole, 250.0, 4.0, 20.0);
        assert_eq!(zoom, part(187.5, 437.5));
        assert_eq!(zoom.shown(whole).share(250.0), 0.25);
        zoom.magnify(whole, 250.0, 0.25, 20.0);
        assert_eq!(zoom, Zoom::Whole);
    }

    #[test]
    fn there_is_a_least_and_a_most() {
        let whole = Epochs::whole(1000);
        let mut zoom = Zoom::Whole;
        zoom.magnify(whole, 990.0, 1e9, 20.0);
        assert_eq!(zoom.shown(whole).length(), 20.0);
        assert!(zoom.shown(whole).end() <= 1000.0);
        zoom.magnify(whole, 990.0, 1e-9, 20.0);
        assert_eq!(zoom, Zoom::Whole);
        for factor in [0.0, -1.0, f64::NAN, 1.0] {
            zoom.magnify(whole, 3.0, factor, 20.0);
            assert_eq!(zoom, Zoom::Whole);
        }
        // A run that has less than the least is not made to show more.
        zoom.magnify(Epochs::whole(0), 3.0, 2.0, 500.0);
        assert_eq!(zoom, Zoom::Whole);
    }

    #[test]
    fn a_part_moves_within_the_run_and_stays_as_it_goes_on() {
        let whole = Epochs::whole(1000);
        let mut zoom = part(400.0, 600.0);
        zoom.pan(whole, 100.0);
        assert_eq!(zoom, part(500.0, 700.0));
        zoom.pan(whole, 9999.0);
        assert_eq!(zoom, part(800.0, 1000.0));
        assert_eq!(zoom.shown(Epochs::whole(5000)), zoom.shown(whole));
        zoom.pan(whole, -9999.0);
        assert_eq!(zoom, part(0.0, 200.0));
        let mut zoom = Zoom::Whole;
        zoom.pan(whole, 100.0);
        assert_eq!(zoom, Zoom::Whole);
    }

    #[test]
    fn a_range_is_chosen_in_either_direction() {
        let whole = Epochs::whole(1000);
        for (from, to) in [(300.0, 500.0), (500.0, 300.0)] {
            let mut zoom = Zoom::Whole;
            zoom.choose(whole, from, to, 20.0);
            assert_eq!(zoom, part(300.0, 500.0));
        }
        let mut zoom = Zoom::Whole;
        zoom.choose(whole, 300.0, 302.0, 20.0);
        assert_eq!(zoom, Zoom::Whole, "a slip");
        zoom.choose(whole, 0.0, 12.0, 20.0);
        assert_eq!(zoom, part(0.0, 20.0), "not too little");
    }
}
