//! The viewer's pictures, pixel for pixel: `fixtures/pictures/*.png`.
//!
//! `GAN_LAB_REFRESH=1 cargo test -p gan-lab-tests --test pictures` paints them anew; look at what
//! changed before committing it. A picture that differs is written to the target folder's `pictures/`.

mod beside;
mod data;
mod diagnosis;
mod edit;
mod files;
mod lab_view;
mod layers;
mod lessons;
mod map;
mod metrics;
mod narrow;
mod renderer;
mod slow_motion;
mod sweep;
mod techniques;
mod timeline;
mod viewer;
mod walk;

use std::path::PathBuf;

use egui::Theme;
use gan_core::Configuration;
use gan_lab::picture;
use gan_lab_tests::{fixture, workspace};
use image::RgbImage;
use lab::{Drawing, Experiment, Inline};
use raster::Framebuffer;
use views::App;

/// Paints in light colours, and compares with the stored picture, exactly.
fn compare(name: &str, app: &mut App, run: &mut Inline, size: [usize; 2]) {
    compare_in(Theme::Light, name, app, run, size);
}

/// Paints in one of the themes; otherwise as [`compare`].
fn compare_in(theme: Theme, name: &str, app: &mut App, run: &mut Inline, size: [usize; 2]) {
    compare_frame(name, &picture::paint(app, run, size, theme));
}

fn compare_frame(name: &str, frame: &Framebuffer) {
    let painted = RgbImage::from_raw(frame.width() as u32, frame.height() as u32, frame.rgb_bytes()).unwrap();
    compare_image(name, &painted);
}

fn compare_image(name: &str, painted: &RgbImage) {
    let path = fixture("pictures").join(name).with_extension("png");
    if std::env::var_os("GAN_LAB_REFRESH").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        painted.save(&path).unwrap();
        return;
    }
    let stored = image::open(&path).map(|picture| picture.into_rgb8());
    let differing = match &stored {
        Ok(stored) if stored.dimensions() == painted.dimensions() => stored
            .pixels()
            .zip(painted.pixels())
            .filter(|(a, b)| a != b)
            .count(),
        _ => painted.pixels().len(),
    };
    if differing > 0 {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let own = folder.join(name).with_extension("png");
        painted.save(&own).unwrap();
        let root = workspace().canonicalize().unwrap();
        let own = own.strip_prefix(&root).unwrap_or(&own).display();
        panic!("{name}: {differing} pixels differ from the stored picture; see {own}");
    }
}

fn trained(configuration: Configuration, seed: u64, epochs: u64) -> Inline {
    let experiment = Experiment::new(configuration, seed, Drawing::default()).unwrap();
    let mut run = Inline::new(experiment);
    // A divergence is a picture too.
    let _ = run.run_epochs(epochs);
    run
}

const WINDOW: [usize; 2] = [1280, 800];
