//! How much of the stack has been used: before the program it was painted (`cortex-m-rt`'s `paint-stack`), and
//! what still has the paint has not been touched.
#![allow(
    unsafe_code,
    reason = "reads memory that nobody owns, between two addresses of the linker's"
)]

/// The word that the stack is painted with.
const PAINT: u32 = cortex_m_rt::STACK_PAINT_VALUE;

unsafe extern "C" {
    /// The lowest address that the stack may grow to.
    static _stack_end: u32;
    /// The address at which the stack begins, growing downwards.
    static _stack_start: u32;
}

/// The most bytes that the stack has held so far.
#[must_use]
pub fn deepest() -> usize {
    let (lowest, top) = (&raw const _stack_end, &raw const _stack_start);
    let words = (top as usize - lowest as usize) / size_of::<u32>();
    // SAFETY: the linker keeps this range of RAM for the stack; it is aligned, and read, not written.
    let untouched = (0..words).take_while(|index| unsafe { lowest.add(*index).read_volatile() } == PAINT);
    (words - untouched.count()) * size_of::<u32>()
}
