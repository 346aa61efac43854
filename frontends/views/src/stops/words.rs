//! A stop condition in words.

use lab::checks::diagnosis::Word;
use lab::checks::stop::Stop;

use crate::text;

/// After 'until': 'epoch 5,000', 'JS is below 0.1 at 3 checks in turn', '"Mode collapse" is said'.
pub(crate) fn until(stop: &Stop) -> String {
    let written = stop.to_string();
    let words: Vec<&str> = written.split(' ').collect();
    let (what, checks) = match words[..] {
        [ref what @ .., "for", number, "checks"] => (what, format!(" at {number} checks in turn")),
        ref what => (what, String::new()),
    };
    match *what {
        ["epoch", number] => {
            let number = number.parse().map_or_else(|_| number.to_owned(), text::count);
            format!("epoch {number}")
        }
        ["diagnosis", "is", "not", key] => format!("{} is not said{checks}", said(key)),
        ["diagnosis", key] => format!("{} is said{checks}", said(key)),
        ["js" | "kl", ..] => {
            let name = what[0].to_uppercase();
            format!("{name} is {}{checks}", what[1..].join(" "))
        }
        [figure, ref bound @ ..] => format!("{figure} is {}{checks}", bound.join(" ")),
        [] => written,
    }
}

/// The condition that a diagnosis' key stands for, in words.
pub(super) fn said(key: &str) -> String {
    match key {
        "ailing" => "anything wrong".to_owned(),
        "healthy" => "anything healthy".to_owned(),
        key => match key.parse::<Word>() {
            Ok(word) => format!("‘{}’", word.title()),
            Err(_) => key.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_is_said() {
        for (written, words) in [
            ("epoch 5000", "epoch 5,000"),
            ("js below 0.1 for 3 checks", "JS is below 0.1 at 3 checks in turn"),
            ("js below 0.1", "JS is below 0.1"),
            ("ndb at most 0.2", "ndb is at most 0.2"),
            ("diagnosis mode_collapse", "‘Mode collapse’ is said"),
            ("diagnosis is not mode_collapse", "‘Mode collapse’ is not said"),
            (
                "diagnosis ailing for 2 checks",
                "anything wrong is said at 2 checks in turn",
            ),
        ] {
            assert_eq!(until(&written.parse().unwrap()), words);
        }
    }
}
