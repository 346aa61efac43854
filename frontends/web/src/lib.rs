//! gan-lab as a page in the browser. One wasm module, two instances of it, each knowing its own part:
//!
//! - **the page** ([`Page`]) looks: views, rasteriser, and the looker of `lab`, on the browser's main thread. Its
//!   pixels go into a canvas.
//! - **the worker** (`lab::run::remote::Worker`) trains, in a Web Worker, so that the page never stalls.
//!
//! Between them go bytes, as messages that are handed over and not copied: no shared memory, so that any static
//! server will do. There is no wasm-bindgen: what crosses to JavaScript are numbers and bytes, a dozen functions
//! (`exports`), and one import, the time. `page.js`, `worker.js` and `service-worker.js` beside this folder are
//! the browser's half: they know events, canvas, files and the address, and nothing about what is shown.

mod bytes;
mod cursor;
#[cfg(target_family = "wasm")]
pub mod exports;
mod input;
mod keys;
mod opening;
mod page;
mod picture;
mod wishes;

pub use bytes::Bytes;
pub use input::{Finger, Input};
pub use page::Page;
pub use picture::Picture;
pub use wishes::Wishes;
