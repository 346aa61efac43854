//! The tables of a narration.

use std::str::FromStr;

use gan_core::log::Action;
use serde::Deserialize;
use toml::Spanned;

use super::{LossName, NetworkTable, bounded, done};
use crate::files::configuration::{Problem, checked};
use crate::lesson::Condition;
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
    beside: Option<Spanned<BesideTable>>,
    task: Option<TaskTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BesideTable {
    loss: Option<LossName>,
    #[serde(default)]
    generator: NetworkTable,
    #[serde(default)]
    discriminator: NetworkTable,
    holds: Option<Spanned<Vec<Spanned<String>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskTable {
    text: Spanned<String>,
    hint: Option<Spanned<String>>,
    done: Spanned<Vec<Spanned<String>>>,
}

impl NarrationTable {
    pub(super) fn read(self) -> Result<Narration, Problem> {
        if let Some(page) = self.page.get(MOST_PAGES) {
            let what = format!("a lesson has at most {MOST_PAGES} pages");
            return Err(Problem::at(page.span().start, what));
        }
        let line = |what, text: Option<Spanned<String>>| text.map(|text| line(what, text)).transpose();
        Ok(Narration {
            title: line("title", self.title)?,
            author: line("author", self.author)?,
            summary: line("summary", self.summary)?,
            pages: self.page.into_iter().map(page).collect::<Result<_, _>>()?,
        })
    }
}

fn page(page: Spanned<PageTable>) -> Result<Page, Problem> {
    let table = page.into_inner();
    let stand = match table.epoch {
        Some(epoch) => Some(Stand {
            epoch: checked(epoch, |epoch| bounded("epoch", 0, epoch))?,
            holds: table.holds.map_or(Ok(Vec::new()), conditions)?,
            beside: table.beside.map(beside).transpose()?,
        }),
        None => {
            let holds = table.holds.map(|holds| holds.span().start);
            if let Some(place) = holds.or(table.beside.map(|beside| beside.span().start)) {
                let what = "'holds' and 'beside' are of an epoch of the recording: give the page one";
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

fn beside(beside: Spanned<BesideTable>) -> Result<Beside, Problem> {
    let place = beside.span().start;
    let table = beside.into_inner();
    let holds = table.holds.map_or(Ok(Vec::new()), conditions)?;
    match done(place, table.loss, [table.generator, table.discriminator])?[..] {
        [(Action::Change(difference), _)] => Ok(Beside { difference, holds }),
        _ => {
            let what = "a run beside differs in one thing: loss, or a network's learning_rate, optimizer or \
                        updates_per_epoch";
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
