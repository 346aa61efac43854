//! The kernels again, many samples at a time, in explicit vectors of whatever width the machine has.
//!
//! Bit for bit the scalar reference ([`crate::dense`], [`crate::math`], the optimisers): a lane does one
//! sample's operations in the sample's order, and a sum over the batch keeps its 16 partials whatever the
//! width. Written once, over `fearless_simd`'s vectors, and compiled for each instruction set; all
//! functions are inlined into the one that [`crate::kernels`] dispatches to.

// Tiles are indexed: an iterator's closure that is not inlined would lose the instruction set, and calls
// out of the innermost loop cost a factor of three.
#![allow(clippy::needless_range_loop)]

mod fold;
pub(crate) mod functions;
pub(crate) mod gradients;
pub(crate) mod product;
pub(crate) mod update;
