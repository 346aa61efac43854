//! Parts of a target that fake samples miss: modes, or of a target that has none bins of the real set.

use gan_core::Target;
use gan_core::measures::Modes;

use crate::checks::reach::Reach;

/// A part of the target that fake samples miss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost {
    /// Its middle, `[x, y]`.
    pub centre: [f64; 2],
    /// Standard deviations along x and y.
    pub deviations: [f64; 2],
}

/// The lost parts: modes that get less than a quarter of the samples due to them, or bins that get less than a tenth.
pub(crate) fn lost_parts(target: Target, modes: Option<&Modes>, reach: Option<&Reach>) -> Vec<Lost> {
    if let Some(modes) = modes {
        let all = target.modes().iter().zip(modes.covered());
        return all
            .filter(|(_, covered)| !covered)
            .map(|(mode, _)| Lost {
                centre: mode.centre,
                deviations: mode.deviations,
            })
            .collect();
    }
    let regions = reach.into_iter().flat_map(|reach| &reach.regions);
    regions
        .map(|region| Lost {
            centre: region.centre,
            deviations: [region.scatter; 2],
        })
        .collect()
}
