//! Textures: egui's images as texels ready to paint, and the store that follows egui's changes.

use crate::colour;
use crate::plane::FRACTION_BITS;
use egui::{Color32, ColorImage, ImageData, TextureFilter, TextureId, TextureOptions, TextureWrapMode};
use egui::{TexturesDelta, epaint::ImageDelta};
use std::collections::BTreeMap;

/// An image of at least one texel.
pub(crate) struct Texture {
    width: usize,
    height: usize,
    texels: Vec<u32>,
    options: TextureOptions,
}

impl Texture {
    /// `None` for an image without texels, or one whose size contradicts its pixels.
    pub(crate) fn new(image: &ColorImage, options: TextureOptions) -> Option<Self> {
        let [width, height] = image.size;
        let texels: Vec<u32> = image.pixels.iter().copied().map(colour::pack).collect();
        let sound = !texels.is_empty() && width.checked_mul(height) == Some(texels.len());
        sound.then_some(Self {
            width,
            height,
            texels,
            options,
        })
    }

    /// Writes `image` over a part of the texture; what would lie outside is dropped.
    fn patch(&mut self, [left, top]: [usize; 2], image: &ColorImage, options: TextureOptions) {
        self.options = options;
        let [patch_width, patch_height] = image.size;
        let columns = patch_width.min(self.width.saturating_sub(left));
        let rows = patch_height.min(self.height.saturating_sub(top));
        if columns == 0 {
            return;
        }
        let old = self.texels.chunks_exact_mut(self.width).skip(top);
        let new = image.pixels.chunks_exact(patch_width);
        for (old, new) in old.zip(new).take(rows) {
            write(&mut old[left..left + columns], new);
        }
    }

    /// Width in texels.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Height in texels.
    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// Row `y` of the texels; `y` must lie in the texture.
    #[inline]
    pub(crate) fn row(&self, y: usize) -> &[u32] {
        &self.texels[y * self.width..][..self.width]
    }

    /// The filter for painting at these slopes (texels per pixel, in 1/65,536).
    pub(crate) fn filter(&self, slopes: &[i64]) -> TextureFilter {
        let shrinks = slopes.iter().any(|slope| slope.abs() > 1 << FRACTION_BITS);
        if shrinks {
            self.options.minification
        } else {
            self.options.magnification
        }
    }

    /// Whether coordinates outside the texture take its border's texel.
    pub(crate) fn clamps(&self) -> bool {
        self.options.wrap_mode == TextureWrapMode::ClampToEdge
    }

    /// The colour at (u, v): texel coordinates in 1/65,536, where texel 0 reaches from 0 to 1.
    #[inline]
    pub(crate) fn sample(&self, filter: TextureFilter, u: i64, v: i64) -> u32 {
        match filter {
            TextureFilter::Nearest => self.texel(u >> FRACTION_BITS, v >> FRACTION_BITS),
            TextureFilter::Linear => self.between(u - HALF, v - HALF),
        }
    }

    /// Mixes the four texels around (u, v), coordinates now counted from texel centres.
    #[inline]
    fn between(&self, u: i64, v: i64) -> u32 {
        let (x, y) = (u >> FRACTION_BITS, v >> FRACTION_BITS);
        let (left, right) = (self.wrap(x, self.width), self.wrap(x + 1, self.width));
        let (above, below) = (
            self.row(self.wrap(y, self.height)),
            self.row(self.wrap(y + 1, self.height)),
        );
        let weight = |position: i64| (position >> (FRACTION_BITS - 8)) as u32 & 255;
        let upper = colour::mix(above[left], above[right], weight(u));
        let lower = colour::mix(below[left], below[right], weight(u));
        colour::mix(upper, lower, weight(v))
    }

    #[inline]
    fn texel(&self, x: i64, y: i64) -> u32 {
        self.texels[self.wrap(y, self.height) * self.width + self.wrap(x, self.width)]
    }

    #[inline]
    fn wrap(&self, index: i64, length: usize) -> usize {
        let length = length as i64;
        let wrapped = match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => index.clamp(0, length - 1),
            TextureWrapMode::Repeat => index.rem_euclid(length),
            TextureWrapMode::MirroredRepeat => {
                let there_and_back = index.rem_euclid(2 * length);
                there_and_back.min(2 * length - 1 - there_and_back)
            }
        };
        wrapped as usize
    }
}

/// Half a texel.
pub(crate) const HALF: i64 = 1 << (FRACTION_BITS - 1);

fn write(texels: &mut [u32], colours: &[Color32]) {
    for (texel, colour) in texels.iter_mut().zip(colours) {
        *texel = colour::pack(*colour);
    }
}

/// All textures egui has handed over and not taken back.
#[derive(Default)]
pub(crate) struct Textures {
    /// Ordered, so that nothing ever depends on a hash.
    by_id: BTreeMap<TextureId, Texture>,
    /// Given up by the latest change, but the picture that belongs to it may still show them.
    given_up: Vec<TextureId>,
}

impl Textures {
    /// Follows `delta` and leaves it empty.
    pub(crate) fn update(&mut self, delta: &mut TexturesDelta) {
        for id in self.given_up.drain(..) {
            self.by_id.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.change(id, &change);
            }
        }
        self.given_up.extend(delta.free.drain());
    }

    fn change(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        let present = self.by_id.get_mut(&id);
        match (present, change.pos) {
            (Some(texture), Some(corner)) => texture.patch(corner, image, change.options),
            (None, Some(_)) => {}
            // A heatmap renews itself every frame: the same size keeps its memory.
            (Some(texture), None)
                if image.size == [texture.width, texture.height]
                    && image.pixels.len() == texture.texels.len() =>
            {
                texture.patch([0, 0], image, change.options);
            }
            (_, None) => match Texture::new(image, change.options) {
                Some(texture) => _ = self.by_id.insert(id, texture),
                None => _ = self.by_id.remove(&id),
            },
        }
    }

    pub(crate) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.by_id.get(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::TextureOptions as Options;

    const ONE: i64 = 1 << FRACTION_BITS;

    fn grey_image(size: [usize; 2], greys: &[u8]) -> ColorImage {
        ColorImage::from_gray(size, greys)
    }

    fn greys(texture: &Texture) -> Vec<u8> {
        texture.texels.iter().map(|texel| *texel as u8).collect()
    }

    fn apply(textures: &mut Textures, id: u64, changes: Vec<ImageDelta>, free: bool) {
        let (id, mut delta) = (TextureId::Managed(id), TexturesDelta::default());
        for change in changes {
            delta.push(id, change);
        }
        if free {
            delta.free(id);
        }
        textures.update(&mut delta);
        assert!(delta.is_empty());
    }

    #[test]
    fn nearest_is_not_shifted() {
        let texture = Texture::new(&grey_image([3, 1], &[10, 20, 30]), Options::NEAREST).unwrap();
        let grey = |u: i64| texture.sample(TextureFilter::Nearest, u, 0) as u8;
        let seen = [-1, 0, ONE - 1, ONE, 2 * ONE - 1, 2 * ONE, 9 * ONE].map(grey);
        assert_eq!(seen, [10, 10, 10, 20, 20, 30, 30]);
    }

    #[test]
    fn linear_is_exact_at_texel_centres_and_halfway_between() {
        let texture = Texture::new(&grey_image([2, 2], &[0, 100, 100, 200]), Options::LINEAR).unwrap();
        let grey = |u: i64, v: i64| texture.sample(TextureFilter::Linear, u, v) as u8;
        assert_eq!([grey(HALF, HALF), grey(HALF + ONE, HALF + ONE)], [0, 200]);
        assert_eq!([grey(ONE, HALF), grey(ONE, ONE), grey(0, 0)], [50, 100, 0]);
    }

    #[test]
    fn wrap_modes_repeat_and_mirror() {
        let index = |options: Options| {
            let texture = Texture::new(&grey_image([2, 1], &[0, 1]), options).unwrap();
            (-3..5).map(|x| texture.wrap(x, 2)).collect::<Vec<_>>()
        };
        assert_eq!(index(Options::NEAREST), [0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(index(Options::NEAREST_REPEAT), [1, 0, 1, 0, 1, 0, 1, 0]);
        assert_eq!(index(Options::NEAREST_MIRRORED_REPEAT), [1, 1, 0, 0, 1, 1, 0, 0]);
    }

    #[test]
    fn a_partial_update_is_not_stale_and_stays_inside() {
        let mut textures = Textures::default();
        let whole = ImageDelta::full(grey_image([3, 2], &[0; 6]), Options::NEAREST);
        let part =
            |corner, grey| ImageDelta::partial(corner, grey_image([2, 2], &[grey; 4]), Options::NEAREST);
        apply(
            &mut textures,
            1,
            vec![whole, part([0, 0], 5), part([2, 1], 7)],
            false,
        );
        assert_eq!(
            greys(textures.get(TextureId::Managed(1)).unwrap()),
            [5, 5, 0, 5, 5, 7]
        );
        apply(&mut textures, 1, vec![part([1, 0], 9), part([3, 2], 1)], false);
        assert_eq!(
            greys(textures.get(TextureId::Managed(1)).unwrap()),
            [5, 9, 9, 5, 9, 9]
        );
    }

    #[test]
    fn a_whole_update_replaces_texels_size_and_options() {
        let mut textures = Textures::default();
        let full = |size, greys: &[u8], options| ImageDelta::full(grey_image(size, greys), options);
        apply(
            &mut textures,
            1,
            vec![full([2, 1], &[1, 2], Options::NEAREST)],
            false,
        );
        apply(
            &mut textures,
            1,
            vec![full([2, 1], &[3, 4], Options::LINEAR)],
            false,
        );
        let texture = textures.get(TextureId::Managed(1)).unwrap();
        assert_eq!((greys(texture), texture.options), (vec![3, 4], Options::LINEAR));
        apply(
            &mut textures,
            1,
            vec![full([1, 2], &[5, 6], Options::LINEAR)],
            false,
        );
        let texture = textures.get(TextureId::Managed(1)).unwrap();
        assert_eq!((greys(texture), texture.width()), (vec![5, 6], 1));
    }

    #[test]
    fn a_given_up_texture_lasts_for_the_picture_it_was_given_up_with() {
        let mut textures = Textures::default();
        let id = TextureId::Managed(1);
        let image = ImageDelta::full(grey_image([1, 1], &[1]), Options::NEAREST);
        apply(&mut textures, 1, vec![image], true);
        assert!(textures.get(id).is_some());
        apply(&mut textures, 2, vec![], false);
        assert!(textures.get(id).is_none());
    }

    #[test]
    fn unsound_images_are_no_textures() {
        let mut lying = grey_image([2, 2], &[0; 4]);
        lying.size = [3, 2];
        assert!(Texture::new(&lying, Options::LINEAR).is_none());
        assert!(Texture::new(&grey_image([0, 4], &[]), Options::LINEAR).is_none());
        let mut textures = Textures::default();
        apply(
            &mut textures,
            1,
            vec![ImageDelta::full(grey_image([2, 2], &[0; 4]), Options::LINEAR)],
            false,
        );
        apply(
            &mut textures,
            1,
            vec![ImageDelta::full(grey_image([0, 0], &[]), Options::LINEAR)],
            false,
        );
        assert!(textures.get(TextureId::Managed(1)).is_none());
    }
}
