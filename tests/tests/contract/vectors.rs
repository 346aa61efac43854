//! Contents of the vectors, and how they spell numbers.

use std::fs::File;

use gan_lab_tests::fixture;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub fn vectors<T: DeserializeOwned>(name: &str) -> T {
    let path = fixture("contract").join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_reader(std::io::BufReader::new(file)).unwrap()
}

pub fn f32_of(bits: &str) -> f32 {
    f32::from_bits(u32::from_str_radix(bits, 16).unwrap())
}

pub fn f64_of(bits: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(bits, 16).unwrap())
}

pub fn hex(values: &[f32]) -> Vec<String> {
    values
        .iter()
        .map(|value| format!("{:08x}", value.to_bits()))
        .collect()
}

/// FNV-1a over the bits of numbers, written here once more.
pub fn digest(values: impl IntoIterator<Item = f32>) -> String {
    let bytes = values.into_iter().flat_map(|value| value.to_bits().to_le_bytes());
    let fold = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.fold(0xcbf2_9ce4_8422_2325, fold))
}

/// Numbers that a run must give, from its atlases on. Its configuration is spelt by the file it is
/// in.
#[derive(Deserialize)]
pub struct Run<C> {
    pub name: String,
    /// Seed of a run whose configuration has none.
    pub seed: Option<u64>,
    pub configuration: C,
    pub atlas_head: Head,
    pub atlas_digest: Digests,
    pub initial: Initial,
    pub hash_at_epoch_0: String,
    pub epochs: Vec<Epoch>,
    pub diverged: Option<DivergedAt>,
}

#[derive(Deserialize)]
pub struct Head {
    pub real: Vec<[String; 2]>,
    pub noise: Vec<Vec<String>>,
}

#[derive(Deserialize)]
pub struct Digests {
    pub real: String,
    pub noise: String,
}

#[derive(Deserialize)]
pub struct Initial {
    pub generator: Parameters,
    pub discriminator: Parameters,
}

#[derive(Deserialize)]
pub struct Parameters {
    pub count: usize,
    pub digest: String,
    pub first: Vec<String>,
}

#[derive(Deserialize)]
pub struct Epoch {
    pub plan: Plan,
    pub change: Option<ChangeSettings>,
    pub hash: String,
    #[serde(default)]
    pub phases: Vec<PhaseDigest>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    Full,
    StepDiscriminator,
    StepGenerator,
}

/// Changes before an epoch; everything that is named replaces what was.
#[derive(Deserialize)]
pub struct ChangeSettings {
    pub loss: Option<String>,
    pub generator: Option<NetworkSettings>,
    pub discriminator: Option<NetworkSettings>,
}

#[derive(Deserialize)]
pub struct NetworkSettings {
    pub hidden_layers: Option<u32>,
    pub neurons: Option<u32>,
    pub learning_rate_bits: String,
    pub optimiser: String,
    pub updates: u32,
}

#[derive(Deserialize)]
pub struct PhaseDigest {
    pub network: String,
    pub phase: String,
    /// Absent where the phase made a NaN.
    pub digest: Option<String>,
}

#[derive(Deserialize)]
pub struct DivergedAt {
    pub epoch: u64,
    pub network: String,
}
