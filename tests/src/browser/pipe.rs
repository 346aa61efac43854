//! Chromium's protocol for tools, over its own standard input and output: JSON, each message ended by a zero byte.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::display::Ending;

/// Longest time for an answer or an event.
const PATIENCE: Duration = Duration::from_secs(120);

/// A Chromium that does as it is told.
pub(super) struct Pipe {
    input: ChildStdin,
    messages: Receiver<Value>,
    /// Events that nobody has asked for yet.
    events: VecDeque<Value>,
    asked: u64,
    _chromium: Ending,
}

impl Pipe {
    /// Starts one that forgets everything in `folder`; why not, where there is none.
    pub(super) fn open(folder: &Path) -> Result<Self, String> {
        // It listens at 3 and speaks at 4.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#])
            .arg(super::name()?)
            .args(super::ALONE)
            .arg(format!("--user-data-dir={}", folder.display()))
            .args(["--remote-debugging-pipe", "about:blank"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (tell, messages) = channel();
        let mut output = BufReader::new(output.expect("a pipe was asked for"));
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while output.read_until(0, &mut message).is_ok_and(|length| length > 0) {
                message.pop();
                let told = serde_json::from_slice(&message);
                if told.map(|told: Value| tell.send(told)).is_err() {
                    break;
                }
                message.clear();
            }
        });
        Ok(Self {
            input: input.expect("a pipe was asked for"),
            messages,
            events: VecDeque::new(),
            asked: 0,
            _chromium: Ending(child),
        })
    }

    /// Has something done, by the whole browser or in a session of one of its pages, and returns what came of it.
    pub(super) fn call(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Value {
        let outcome = self.ask(session, method, parameters);
        outcome.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The same, where it may be refused.
    pub(super) fn ask(
        &mut self,
        session: Option<&str>,
        method: &str,
        parameters: Value,
    ) -> Result<Value, Value> {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let sent = write!(self.input, "{message}\0").and_then(|()| self.input.flush());
        sent.unwrap_or_else(|error| panic!("Chromium does not listen to {method}: {error}"));
        let begun = Instant::now();
        loop {
            let mut message = self.next(begun, method);
            if message["id"] == self.asked {
                return match message["error"].take() {
                    Value::Null => Ok(message["result"].take()),
                    error => Err(error),
                };
            }
            self.events.push_back(message);
        }
    }

    /// Waits for something that happens, or has, since it was last asked for.
    pub(super) fn event(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.events.iter().position(&is_it) {
            return self.events.remove(place).expect("it is there");
        }
        let begun = Instant::now();
        loop {
            let message = self.next(begun, what);
            if is_it(&message) {
                return message;
            }
            self.events.push_back(message);
        }
    }

    fn next(&self, begun: Instant, what: &str) -> Value {
        let left = PATIENCE.saturating_sub(begun.elapsed());
        let told = self.messages.recv_timeout(left);
        told.unwrap_or_else(|error| panic!("Chromium says nothing about {what}: {error}"))
    }
}
