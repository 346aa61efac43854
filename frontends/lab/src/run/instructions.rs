//! Which vector instructions training uses: the best the machine has, or what `GAN_LAB_SIMD` names.
//!
//! No bit depends on it, so it is a property of the process and not of a run.

use std::fmt;
use std::sync::OnceLock;

use fearless_simd::Level;
use gan_core::Instructions;

/// The variable that forces a level.
pub const VARIABLE: &str = "GAN_LAB_SIMD";

/// `GAN_LAB_SIMD` names a level that this machine does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAvailable {
    name: String,
}

impl fmt::Display for NotAvailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = available().iter().map(|level| level.name()).collect();
        write!(
            f,
            "{VARIABLE}={} is not among this machine's levels: {}",
            self.name,
            names.join(", ")
        )
    }
}

impl std::error::Error for NotAvailable {}

/// All levels of this machine, the plainest first.
#[must_use]
pub fn available() -> Vec<Instructions> {
    let best = Level::new();
    let mut levels = vec![Instructions::Scalar];
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    {
        let narrower = [
            best.as_sse2().map(Level::Sse2),
            best.as_sse4_2().map(Level::Sse4_2),
            best.as_avx2().map(Level::Avx2),
            best.as_avx512().map(Level::Avx512),
        ];
        levels.extend(narrower.into_iter().flatten().map(Instructions::Simd));
    }
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    if !best.is_fallback() {
        levels.push(Instructions::Simd(best));
    }
    levels
}

/// The level that `GAN_LAB_SIMD` names, or the best.
pub fn chosen() -> Result<Instructions, NotAvailable> {
    named(std::env::var(VARIABLE).ok().as_deref())
}

/// The level that [`chosen`] gives, looked up once; where the variable names no level, the best.
#[must_use]
pub fn current() -> Instructions {
    static CURRENT: OnceLock<Instructions> = OnceLock::new();
    *CURRENT.get_or_init(|| chosen().unwrap_or_else(|_| best()))
}

fn best() -> Instructions {
    available().pop().unwrap_or(Instructions::BASELINE)
}

fn named(name: Option<&str>) -> Result<Instructions, NotAvailable> {
    match name {
        None | Some("") => Ok(best()),
        Some(name) => {
            let found = available().into_iter().find(|level| level.name() == name);
            found.ok_or_else(|| NotAvailable {
                name: name.to_owned(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_found_by_its_name() {
        for level in available() {
            assert_eq!(named(Some(level.name())).unwrap().name(), level.name());
        }
        assert_eq!(named(None).unwrap().name(), best().name());
        let error = named(Some("mmx")).unwrap_err().to_string();
        assert!(
            error.contains("GAN_LAB_SIMD=mmx") && error.contains("scalar"),
            "{error}"
        );
    }
}
