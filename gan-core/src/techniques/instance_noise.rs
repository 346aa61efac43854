//! Instance noise: everything the discriminator sees is blurred, less and less, so that real and fake overlap
//! (Sønderby et al. 2017; Arjovsky and Bottou 2017; `CONTRACT.md`, section 9).

use super::InstanceNoise;
use super::memory::atlas_length;
use crate::configuration::Configuration;
use crate::dense::stride;
use crate::kernels::Kernels;
use crate::math::canonical;
use crate::memory::placed;
use crate::phases::gather;
use crate::profile::Profile;
use crate::random::Stream;

/// Sizes that determine the length of each array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InstanceNoiseSizes {
    length: usize,
}

/// Standard normal numbers, `[sample][x, y]`.
pub(crate) struct InstanceNoiseParts<S> {
    pub(crate) real: S,
    pub(crate) fake: S,
}

impl InstanceNoiseSizes {
    pub(crate) const fn of(configuration: &Configuration) -> Self {
        Self {
            length: match configuration.techniques.instance_noise {
                Some(_) => 2 * atlas_length(configuration),
                None => 0,
            },
        }
    }

    pub(crate) const fn words(&self) -> usize {
        2 * placed(self.length)
    }

    #[inline(always)]
    pub(crate) fn carve<S>(&self, take: &mut impl FnMut(usize) -> S) -> InstanceNoiseParts<S> {
        InstanceNoiseParts {
            real: take(self.length),
            fake: take(self.length),
        }
    }
}

impl InstanceNoiseParts<&mut [f32]> {
    pub(crate) fn draw<P: Profile>(self, mut stream: Stream) {
        let pairs = self
            .real
            .as_chunks_mut::<2>()
            .0
            .iter_mut()
            .zip(self.fake.as_chunks_mut::<2>().0);
        for component in pairs.flat_map(|(real, fake)| real.iter_mut().chain(fake)) {
            *component = canonical(stream.normal::<P>() as f32);
        }
    }
}

/// Blurs a batch, x and y at the beginning of `rows`: `c(x + s · n)`, n from the atlas, from the cursor on.
pub(crate) fn blur(
    kernels: Kernels<impl Profile>,
    (noise, epoch): (InstanceNoise, u64),
    atlas: &[f32],
    (cursor, samples): (u64, usize),
    rows: &mut [f32],
    scratch: &mut [f32],
) {
    let deviation = noise.deviation.get() * noise.fade.fade(epoch);
    gather(kernels, atlas, 2, (cursor, samples), scratch);
    let stride = stride(samples);
    for (row, normals) in rows
        .chunks_exact_mut(stride)
        .zip(scratch.chunks_exact(stride))
        .take(2)
    {
        for (x, n) in row[..samples].iter_mut().zip(normals) {
            *x = canonical(*x + deviation * n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reference;
    use crate::kernels::Instructions;
    use crate::techniques::{Deviation, FadeEpochs};

    #[test]
    fn noise_comes_from_the_cursor_on_and_fades() {
        let noise = InstanceNoise {
            deviation: Deviation::new(0.5).unwrap(),
            fade: FadeEpochs::new(4).unwrap(),
        };
        let atlas = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let kernels = Kernels::<Reference>::new(Instructions::Scalar);
        let blurred = |epoch| {
            let mut rows = [[10.0, 20.0, 0.0], [30.0, 40.0, 0.0]].map(|row| {
                let mut padded = [0.0; 16];
                padded[..3].copy_from_slice(&row);
                padded
            });
            let mut scratch = [f32::NAN; 32];
            let rows = rows.as_flattened_mut();
            blur(kernels, (noise, epoch), &atlas, (3 + 2, 2), rows, &mut scratch);
            [rows[0], rows[1], rows[2], rows[16], rows[17], rows[18]]
        };
        // Vectors 2, then 0: (5, 6), (1, 2).
        assert_eq!(blurred(0), [12.5, 20.5, 0.0, 33.0, 41.0, 0.0]);
        assert_eq!(blurred(2), [11.25, 20.25, 0.0, 31.5, 40.5, 0.0]);
        assert_eq!(blurred(4), [10.0, 20.0, 0.0, 30.0, 40.0, 0.0]);
    }
}
