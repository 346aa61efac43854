//! One seed, one hash: the table of `fixtures/targets/hashes.toml` on every target, and the board's program.
//!
//! `cargo test -p gan-lab-tests --test targets -- --nocapture` prints what each took. A target that is missing is
//! skipped and says so; under `CI=true` it fails. `GAN_LAB_FILL=1` writes the reference's hashes where the
//! table has none, and `GAN_LAB_REFRESH=1` the board's picture (look at it).

mod board;
mod processor;
mod vulkan;
mod wasm;
