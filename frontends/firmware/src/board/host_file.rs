//! A file of the machine that holds the debugger, read through semihosting (Arm, "Semihosting for AArch32 and
//! AArch64", SYS_OPEN and SYS_READ).
#![allow(
    unsafe_code,
    reason = "the debugger is given addresses of what it reads and writes"
)]

use cortex_m_semihosting::{nr, syscall};

/// An open file.
pub struct HostFile {
    handle: usize,
}

/// The file is not there, or ends too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl HostFile {
    /// Opens one by its name, to read.
    pub fn open(name: &core::ffi::CStr) -> Result<Self, Unreadable> {
        // SAFETY: the name's address and length without its end, as the call expects; nothing is written.
        let handle = unsafe { syscall!(OPEN, name.as_ptr(), nr::open::R_BINARY, name.count_bytes()) };
        match handle {
            usize::MAX => Err(Unreadable),
            handle => Ok(Self { handle }),
        }
    }

    /// The next words, little-endian.
    pub fn read(&mut self, words: &mut [u32]) -> Result<(), Unreadable> {
        for word in words {
            let mut bytes = [0_u8; 4];
            // SAFETY: the call writes at most four bytes where there are four.
            let missing = unsafe { syscall!(READ, self.handle, bytes.as_mut_ptr(), bytes.len()) };
            if missing != 0 {
                return Err(Unreadable);
            }
            *word = u32::from_le_bytes(bytes);
        }
        Ok(())
    }
}
