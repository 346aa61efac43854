//! Paints egui's meshes into a plain framebuffer, the same pixels on every machine.
//!
//! egui turns a user interface into triangles; a graphics card usually paints them. Here a few
//! hundred lines do, for three reasons: the viewer needs no driver, pictures can be tested without
//! a display, and a picture is *the same* wherever it is painted, so it can be compared exactly.
//! Other rasterisers were pinned to older eguis, or shifted textures by half a texel.
//!
//! Sameness comes from integers. Positions are snapped to 1/256 pixel when a mesh comes in, and
//! from there on which pixels a triangle covers is decided exactly; colours and texture
//! coordinates are integer planes over the pixel grid, so a pixel's value depends on nothing but
//! its own place: neither on the clip rectangle, nor on how many threads share the work
//! ([`Bands`]). The few floating-point operations of the set-up are single IEEE-754
//! operations, which Rust neither fuses nor reorders.
//!
//! **Which pixels?** A pixel belongs to a shape when its centre does; a centre exactly on an edge
//! belongs to the shape on the right of that edge, or below it. So of two shapes that share an edge
//! exactly one paints each pixel along it: no seam, and no translucent pixel blended twice.
//!
//! **Which colour?** Blending is egui's: premultiplied alpha, in gamma space. Paint callbacks are
//! left out: they are written for a graphics card.
//!
//! ```
//! use raster::{Bands, Framebuffer, Rasteriser};
//!
//! let context = egui::Context::default();
//! let mut output = context.run_ui(egui::RawInput::default(), |ui| {
//!     ui.label("Hello");
//! });
//! let (mut rasteriser, mut frame) = (Rasteriser::new(), Framebuffer::new(320, 200));
//! frame.fill(egui::Color32::WHITE);
//! rasteriser.update_textures(&mut output.textures_delta);
//! let meshes = context.tessellate(output.shapes, output.pixels_per_point);
//! rasteriser.paint(&mut frame, &meshes, output.pixels_per_point, Bands::ONE);
//! assert!(frame.pixels().iter().any(|pixel| *pixel != 0xffff_ffff));
//! ```
#![deny(missing_docs)]

mod bands;
mod colour;
mod framebuffer;
mod geometry;
mod mesh;
mod outline;
mod plane;
mod rasteriser;
mod rectangle;
mod texture;
mod triangle;

pub use bands::Bands;
pub use framebuffer::Framebuffer;
pub use rasteriser::Rasteriser;
