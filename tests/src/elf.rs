//! How much room a board's program takes, from its file (ELF, 32 bits, little-endian).

use std::ops::Range;

/// A section that has a place in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Address of its first byte.
    pub address: u32,
    /// How long it is.
    pub size: u32,
    /// Whether the file holds what is in it; else it is only room.
    pub filled: bool,
}

/// The sections of a program that have a place in memory; `None` if the file is not one.
#[must_use]
pub fn sections(file: &[u8]) -> Option<Vec<Section>> {
    const ALLOCATED: u32 = 2;
    const NO_BITS: u32 = 8;
    let word = |at: usize| Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let half = |at: usize| Some(u16::from_le_bytes(file.get(at..at + 2)?.try_into().ok()?));
    // Magic, 32 bits, little-endian.
    if !file.starts_with(b"\x7fELF\x01\x01") {
        return None;
    }
    let (table, size, count) = (
        word(0x20)? as usize,
        usize::from(half(0x2e)?),
        usize::from(half(0x30)?),
    );
    let mut sections = Vec::new();
    for header in (0..count).map(|index| table + index * size) {
        if word(header + 8)? & ALLOCATED != 0 {
            sections.push(Section {
                address: word(header + 12)?,
                size: word(header + 20)?,
                filled: word(header + 4)? != NO_BITS,
            });
        }
    }
    Some(sections)
}

/// Bytes of the sections that begin in a range of addresses.
#[must_use]
pub fn bytes(sections: &[Section], range: Range<u32>) -> u32 {
    let within = sections.iter().filter(|section| range.contains(&section.address));
    within.map(|section| section.size).sum()
}
