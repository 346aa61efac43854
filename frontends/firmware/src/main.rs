//! gan-lab on a board: trains the recording that was compiled in, says over semihosting how far it has come and
//! whether its states are the recording's, and draws it.
//!
//! `tests/tests/targets/board.rs` reads its output: words and figures, a line each, and at the end
//! the display's pixels.
#![no_std]
#![no_main]

use core::sync::atomic::AtomicU16;

use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{EXIT_FAILURE, EXIT_SUCCESS, exit};
use gan_core::{Gan, Memory, Network, Profile};
use gan_lab_firmware::board::instructions::Instructions;
use gan_lab_firmware::board::{console, stack};
use gan_lab_firmware::picture::{self, Display, HEIGHT, LossHistory, Pixels, WIDTH};
use gan_lab_firmware::playing::Playing;
use gan_lab_firmware::recorded::{
    CHECKPOINTS, CONFIGURATION, DRAWING, EPOCHS, LOG, LOOKING_WORDS, SEED, TRAINING_WORDS,
};
use gan_lab_firmware::{Arithmetic, say};
use panic_semihosting as _;

/// Epochs from one printed line to the next.
const EVERY: u64 = 100;

/// The display's pixels, in memory of their own.
#[allow(
    unsafe_code,
    reason = "nothing else lies in this section, and any bits are pixels"
)]
#[unsafe(link_section = ".display")]
static PIXELS: Pixels = [const { AtomicU16::new(0) }; (WIDTH * HEIGHT) as usize];

#[entry]
fn main() -> ! {
    static mut TRAINING: Memory<TRAINING_WORDS> = Memory::new();
    static mut LOOKING: Memory<LOOKING_WORDS> = Memory::new();
    static mut HISTORY: LossHistory = LossHistory::new();

    let peripherals = cortex_m::Peripherals::take();
    let mut counter = Instructions::new(peripherals.map(|peripherals| peripherals.SYST));
    let mut display = Display::new(&PIXELS);
    match train(TRAINING, LOOKING, HISTORY, &mut display, &mut counter) {
        Ok(()) => exit(EXIT_SUCCESS),
        Err(reason) => {
            say!("failed: {reason}");
            exit(EXIT_FAILURE);
        }
    }
    // Reached if no debugger listens.
    loop {
        cortex_m::asm::wfi();
    }
}

fn train(
    memory: &'static mut Memory<TRAINING_WORDS>,
    scratch: &mut Memory<LOOKING_WORDS>,
    history: &mut LossHistory,
    display: &mut Display<'_>,
    counter: &mut Instructions,
) -> Result<(), &'static str> {
    let reference = Arithmetic::NAME == gan_core::Reference::NAME;
    say!("profile {}", Arithmetic::NAME);
    say!("training-bytes {}", 4 * TRAINING_WORDS);
    counter.restart();
    let gan = Gan::<_, Arithmetic>::new(memory, &CONFIGURATION, SEED, &DRAWING);
    let mut gan = gan.map_err(|_| "the recording's run cannot begin")?;
    say!("instructions-set-up {}", counter.read());

    let mut playing = Playing::new(&LOG, if reference { &CHECKPOINTS } else { &[] });
    let (mut spent, mut compared) = (0_u64, 0_u32);
    loop {
        match playing.compare(&gan) {
            Ok(same) => compared += u32::from(same),
            Err(different) => {
                say!(
                    "epoch {}: {}, recorded {}",
                    gan.epoch(),
                    different.came,
                    different.recorded.hash
                );
                return Err("a state is not the recording's");
            }
        }
        if gan.epoch() == EPOCHS {
            break;
        }
        counter.restart();
        playing.epoch(&mut gan).map_err(|_| "the run diverged")?;
        spent += counter.read();
        let [d, g] = [Network::Discriminator, Network::Generator].map(|network| gan.loss(network));
        if let (Some(d), Some(g)) = (d, g) {
            history.add(gan.epoch(), [d as f32, g as f32]);
            if gan.epoch().is_multiple_of(EVERY) || gan.epoch() == EPOCHS {
                say!(
                    "epoch {} D {d:.6} G {g:.6} hash {}",
                    gan.epoch(),
                    gan.state_hash()
                );
            }
        }
    }
    say!("states-as-recorded {compared}");
    say!("instructions-per-epoch {}", spent / EPOCHS.max(1));
    say!("stack-training {}", stack::deepest());

    counter.restart();
    picture::draw(display, &gan, SEED, scratch.as_mut(), history);
    say!("instructions-picture {}", counter.read());
    say!("stack-picture {}", stack::deepest());
    console::picture(display);
    Ok(())
}
