//! The 255 colours that stand best for a picture's thousands.
//!
//! Median cut (Heckbert, *Color Image Quantization for Frame Buffer Display*, SIGGRAPH 1982), splitting at
//! the mean the box whose colours are the furthest apart along one axis, in sums of squares weighted by
//! pixels (Wan, Prusinkiewicz and Wong 1990). No randomness, so a run's animation is the same file each
//! time.

use std::ops::Range;

/// The last number stands for a pixel that did not change.
const MOST: usize = 255;

/// Colours of a picture, and what stands for each.
pub struct Palette {
    /// Sorted by colour.
    colours: Vec<(u32, u8)>,
    entries: Vec<[u8; 3]>,
}

/// A colour, 0xRRGGBB, and how many pixels have it.
struct Counted {
    colour: u32,
    pixels: f64,
}

/// Colours that lie together, and where to part them.
struct Cut {
    colours: Range<usize>,
    /// The sum of squares about the mean, along [`Self::axis`].
    spread: f64,
    /// Bits that a colour is shifted by to come to that channel.
    axis: u32,
    mean: f64,
}

impl Palette {
    /// Builds the palette of pixels 0xAARRGGBB; drops alpha.
    pub fn of(pixels: impl Iterator<Item = u32>) -> Self {
        let mut pixels: Vec<u32> = pixels.map(|pixel| pixel & 0xff_ffff).collect();
        pixels.sort_unstable();
        let mut counted: Vec<Counted> = pixels
            .chunk_by(PartialEq::eq)
            .map(|same| Counted {
                colour: same[0],
                pixels: same.len() as f64,
            })
            .collect();
        let mut cuts = vec![Cut::of(&counted, 0..counted.len())];
        while cuts.len() < MOST {
            let widest = (0..cuts.len()).max_by(|a, b| cuts[*a].spread.total_cmp(&cuts[*b].spread));
            let Some(at) = widest.filter(|at| cuts[*at].spread > 0.0) else {
                break;
            };
            let Cut {
                colours: Range { start, end },
                axis,
                mean,
                ..
            } = cuts[at];
            let own = &mut counted[start..end];
            own.sort_unstable_by_key(|counted| (channel(counted.colour, axis), counted.colour));
            let middle =
                start + own.partition_point(|counted| f64::from(channel(counted.colour, axis)) <= mean);
            cuts[at] = Cut::of(&counted, start..middle);
            cuts.push(Cut::of(&counted, middle..end));
        }
        let mut colours = Vec::with_capacity(counted.len());
        let mut entries = Vec::with_capacity(cuts.len());
        for (index, cut) in cuts.iter().enumerate() {
            let own = &counted[cut.colours.clone()];
            entries.push([16, 8, 0].map(|axis| mean(own, axis).round() as u8));
            // At most `MOST` of them.
            colours.extend(own.iter().map(|counted| (counted.colour, index as u8)));
        }
        colours.sort_unstable();
        Self { colours, entries }
    }

    /// The number of the entry that stands for one of the pixels it was made of.
    pub fn nearest(&self, pixel: u32) -> u8 {
        let found = self
            .colours
            .binary_search_by_key(&(pixel & 0xff_ffff), |(colour, _)| *colour);
        found.map_or(0, |at| self.colours[at].1)
    }

    /// Three bytes an entry: red, green, blue.
    pub fn rgb_bytes(&self) -> Vec<u8> {
        self.entries.as_flattened().to_vec()
    }
}

impl Cut {
    fn of(counted: &[Counted], colours: Range<usize>) -> Self {
        let own = &counted[colours.clone()];
        let along = |axis: u32| {
            let mean = mean(own, axis);
            let square = |counted: &Counted| {
                let distance = f64::from(channel(counted.colour, axis)) - mean;
                counted.pixels * distance * distance
            };
            (own.iter().map(square).sum::<f64>(), axis, mean)
        };
        let widest = [16, 8, 0]
            .map(along)
            .into_iter()
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let (spread, axis, mean) = widest.unwrap_or_default();
        Self {
            colours,
            spread,
            axis,
            mean,
        }
    }
}

const fn channel(colour: u32, axis: u32) -> u8 {
    (colour >> axis) as u8
}

/// Mean of a channel over all pixels; 0 if there are none.
fn mean(counted: &[Counted], axis: u32) -> f64 {
    let pixels: f64 = counted.iter().map(|counted| counted.pixels).sum();
    let sum: f64 = counted
        .iter()
        .map(|counted| counted.pixels * f64::from(channel(counted.colour, axis)))
        .sum();
    if pixels > 0.0 { sum / pixels } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_stay_as_they_are() {
        let pixels = (0..255_u32).map(|value| 0xff00_0000 | (value * 0x01_0203) | (value << 3));
        let palette = Palette::of(pixels.clone().chain(pixels.clone()));
        let entries = palette.rgb_bytes();
        for pixel in pixels {
            let at = 3 * usize::from(palette.nearest(pixel));
            assert_eq!(entries[at..at + 3], pixel.to_be_bytes()[1..]);
        }
        assert_eq!(Palette::of(std::iter::empty()).rgb_bytes(), [0, 0, 0]);
    }

    /// 65,536 colours of two channels: where 256 squares stood for them, each would be off by 8 at most.
    #[test]
    fn many_colours_are_near_their_entry() {
        let pixels = (0..65_536_u32).map(|value| value << 8 | 0x80);
        let palette = Palette::of(pixels.clone());
        let entries = palette.rgb_bytes();
        assert_eq!(entries.len(), 3 * MOST);
        for pixel in pixels {
            let at = 3 * usize::from(palette.nearest(pixel));
            for (entry, own) in entries[at..at + 3].iter().zip(&pixel.to_be_bytes()[1..]) {
                assert!(
                    entry.abs_diff(*own) <= 16,
                    "{pixel:x} became {:x?}",
                    &entries[at..at + 3]
                );
            }
        }
    }
}
