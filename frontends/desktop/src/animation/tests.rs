//! Animations read back as the pictures that went in.

use super::*;
use egui::Color32;
use gif::{ColorOutput, DecodeOptions};

const WIDTH: usize = 40;
const HEIGHT: usize = 30;

/// The pictures of a GIF as a viewer builds them up, 0xRRGGBB, each with its delay in hundredths of a second.
fn played(bytes: &[u8]) -> Vec<(Vec<u32>, u16)> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    assert_eq!(decoder.repeat(), Repeat::Infinite);
    let mut canvas = vec![0; WIDTH * HEIGHT];
    let mut pictures = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        for (at, pixel) in frame.buffer.as_chunks().0.iter().enumerate() {
            let (row, column) = (at / usize::from(frame.width), at % usize::from(frame.width));
            let place = (usize::from(frame.top) + row) * WIDTH + usize::from(frame.left) + column;
            let [red, green, blue, alpha] = *pixel;
            if alpha > 0 {
                canvas[place] = u32::from_be_bytes([0, red, green, blue]);
            }
        }
        pictures.push((canvas.clone(), frame.delay));
    }
    pictures
}

fn plain(colour: Color32) -> Framebuffer {
    let mut picture = Framebuffer::new(WIDTH, HEIGHT);
    picture.fill(colour);
    picture
}

#[test]
fn pictures_of_few_colours_are_played_as_they_were() {
    let (white, red) = (plain(Color32::WHITE), plain(Color32::from_rgb(250, 10, 20)));
    let pictures = [&white, &white, &red, &white];
    let mut animation = Animation::new(Vec::new(), [WIDTH, HEIGHT]).unwrap();
    for (index, picture) in pictures.iter().enumerate() {
        let delay = Duration::from_millis(50 * (index as u64 + 1));
        animation.add(picture, delay).unwrap();
    }
    let bytes = animation.finish().unwrap();
    let played = played(&bytes);
    assert_eq!(played.len(), 4);
    for (index, ((pixels, delay), picture)) in played.iter().zip(pictures).enumerate() {
        assert_eq!(usize::from(*delay), 5 * (index + 1));
        assert!(
            pixels
                .iter()
                .zip(picture.pixels())
                .all(|(got, put)| *got == put & 0xff_ffff)
        );
    }
    assert!(bytes.len() < 2000, "{} bytes", bytes.len());
}

#[test]
fn only_what_changed_is_written() {
    let width = 8;
    let before = vec![7; 48];
    let mut now = before.clone();
    assert_eq!(changed(None, &now, width), [0..8, 0..6]);
    assert_eq!(changed(Some(&before), &now, width), [0..1, 0..1]);
    now[2 * width + 3] = 1;
    assert_eq!(changed(Some(&before), &now, width), [3..4, 2..3]);
    now[4 * width] = 1;
    now[3 * width + 7] = 1;
    assert_eq!(changed(Some(&before), &now, width), [0..8, 2..5]);
}

#[test]
fn a_disk_that_is_full_is_an_error() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = Animation::new(Full, [WIDTH, HEIGHT]).err().expect("nothing fits");
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
