//! Counts instructions with the system timer.
//!
//! In QEMU with `-icount shift=0` an instruction takes one nanosecond of the board's time, and the timer runs at
//! 25 MHz: a tick is 40 instructions. On hardware the same code counts cycles in ticks of one.

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;

/// Instructions in a tick of QEMU's timer.
const OF_A_TICK: u64 = 40;
/// The timer counts down from here and begins anew: what is measured takes fewer ticks.
const MOST: u32 = 0x00ff_ffff;

/// A counter.
pub struct Instructions {
    timer: Option<SYST>,
    begun: u32,
}

impl Instructions {
    /// Counts with the system timer; without it, everything takes 0.
    #[must_use]
    pub fn new(mut timer: Option<SYST>) -> Self {
        if let Some(timer) = &mut timer {
            timer.set_clock_source(SystClkSource::Core);
            timer.set_reload(MOST);
            timer.clear_current();
            timer.enable_counter();
        }
        Self { timer, begun: 0 }
    }

    /// Counts from here.
    pub fn restart(&mut self) {
        self.begun = self.now();
    }

    /// Instructions since, fewer than 671 million.
    #[must_use]
    pub fn read(&self) -> u64 {
        u64::from(self.begun.wrapping_sub(self.now()) & MOST) * OF_A_TICK
    }

    fn now(&self) -> u32 {
        self.timer.as_ref().map_or(0, |_| SYST::get_current())
    }
}
