//! Trains the rows of the table of hashes (`fixtures/targets/hashes.toml`) and prints a hash for each.
//!
//! They come as words from the file `rows.bin` beside the debugger (`tests/src/hashes.rs` writes it): how many,
//! then of each its configuration, seed, epochs, and the points of its drawing.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{EXIT_FAILURE, EXIT_SUCCESS, exit};
use gan_core::{CONFIGURATION_WORDS, Configuration, Gan, Memory, Point, Reference};
use gan_lab_firmware::board::host_file::HostFile;
use gan_lab_firmware::say;
use panic_semihosting as _;

/// Words of memory for a run: all of the board's but the stack's.
const WORDS: usize = 56 * 1024;
/// Points of a drawing at most.
const MOST_POINTS: usize = 64;

#[entry]
fn main() -> ! {
    static mut MEMORY: Memory<WORDS> = Memory::new();
    match rows(MEMORY) {
        Ok(()) => exit(EXIT_SUCCESS),
        Err(reason) => {
            say!("failed: {reason}");
            exit(EXIT_FAILURE);
        }
    }
    loop {
        cortex_m::asm::wfi();
    }
}

fn rows(memory: &mut Memory<WORDS>) -> Result<(), &'static str> {
    let mut file = HostFile::open(c"rows.bin").map_err(|_| "there is no rows.bin")?;
    let mut next = |words: &mut [u32]| file.read(words).map_err(|_| "rows.bin ends too early");
    let mut count = [0];
    next(&mut count)?;
    for _ in 0..count[0] {
        let mut words = [0; CONFIGURATION_WORDS];
        next(&mut words)?;
        let configuration = Configuration::from_words(&words).map_err(|_| "a row has no configuration")?;
        let mut numbers = [0; 5];
        next(&mut numbers)?;
        let [seed, high_seed, epochs, high_epochs, points] = numbers;
        let long = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
        let mut drawing: [Point; MOST_POINTS] = [[0.0; 2]; MOST_POINTS];
        let drawing = drawing
            .get_mut(..points as usize)
            .ok_or("a row has too many points")?;
        for coordinate in drawing.as_flattened_mut() {
            let mut bits = [0];
            next(&mut bits)?;
            *coordinate = f32::from_bits(bits[0]);
        }
        let words: &mut [f32] = memory.as_mut();
        let mut gan = Gan::<_, Reference>::new(words, &configuration, long(seed, high_seed), drawing)
            .map_err(|_| "a row's run cannot begin, or takes too much memory")?;
        // A divergence is part of the run.
        let _ = gan.run_epochs(long(epochs, high_epochs));
        say!("{}", gan.state_hash());
    }
    Ok(())
}
