//! The gallery's page: plain HTML with its own style, without scripts, to be read, printed and cut up for slides.

use std::fmt::Write as _;

use lab::Status;
use lab::checks::diagnosis::Finding;
use lab::lesson::Exhibit;

use super::Shown;

const STYLE: &str = "
body { font: 16px/1.45 sans-serif; color: #222; background: #fff; max-width: 1180px; margin: 2em auto; padding: 0 1em }
h1 { margin-bottom: 0 } h2 { margin: 0 0 .2em } h3 { margin: 0 0 .4em } a { color: #0575b0 }
section { border-top: 1px solid #ccc; padding: 1.2em 0; margin-top: 1.6em; break-inside: avoid }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 1.4em; align-items: start }
.failure h3 { color: #a50026 } .cure h3 { color: #00702e }
img { max-width: 100%; height: auto; display: block; border: 1px solid #ddd; margin: .4em 0 }
ul { margin: .3em 0 .6em; padding-left: 1.2em } .limit { color: #666 }
code, pre { font: 13px/1.4 monospace; background: #f4f4f4 } pre { padding: .6em; overflow-x: auto; white-space: pre-wrap }
@media (max-width: 700px) { .two { grid-template-columns: 1fr } }
@media print { section { break-before: page; border: 0 } nav, details { display: none } body { margin: 0; max-width: none } }
";

/// A failure and its cure beside each other.
pub fn section(exhibit: &Exhibit, both: &[Shown]) -> String {
    let title = exhibit.lesson.narration.title.as_deref().unwrap_or_default();
    let summary = exhibit.lesson.narration.summary.as_deref().unwrap_or_default();
    let mut out = format!(
        "<section id=\"{}\">\n<h2>{}</h2>\n<p><em>{}</em></p>\n",
        exhibit.name,
        escaped(title),
        escaped(summary)
    );
    for paragraph in exhibit.page.paragraphs() {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "<p>{}</p>", escaped(&paragraph));
    }
    let stand = exhibit.page.stand.as_ref();
    if let Some(count) = stand.and_then(|stand| stand.of_32_seeds) {
        let seed = exhibit.lesson.experiment.seed();
        let _ = writeln!(
            out,
            "<p>What is claimed here holds with {count} of the seeds 1 to 32; this is seed {seed}.</p>"
        );
    }
    out.push_str("<div class=\"two\">\n");
    let headings = [["failure", "What goes wrong"], ["cure", "What helps"]];
    for ((shown, other), [class, heading]) in both.iter().zip(both.iter().rev()).zip(headings) {
        let _ = writeln!(out, "<div class=\"{class}\">\n<h3>{heading}</h3>");
        let difference = own_lines(&shown.recording.to_toml(), &other.recording.to_toml());
        let _ = writeln!(out, "<p><code>{}</code></p>", escaped(&difference.join("; ")));
        run(&mut out, shown, exhibit);
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n</section>\n");
    out
}

/// The hyper-parameters that another run has not, or has otherwise, with the table each is in.
fn own_lines(text: &str, other: &str) -> Vec<String> {
    let all = |text: &str| {
        let mut table = String::new();
        let mut lines = Vec::new();
        for line in text.lines() {
            match line.strip_prefix("[configuration") {
                Some(rest) => table = rest.trim_matches(['.', ']']).to_owned(),
                None if line.starts_with('[') => break,
                None if line.starts_with("reached") || !line.contains('=') => {}
                None if table.is_empty() => lines.push(line.to_owned()),
                None => lines.push(format!("{table}.{line}")),
            }
        }
        lines
    };
    let others = all(other);
    let mut own = all(text);
    own.retain(|line| !others.contains(line));
    if own.is_empty() {
        own.push("without it".to_owned());
    }
    own
}

/// One run: its picture, diagnosis, charts, and how to repeat it.
fn run(out: &mut String, shown: &Shown, exhibit: &Exhibit) {
    let Shown {
        recording,
        snapshot,
        name,
    } = shown;
    let title = exhibit.lesson.narration.title.as_deref().unwrap_or_default();
    let _ = writeln!(
        out,
        "<img src=\"{name}.png\" width=\"560\" height=\"560\" alt=\"{}: samples after {} epochs\">",
        escaped(title),
        snapshot.epoch
    );
    let finding = &snapshot.diagnosis.finding;
    diagnosis(out, finding);
    for (chart, what) in [("js", "JS over the epochs"), ("losses", "losses over the epochs")] {
        let _ = writeln!(
            out,
            "<img src=\"{name}-{chart}.svg\" width=\"560\" height=\"200\" alt=\"{what}\">"
        );
    }
    let ended = match snapshot.status {
        Status::Diverged(diverged) => format!("{diverged}"),
        Status::Paused | Status::Playing => format!("{} epochs", snapshot.epoch),
    };
    let _ = writeln!(
        out,
        "<p>Seed {}; {}. <code>gan-lab render --open {name}.toml --view layers --size 560x560 --out {name}.png</code> \
         makes the picture again from <a href=\"{name}.toml\">{name}.toml</a>.</p>",
        recording.experiment.seed(),
        escaped(&ended),
    );
    let _ = writeln!(
        out,
        "<details><summary>All hyper-parameters</summary>\n<pre>{}</pre>\n</details>",
        escaped(&recording.to_toml())
    );
}

/// The word's sentence, and what it rests on.
fn diagnosis(out: &mut String, finding: &Finding) {
    let _ = writeln!(
        out,
        "<p><strong>{}</strong> <span class=\"limit\">({})</span></p>\n<ul>",
        escaped(&finding.sentence),
        finding.word
    );
    for evidence in &finding.evidence {
        let _ = writeln!(
            out,
            "<li>{} <span class=\"limit\">(asked: {})</span></li>",
            escaped(&evidence.sentence()),
            escaped(&evidence.limit())
        );
    }
    out.push_str("</ul>\n");
}

/// The whole page.
pub fn whole(exhibits: &[Exhibit], sections: &[String]) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>What goes wrong with GANs, and what helps</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>What goes wrong with GANs, and what helps</h1>\n<p>Pairs of runs of gan-lab {}. Both of a \
         pair begin with the same seed: the same first weights, the same real samples, the same noise. One \
         hyper-parameter differs. Green dots are real samples, purple ones fakes; the colours of the square are what the \
         discriminator says of each place.</p>\n<nav><ul>\n",
        env!("CARGO_PKG_VERSION")
    );
    for exhibit in exhibits {
        let title = exhibit.lesson.narration.title.as_deref().unwrap_or_default();
        let _ = writeln!(
            out,
            "<li><a href=\"#{}\">{}</a></li>",
            exhibit.name,
            escaped(title)
        );
    }
    out.push_str("</ul></nav>\n");
    for section in sections {
        out.push_str(section);
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Text as HTML has it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_with_its_table() {
        let one = "seed = 1\nreached = 3\n[configuration]\nloss = \"log\"\n[configuration.generator]\nneurons = 3\n";
        let other =
            "seed = 1\n[configuration]\nloss = \"hinge\"\n[configuration.discriminator]\nneurons = 3\n";
        assert_eq!(own_lines(one, other), ["loss = \"log\"", "generator.neurons = 3"]);
        assert_eq!(own_lines(one, one), ["without it"]);
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(
            escaped("a < b & \"c\" > d"),
            "a &lt; b &amp; &quot;c&quot; &gt; d"
        );
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
