//! Random numbers that techniques draw once per run, beside the atlases of points and noise: for backends,
//! which read them where the reference does (`CONTRACT.md`, section 9).

use crate::gan::Gan;
use crate::profile::Profile;

/// Techniques' own atlases, each one sample longer than the run's; empty for what is off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TechniqueAtlases<'a> {
    /// Uniform numbers that decide which labels of real samples are wrong, `[sample]`.
    pub real_labels: &'a [f32],
    /// Uniform numbers that decide which labels of fake samples are wrong, `[sample]`.
    pub fake_labels: &'a [f32],
    /// Normal numbers on what D sees of real samples, `[sample][x, y]`.
    pub real_noise: &'a [f32],
    /// Normal numbers on what D sees of fake samples, `[sample][x, y]`.
    pub fake_noise: &'a [f32],
    /// Places between real and fake at which the gradient penalty asks, `[sample]`.
    pub mixing: &'a [f32],
    /// Uniform numbers that choose replayed samples, `[sample]`.
    pub choices: &'a [f32],
}

impl<M: AsRef<[f32]> + AsMut<[f32]>, P: Profile> Gan<M, P> {
    /// Numbers that its techniques have drawn.
    #[must_use]
    pub fn technique_atlases(&self) -> TechniqueAtlases<'_> {
        let parts = self.parts().techniques;
        TechniqueAtlases {
            real_labels: parts.label_noise.real,
            fake_labels: parts.label_noise.fake,
            real_noise: parts.instance_noise.real,
            fake_noise: parts.instance_noise.fake,
            mixing: parts.penalty.mixing,
            choices: parts.replay.choices,
        }
    }
}
