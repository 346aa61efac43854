//! A diagnosis as `train` prints it: JSON, and lines for a terminal.

use std::io::{self, Write};

use lab::Diagnosis;
use lab::checks::diagnosis::{Evidence, Remedy};
use serde::Serialize;

/// `"diagnosis": {"word": "mode_collapse", "since_epoch": …, …}`.
#[derive(Serialize)]
pub(super) struct DiagnosisReport {
    word: &'static str,
    since_epoch: u64,
    sentence: String,
    evidence: Vec<EvidenceReport>,
    lost_modes: Vec<[f64; 2]>,
    remedies: Vec<RemedyReport>,
}

#[derive(Serialize)]
struct EvidenceReport {
    measure: &'static str,
    value: f64,
    threshold: f64,
    sentence: String,
}

#[derive(Serialize)]
struct RemedyReport {
    key: String,
    value: String,
    reason: &'static str,
    citation: &'static str,
}

impl EvidenceReport {
    fn of(evidence: &Evidence) -> Self {
        Self {
            measure: evidence.measure.key(),
            value: evidence.value,
            threshold: evidence.threshold(),
            sentence: evidence.sentence(),
        }
    }
}

impl RemedyReport {
    fn of(remedy: &Remedy) -> Self {
        Self {
            key: remedy.key.clone(),
            value: remedy.value.clone(),
            reason: remedy.reason,
            citation: remedy.citation,
        }
    }
}

impl DiagnosisReport {
    pub(super) fn of(diagnosis: &Diagnosis) -> Self {
        let first = &diagnosis.finding;
        Self {
            word: first.word.key(),
            since_epoch: diagnosis.since,
            sentence: first.sentence.clone(),
            evidence: first.evidence.iter().map(EvidenceReport::of).collect(),
            lost_modes: first.lost.iter().map(|lost| lost.centre).collect(),
            remedies: first.remedies.iter().map(RemedyReport::of).collect(),
        }
    }
}

/// The sentence, what it rests on, and the first remedy.
pub(super) fn say(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    let first = &diagnosis.finding;
    writeln!(out, "says    {}", first.sentence)?;
    for evidence in &first.evidence {
        writeln!(out, "        {} ({})", evidence.sentence(), evidence.limit())?;
    }
    if let Some(remedy) = first.remedies.first() {
        writeln!(
            out,
            "try     {} = {}: {} ({})",
            remedy.key, remedy.value, remedy.reason, remedy.citation
        )?;
    }
    Ok(())
}
