//! The tables of a narration.

use std::str::FromStr;

use gan_core::Configuration;
use gan_core::log::Action;
use serde::Deserialize;
use toml::Spanned;

use super::{bounded, done};
use crate::Setting;
use crate::files::configuration::{Document, Entry, Problem, checked};
use crate::lesson::{Condition, SEEDS};
use crate::recording::narration::{
    Beside, MOST_CONDITIONS, MOST_OF_A_LINE, MOST_OF_A_TEXT, MOST_PAGES, Narration, Page, Stand, Task,
};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NarrationTable {
    title: Option<Spanned<String>>,
    author: Option<Spanned<String>>,
    summary: Option<Spanned<String>>,
    #[serde(default)]
    page: Vec<Spanned<PageTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTable {
    title: Spanned<String>,
    text: Spanned<String>,
    epoch: Option<Spanned<u64>>,
    #[serde(default)]
    highlight: Vec<Spanned<String>>,
    layers: Option<Vec<Spanned<String>>>,
    holds: Option<Spanned<Vec<Spanned<String>>>>,
    of_32_seeds: Option<Spanned<u64>>,
    beside: Option<Spanned<Document>>,
    task: Option<TaskTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskTable {
    text: Spanned<String>,
    hint: Option<Spanned<String>>,
    done: Spanned<Vec<Spanned<String>>>,
}

impl NarrationTable {
    /// Reads the narration of a run that begins with this configuration.
    pub(super) fn read(self, base: &Configuration) -> Result<Narration, Problem> {
        if let Some(page) = self.page.get(MOST_PAGES) {
            let what = format!("a lesson has at most {MOST_PAGES} pages");
            return Err(Problem::at(page.span().start, what));
        }
        let line = |what, text: Option<Spanned<String>>| text.map(|text| line(what, text)).transpose();
        Ok(Narration {
            title: line("title", self.title)?,
            author: line("author", self.author)?,
            summary: line("summary", self.summary)?,
            pages: self
                .page
                .into_iter()
                .map(|table| page(table, base))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn page(page: Spanned<PageTable>, base: &Configuration) -> Result<Page, Problem> {
    let table = page.into_inner();
    let stand = match table.epoch {
        Some(epoch) => Some(Stand {
            epoch: checked(epoch, |epoch| bounded("epoch", 0, epoch))?,
            holds: table.holds.map_or(Ok(Vec::new()), conditions)?,
            beside: table.beside.map(|table| beside(table, base)).transpose()?,
            of_32_seeds: table.of_32_seeds.map(count_of_seeds).transpose()?,
        }),
        None => {
            let holds = table.holds.map(|holds| holds.span().start);
            let counted = table.of_32_seeds.map(|count| count.span().start);
            let beside = table.beside.map(|beside| beside.span().start);
            if let Some(place) = holds.or(beside).or(counted) {
                let what =
                    "'holds', 'beside' and 'of_32_seeds' are of an epoch of the recording: give the page one";
                return Err(Problem::at(place, what));
            }
            None
        }
    };
    Ok(Page {
        title: line("title", table.title)?,
        text: text("text", table.text)?,
        stand,
        highlight: distinct(table.highlight)?,
        layers: table.layers.map(distinct).transpose()?,
        task: table.task.map(task).transpose()?,
    })
}

fn count_of_seeds(count: Spanned<u64>) -> Result<u32, Problem> {
    let place = count.span().start;
    let count = u32::try_from(count.into_inner()).ok();
    count
        .filter(|count| u64::from(*count) <= SEEDS.count() as u64)
        .ok_or_else(|| Problem::at(place, "there are 32 seeds: a number from 0 to 32"))
}

fn beside(beside: Spanned<Document>, base: &Configuration) -> Result<Beside, Problem> {
    let place = beside.span().start;
    let mut table = beside.into_inner();
    let holds = table.take("holds").map(|entry| conditions(entry.texts()?));
    let holds = holds.transpose()?.unwrap_or_default();
    let difference = table.take("difference").map(Entry::text).transpose()?;
    let changes = done(place, table.of_changes(&["difference", "holds"]))?;
    match (&changes[..], difference) {
        ([(Action::Change(difference), _)], None) => Ok(Beside {
            difference: (*difference).into(),
            written: None,
            holds,
        }),
        ([], Some(written)) => {
            let place = written.span().start;
            let written = line("difference", written)?;
            let difference =
                Setting::written(&written, base).map_err(|problem| Problem::at(place, problem))?;
            Ok(Beside {
                difference,
                written: Some(written),
                holds,
            })
        }
        _ => {
            let what = "a run beside differs in one thing: loss, a network's learning_rate, optimizer or \
                        updates_per_epoch, or difference = \"KEY=VALUE\" with any key of a configuration";
            Err(Problem::at(place, what))
        }
    }
}

fn task(table: TaskTable) -> Result<Task, Problem> {
    let place = table.done.span().start;
    let done = conditions(table.done)?;
    if done.is_empty() {
        let what = "a task is done when something is so of the run: say what in 'done'";
        return Err(Problem::at(place, what));
    }
    Ok(Task {
        text: text("task's text", table.text)?,
        hint: table.hint.map(|hint| text("hint", hint)).transpose()?,
        done,
    })
}

fn conditions(sentences: Spanned<Vec<Spanned<String>>>) -> Result<Vec<Condition>, Problem> {
    if let Some(sentence) = sentences.get_ref().get(MOST_CONDITIONS) {
        let what = format!("there are at most {MOST_CONDITIONS} conditions in a place: leave some out");
        return Err(Problem::at(sentence.span().start, what));
    }
    sentences.into_inner().into_iter().map(parsed).collect()
}

/// Words of which each may stand once.
fn distinct<T>(words: Vec<Spanned<String>>) -> Result<Vec<T>, Problem>
where
    T: FromStr<Err: std::fmt::Display> + PartialEq,
{
    let mut found = Vec::new();
    for word in words {
        let place = word.span().start;
        let one = parsed(word)?;
        if found.contains(&one) {
            return Err(Problem::at(place, "is named twice: leave one out"));
        }
        found.push(one);
    }
    Ok(found)
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(word: Spanned<String>) -> Result<T, Problem> {
    let place = word.span().start;
    word.get_ref().parse().map_err(|error| Problem::at(place, error))
}

fn line(what: &str, text: Spanned<String>) -> Result<String, Problem> {
    let characters = text.get_ref().chars().count();
    if characters > MOST_OF_A_LINE || text.get_ref().contains(char::is_control) {
        let what = format!("the {what} must be one line of at most {MOST_OF_A_LINE} characters");
        return Err(Problem::at(text.span().start, what));
    }
    Ok(text.into_inner())
}

/// Several lines; a line break is the only control character.
fn text(what: &str, text: Spanned<String>) -> Result<String, Problem> {
    let place = text.span().start;
    let text = text.into_inner().replace("\r\n", "\n");
    let control = |character: char| character.is_control() && character != '\n';
    if text.chars().count() > MOST_OF_A_TEXT || text.contains(control) {
        let what = format!(
            "the {what} must be at most {MOST_OF_A_TEXT} characters, none of them a tab or another control \
             character"
        );
        return Err(Problem::at(place, what));
    }
    Ok(text)
}
