//! Arithmetic on pixels: four premultiplied channels of eight bits in one `u32`, 0xAARRGGBB.
//!
//! Two channels share one 32-bit word with eight bits of room above each, so that one
//! multiplication serves both. Every product is divided by 255 and rounded to nearest, exactly:
//! 255 × 255 is 255, and repeated blending does not darken.

use egui::Color32;

/// Red and blue, or, after a shift by eight, alpha and green.
const LANES: u32 = 0x00ff_00ff;

pub(crate) const TRANSPARENT: u32 = 0;
pub(crate) const WHITE: u32 = 0xffff_ffff;

/// egui's colour (premultiplied, bytes r g b a) as a pixel.
#[inline]
pub(crate) fn pack(colour: Color32) -> u32 {
    let [red, green, blue, alpha] = colour.to_array();
    u32::from_be_bytes([alpha, red, green, blue])
}

/// The channels in the order alpha, red, green, blue.
#[inline]
pub(crate) fn channels(pixel: u32) -> [u8; 4] {
    pixel.to_be_bytes()
}

#[inline]
pub(crate) fn alpha(pixel: u32) -> u32 {
    pixel >> 24
}

/// Every channel × `factor` / 255, rounded; `factor` in 0..=255.
#[inline]
pub(crate) fn scale(pixel: u32, factor: u32) -> u32 {
    let low = (pixel & LANES) * factor + 0x0080_0080;
    let high = ((pixel >> 8) & LANES) * factor + 0x0080_0080;
    let low = (low + ((low >> 8) & LANES)) >> 8;
    let high = high + ((high >> 8) & LANES);
    (low & LANES) | (high & !LANES)
}

/// Channel by channel sum, at most 255.
#[inline]
fn add(a: u32, b: u32) -> u32 {
    let saturate = |sum: u32| (sum | (0x0100_0100 - ((sum >> 8) & 0x0001_0001))) & LANES;
    let low = saturate((a & LANES) + (b & LANES));
    let high = saturate(((a >> 8) & LANES) + ((b >> 8) & LANES));
    low | (high << 8)
}

/// Channel by channel product / 255, rounded: a texel under a tint.
#[inline]
pub(crate) fn modulate(a: u32, b: u32) -> u32 {
    if a == WHITE {
        return b;
    }
    if b == WHITE {
        return a;
    }
    let (a, b) = (channels(a), channels(b));
    let product = |k: usize| {
        let rounded = u32::from(a[k]) * u32::from(b[k]) + 128;
        ((rounded + (rounded >> 8)) >> 8) as u8
    };
    u32::from_be_bytes([product(0), product(1), product(2), product(3)])
}

/// Moves from `a` towards `b` by `weight`/256; `weight` in 0..256.
#[inline]
pub(crate) fn mix(a: u32, b: u32, weight: u32) -> u32 {
    let rest = 256 - weight;
    let low = ((a & LANES) * rest + (b & LANES) * weight) >> 8;
    let high = ((a >> 8) & LANES) * rest + ((b >> 8) & LANES) * weight;
    (low & LANES) | (high & !LANES)
}

/// Paints `source` over `destination`: s + d × (1 − s's alpha). A source without alpha but with
/// colour adds light, as egui's additive colours mean it to.
#[inline]
pub(crate) fn over(destination: &mut u32, source: u32) {
    if alpha(source) == 255 {
        *destination = source;
    } else if source != TRANSPARENT {
        *destination = add(source, scale(*destination, 255 - alpha(source)));
    }
}

/// Paints one colour over a run of pixels.
#[inline]
pub(crate) fn over_run(run: &mut [u32], source: u32) {
    if alpha(source) == 255 {
        run.fill(source);
    } else if source != TRANSPARENT {
        let rest = 255 - alpha(source);
        for destination in run {
            *destination = add(source, scale(*destination, rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded_product(a: u32, b: u32) -> u32 {
        (a * b * 2 + 255) / 510
    }

    #[test]
    fn scale_rounds_every_product_to_nearest() {
        for channel in 0..=255 {
            for factor in 0..=255 {
                let expected = rounded_product(channel, factor) * 0x0101_0101;
                assert_eq!(
                    scale(channel * 0x0101_0101, factor),
                    expected,
                    "{channel} × {factor}"
                );
            }
        }
    }

    #[test]
    fn channels_do_not_leak_into_each_other() {
        assert_eq!(scale(0xff00_ff00, 128), 0x8000_8000);
        assert_eq!(scale(0x00ff_00ff, 128), 0x0080_0080);
        assert_eq!(add(0x80ff_0001, 0x8001_00ff), 0xffff_00ff);
        assert_eq!(modulate(0xff80_4020, 0x80ff_80ff), 0x8080_2020);
        assert_eq!(mix(0xff00_ff00, 0x00ff_00ff, 128), 0x7f7f_7f7f);
    }

    #[test]
    fn packing_puts_alpha_on_top() {
        assert_eq!(pack(Color32::from_rgba_premultiplied(1, 2, 3, 4)), 0x0401_0203);
    }

    #[test]
    fn modulate_rounds_as_scale_does() {
        for channel in 0..=255 {
            for factor in 0..=255 {
                let both = modulate(channel * 0x0101_0101, factor * 0x0101_0101);
                assert_eq!(both, scale(channel * 0x0101_0101, factor));
            }
        }
    }

    #[test]
    fn mixing_equal_colours_changes_nothing() {
        for weight in 0..256 {
            assert_eq!(mix(0xff12_fe80, 0xff12_fe80, weight), 0xff12_fe80);
        }
    }

    #[test]
    fn opaque_replaces_transparent_keeps_half_averages_additive_adds() {
        let mut pixel = 0xff10_2030;
        over(&mut pixel, TRANSPARENT);
        assert_eq!(pixel, 0xff10_2030);
        over(&mut pixel, 0x8080_0000);
        assert_eq!(pixel, 0xff88_1018);
        over(&mut pixel, 0x00ff_0001);
        assert_eq!(pixel, 0xffff_1019);
        over(&mut pixel, 0xff01_0203);
        assert_eq!(pixel, 0xff01_0203);
    }

    #[test]
    fn a_run_is_painted_as_its_pixels_are() {
        for source in [TRANSPARENT, 0x8040_2010, 0x0010_2030, 0xff01_0203] {
            let mut run = [0xff00_0000, 0xffff_ffff, 0xff80_4020];
            let mut single = run;
            over_run(&mut run, source);
            single.iter_mut().for_each(|pixel| over(pixel, source));
            assert_eq!(run, single);
        }
    }
}
