//! Functions that JavaScript calls. Each is a line or two on the page or the worker of this
//! instance.
//!
//! Bytes come in through [`inbox`], and go out through [`outbox`]: functions that put some there
//! return how many. Times are milliseconds, places and lengths points (CSS's pixels).

#![allow(
    unsafe_code,
    reason = "names that JavaScript calls, and what it is called by, are attributes that Rust calls unsafe; \
              nothing here does anything that needs it"
)]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use egui::{Theme, TouchPhase, pos2, vec2};
use lab::run::remote::{Turn, Worker};

use crate::{Bytes, Finger, Input, Page};

#[link(wasm_import_module = "browser")]
unsafe extern "C" {
    /// Milliseconds since any fixed moment.
    safe fn now() -> f64;
}

thread_local! {
    static INBOX: Bytes = Bytes::default();
    static OUTBOX: Bytes = Bytes::default();
    /// Content of the file named last.
    static FILE: Bytes = Bytes::default();
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// Messages for the page.
    static MESSAGES: RefCell<VecDeque<Vec<u8>>> = const { RefCell::new(VecDeque::new()) };
}

fn clock() -> Duration {
    Duration::from_secs_f64((now() * 1e-3).max(0.0))
}

/// Does something with the page of this instance, which has been opened.
fn page<R: Default>(with: impl FnOnce(&mut Page) -> R) -> R {
    PAGE.with_borrow_mut(|page| page.as_mut().map(with).unwrap_or_default())
}

/// Does something with the worker of this instance, which has been opened.
fn worker<R: Default>(with: impl FnOnce(&mut Worker) -> R) -> R {
    WORKER.with_borrow_mut(|worker| worker.as_mut().map(with).unwrap_or_default())
}

fn input(with: impl FnOnce(&mut Input)) {
    page(|page| with(page.input()));
}

fn taken() -> String {
    INBOX.with(Bytes::take_text)
}

fn given(bytes: impl Into<Vec<u8>>) -> usize {
    OUTBOX.with(|outbox| outbox.put(bytes))
}

/// Makes room for so many bytes of the next call's input; returns their address.
#[unsafe(no_mangle)]
pub extern "C" fn inbox(length: usize) -> *mut u8 {
    INBOX.with(|inbox| inbox.room(length))
}

/// Returns the address of the bytes whose number the last call told.
#[unsafe(no_mangle)]
pub extern "C" fn outbox() -> *const u8 {
    OUTBOX.with(Bytes::place)
}

/// How many bytes lie there.
#[unsafe(no_mangle)]
pub extern "C" fn outbox_length() -> usize {
    OUTBOX.with(Bytes::length)
}

/// Prepares the module, before anything else: from here on a panic leaves its sentence in the
/// outbox.
#[unsafe(no_mangle)]
pub extern "C" fn prepare() {
    std::panic::set_hook(Box::new(|panic| {
        given(panic.to_string());
    }));
}

/// Opens the page, dark (1) or light.
#[unsafe(no_mangle)]
pub extern "C" fn page_open(dark: u32) {
    let theme = if dark == 1 { Theme::Dark } else { Theme::Light };
    PAGE.set(Some(Page::open(theme, clock)));
}

/// Shows the run of an address; what comes after its '#' is in the inbox.
#[unsafe(no_mangle)]
pub extern "C" fn follow() {
    let address = taken();
    page(|page| page.follow(&address));
}

/// Gives the run's address, what comes after '#'.
#[unsafe(no_mangle)]
pub extern "C" fn address() -> usize {
    given(page(|page| page.address()))
}

/// Takes a message of the worker's. If it makes no sense, gives why.
#[unsafe(no_mangle)]
pub extern "C" fn receive() -> usize {
    let message = INBOX.with(Bytes::take);
    let outcome = page(|page| page.receive(&message).err());
    given(outcome.map(|problem| problem.to_string()).unwrap_or_default())
}

/// Gives the next message for the worker, if there is one.
#[unsafe(no_mangle)]
pub extern "C" fn next_message() -> usize {
    given(page(Page::next_message).unwrap_or_default())
}

/// Takes a file that was dropped or chosen: in the inbox, after so many bytes of its name.
#[unsafe(no_mangle)]
pub extern "C" fn take_in(name: usize) {
    let name_and_bytes = INBOX.with(Bytes::take);
    let (name, bytes) = name_and_bytes.split_at(name.min(name_and_bytes.len()));
    page(|page| page.take_in(&String::from_utf8_lossy(name), bytes));
}

/// Opens the files that were taken in.
#[unsafe(no_mangle)]
pub extern "C" fn open_arrived() {
    page(Page::open_arrived);
}

/// Gives the name of the next file that was saved, if there is one; [`file`] gives what is in it.
#[unsafe(no_mangle)]
pub extern "C" fn next_file() -> usize {
    match page(Page::next_file) {
        Some((name, bytes)) => {
            FILE.with(|file| file.put(bytes));
            given(name)
        }
        None => 0,
    }
}

/// Gives the content of the file named last.
#[unsafe(no_mangle)]
pub extern "C" fn file() -> usize {
    given(FILE.with(Bytes::take))
}

/// Opens the worker.
#[unsafe(no_mangle)]
pub extern "C" fn worker_open() {
    WORKER.set(Some(Worker::new(clock)));
}

/// Takes a message of the page's. If it makes no sense, gives why.
#[unsafe(no_mangle)]
pub extern "C" fn worker_receive() -> usize {
    let message = INBOX.with(Bytes::take);
    let outcome = worker(|worker| worker.receive(&message).err());
    given(outcome.map(|problem| problem.to_string()).unwrap_or_default())
}

/// Trains for some milliseconds, if there is something to train. Milliseconds until the next turn is due; infinite
/// if that is when a message has come.
#[unsafe(no_mangle)]
pub extern "C" fn worker_turn() -> f64 {
    let turn = worker(|worker| Some(worker.turn()));
    match turn.unwrap_or(Turn::Resting) {
        Turn::Again => 0.0,
        Turn::After(time) => time.as_secs_f64() * 1e3,
        Turn::Resting => f64::INFINITY,
    }
}

/// Gives the next message for the page, if there is one.
#[unsafe(no_mangle)]
pub extern "C" fn worker_message() -> usize {
    let message = MESSAGES.with_borrow_mut(|messages| {
        if messages.is_empty() {
            messages.extend(worker(Worker::take_messages));
        }
        messages.pop_front()
    });
    given(message.unwrap_or_default())
}

/// Gives the run's state by name, sixteen digits, and after a space its epoch; nothing before the run is begun.
#[unsafe(no_mangle)]
pub extern "C" fn worker_hash() -> usize {
    let named = worker(|worker| worker.state_hash());
    given(
        named
            .map(|(epoch, hash)| format!("{hash} {epoch}"))
            .unwrap_or_default(),
    )
}

/// The canvas's size in points, and the pixels of a point.
#[unsafe(no_mangle)]
pub extern "C" fn resize(width: f32, height: f32, pixels_per_point: f32) {
    input(|input| input.resize(vec2(width, height), pixels_per_point));
}

/// Paints, and tells in JSON what else is wanted ([`crate::Wishes`]).
#[unsafe(no_mangle)]
pub extern "C" fn paint() -> usize {
    given(page(|page| page.paint().to_json()))
}

/// Returns the address of the pixels painted last: red, green, blue, alpha.
#[unsafe(no_mangle)]
pub extern "C" fn pixels() -> *const u32 {
    PAGE.with_borrow(|page| match page {
        Some(page) => page.picture().rgba().as_ptr(),
        None => std::ptr::null(),
    })
}

/// How many pixels across.
#[unsafe(no_mangle)]
pub extern "C" fn width() -> usize {
    page(|page| page.input().pixels()[0])
}

/// How many pixels down.
#[unsafe(no_mangle)]
pub extern "C" fn height() -> usize {
    page(|page| page.input().pixels()[1])
}

/// The page has the keyboard (1) or not.
#[unsafe(no_mangle)]
pub extern "C" fn focus(focused: u32) {
    input(|input| input.focus(focused == 1));
}

/// Sets the modifiers that are held: bits for shift, ctrl, alt, ⌘, and the one for commands.
#[unsafe(no_mangle)]
pub extern "C" fn hold(modifiers: u32) {
    input(|input| input.hold(modifiers));
}

/// The mouse is there.
#[unsafe(no_mangle)]
pub extern "C" fn point(x: f32, y: f32) {
    input(|input| input.point(pos2(x, y)));
}

/// The mouse has left.
#[unsafe(no_mangle)]
pub extern "C" fn leave() {
    input(Input::leave);
}

/// A button of the mouse went down (1) or up.
#[unsafe(no_mangle)]
pub extern "C" fn press(x: f32, y: f32, button: u32, pressed: u32) {
    input(|input| input.press(pos2(x, y), button, pressed == 1));
}

/// The wheel was turned.
#[unsafe(no_mangle)]
pub extern "C" fn turn(mode: u32, x: f32, y: f32) {
    input(|input| input.turn(mode, vec2(x, y)));
}

/// A finger came (0), moved (1), went (2) or was taken away (3).
#[unsafe(no_mangle)]
pub extern "C" fn touch(id: u32, phase: u32, x: f32, y: f32) {
    let phase = match phase {
        0 => TouchPhase::Start,
        1 => TouchPhase::Move,
        2 => TouchPhase::End,
        _ => TouchPhase::Cancel,
    };
    let finger = Finger {
        id: id.into(),
        phase,
        at: pos2(x, y),
    };
    input(|input| input.touch(finger));
}

/// A key went down (1) or up; its name and its place's name, a line each, are in the inbox.
#[unsafe(no_mangle)]
pub extern "C" fn key(pressed: u32, repeat: u32) {
    let names = taken();
    let (key, code) = names.split_once('\n').unwrap_or((&names, ""));
    input(|input| input.key(key, code, pressed == 1, repeat == 1));
}

/// Takes the inbox's text as typed.
#[unsafe(no_mangle)]
pub extern "C" fn text() {
    input(|input| input.text(taken()));
}

/// Takes the inbox's text as what an input method shows so far.
#[unsafe(no_mangle)]
pub extern "C" fn compose() {
    input(|input| input.compose(taken()));
}

/// Takes the inbox's text as what an input method decided on.
#[unsafe(no_mangle)]
pub extern "C" fn commit() {
    input(|input| input.commit(taken()));
}

/// Pastes the inbox's text.
#[unsafe(no_mangle)]
pub extern "C" fn paste() {
    input(|input| input.paste(taken()));
}

/// Asks for the selection to be copied.
#[unsafe(no_mangle)]
pub extern "C" fn copy() {
    input(Input::copy);
}

/// Asks for the selection to be cut.
#[unsafe(no_mangle)]
pub extern "C" fn cut() {
    input(Input::cut);
}
