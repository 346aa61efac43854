//! How the picture part of a run is looked at, beyond which layers are shown: how fine the heatmap is,
//! and whether the generator's warp is being played. Makes the [`Scene`] of each frame.

use egui::{Context, Ui};
use lab::{HeatmapSide, Snapshot};

use crate::layers::{Contours, HeatmapTexture, Scene};
use crate::palette::Palette;
use crate::warp::{Warp, Warped};

/// How fine the discriminator's heatmap is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// 30×30 cells.
    #[default]
    AsInGanLab,
    /// A cell for each pixel of the large canvas.
    PerPixel,
}

/// State that is kept from frame to frame.
#[derive(Default)]
pub(crate) struct Looking {
    pub(crate) resolution: Resolution,
    pub(crate) warp: Warp,
    warped: Option<Warped>,
    contours: Option<Contours>,
    texture: HeatmapTexture,
    /// The second run's heatmap, if two go side by side.
    second_texture: HeatmapTexture,
    /// Pixels along a side of the large canvas when it was last seen.
    pixels: usize,
    /// The resolution that was asked of the session and has not shown yet.
    asked: Option<HeatmapSide>,
}

impl Looking {
    /// From cells to pixels, and back.
    pub(crate) const fn toggle_resolution(&mut self) {
        self.resolution = match self.resolution {
            Resolution::AsInGanLab => Resolution::PerPixel,
            Resolution::PerPixel => Resolution::AsInGanLab,
        };
    }

    /// The scene of a snapshot for painters, in this frame.
    pub(crate) fn scene<'a>(
        &'a mut self,
        context: &Context,
        snapshot: &'a Snapshot,
        colours: &'static Palette,
    ) -> Scene<'a> {
        let density = &snapshot.kernel_density;
        let contours = self.contours.get_or_insert_with(|| Contours::of(density));
        contours.follow(density);
        Scene {
            snapshot,
            contours,
            colours,
            heatmap: self.texture.of(context, &snapshot.heatmap, colours),
            warped: self.warped.as_ref(),
            walk: None,
        }
    }

    /// Scenes of two runs for painters; the warp is the first one's.
    pub(crate) fn scenes<'a>(
        &'a mut self,
        context: &Context,
        first: &'a Snapshot,
        second: &'a Snapshot,
        colours: &'static Palette,
    ) -> [Scene<'a>; 2] {
        let heatmap = self.second_texture.of(context, &second.heatmap, colours);
        let first = self.scene(context, first, colours);
        let second = Scene {
            snapshot: second,
            heatmap,
            warped: None,
            ..first
        };
        [first, second]
    }

    /// At the beginning of a frame: where the warp has got to.
    pub(crate) fn begin(&mut self, ui: &Ui, snapshot: &Snapshot) {
        self.warped = self.warp.now(ui, snapshot);
    }

    /// The large canvas has so many pixels along its side.
    pub(crate) fn measured(&mut self, pixels: f32) {
        self.pixels = pixels.round() as usize;
    }

    /// The resolution to ask of the session, so that its heatmaps are as fine as wanted. Returned
    /// once, however long the session takes to follow.
    pub(crate) fn request(&mut self, snapshot: &Snapshot) -> Option<HeatmapSide> {
        let wanted = match self.resolution {
            Resolution::AsInGanLab => HeatmapSide::AS_IN_GAN_LAB,
            Resolution::PerPixel => HeatmapSide::nearest(self.pixels),
        };
        if snapshot.heatmap_asked == wanted {
            self.asked = None;
        } else if self.asked != Some(wanted) {
            self.asked = Some(wanted);
            return Some(wanted);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use lab::{Command, Experiment, Inline, Session as _};

    #[test]
    fn a_finer_heatmap_is_asked_for_once_and_again_when_the_canvas_or_the_session_changes() {
        let mut run = Inline::new(Experiment::preset(Preset::Line, 1));
        let mut looking = Looking::default();
        assert_eq!(looking.request(&run.latest()), None);
        looking.measured(99.6);
        looking.resolution = Resolution::PerPixel;
        let hundred = HeatmapSide::nearest(100);
        assert_eq!(looking.request(&run.latest()), Some(hundred));
        assert_eq!(looking.request(&run.latest()), None, "asked already");
        run.send(Command::SetHeatmap(hundred));
        assert_eq!(looking.request(&run.latest()), None, "done");
        looking.measured(120.0);
        assert_eq!(looking.request(&run.latest()), Some(HeatmapSide::nearest(120)));
        run.send(Command::SetHeatmap(HeatmapSide::nearest(120)));
        assert_eq!(looking.request(&run.latest()), None);
        let other = Inline::new(Experiment::preset(Preset::Ring, 1));
        assert_eq!(looking.request(&other.latest()), Some(HeatmapSide::nearest(120)));
        looking.resolution = Resolution::AsInGanLab;
        assert_eq!(looking.request(&run.latest()), Some(HeatmapSide::AS_IN_GAN_LAB));
    }
}
