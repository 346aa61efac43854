//! A narration's tables, texts over as many lines as they have.

use std::fmt::Write as _;

use super::changed;
use crate::lesson::Condition;
use crate::recording::narration::{Beside, Narration, Page, Stand, Task};

/// All of it; nothing of an empty one.
pub(super) fn tables(narration: &Narration) -> String {
    let mut out = String::new();
    if *narration == Narration::default() {
        return out;
    }
    out.push_str("\n[narration]\n");
    let lines = [
        ("title", &narration.title),
        ("author", &narration.author),
        ("summary", &narration.summary),
    ];
    for (key, line) in lines {
        if let Some(line) = line {
            entry(&mut out, key, &quoted(line));
        }
    }
    for written in &narration.pages {
        page(&mut out, written);
    }
    out
}

fn page(out: &mut String, page: &Page) {
    out.push_str("\n[[narration.page]]\n");
    entry(out, "title", &quoted(&page.title));
    entry(out, "text", &quoted(&page.text));
    if let Some(layers) = &page.layers {
        entry(
            out,
            "layers",
            &list(layers.iter().map(|layer| layer.word().to_owned())),
        );
    }
    if !page.highlight.is_empty() {
        let words = page.highlight.iter().map(|component| component.word().to_owned());
        entry(out, "highlight", &list(words));
    }
    if let Some(Stand {
        epoch,
        holds,
        beside,
        of_32_seeds,
    }) = &page.stand
    {
        entry(out, "epoch", &epoch.to_string());
        conditions(out, "holds", holds);
        if let Some(count) = of_32_seeds {
            entry(out, "of_32_seeds", &count.to_string());
        }
        if let Some(Beside {
            difference,
            written,
            holds,
        }) = beside
        {
            out.push_str("[narration.page.beside]\n");
            match (difference.change(), written) {
                (_, Some(written)) => entry(out, "difference", &quoted(written)),
                (Some(change), None) => {
                    let _ = writeln!(out, "{}", changed(&change));
                }
                // Read from a file, it has its text.
                (None, None) => {}
            }
            conditions(out, "holds", holds);
        }
    }
    if let Some(Task { text, hint, done }) = &page.task {
        out.push_str("[narration.page.task]\n");
        entry(out, "text", &quoted(text));
        if let Some(hint) = hint {
            entry(out, "hint", &quoted(hint));
        }
        conditions(out, "done", done);
    }
}

fn entry(out: &mut String, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{key} = {value}");
}

fn conditions(out: &mut String, key: &str, conditions: &[Condition]) {
    if !conditions.is_empty() {
        entry(out, key, &list(conditions.iter().map(Condition::to_string)));
    }
}

fn list(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.map(|word| quoted(&word)).collect();
    format!("[{}]", words.join(", "))
}

/// TOML for a text: several lines where it has several.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
