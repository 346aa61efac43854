//! A page with hands and eyes: mouse, fingers and keyboard as Chromium hands them on to the page, and what is
//! seen of it.

use std::path::Path;

use serde_json::{Value, json};

use super::base64;
use super::pipe::Pipe;
use crate::desk::Picture;

/// A place in the page, in CSS's pixels from the left top corner.
pub type Place = [f32; 2];

/// How large the page is, and on what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// CSS's pixels across.
    pub width: u32,
    /// CSS's pixels down.
    pub height: u32,
    /// Pixels of the display to one of CSS's.
    pub scale: f32,
    /// Whether it is a phone, with fingers instead of a mouse.
    pub phone: bool,
}

impl Size {
    /// A window on a desktop.
    pub const DESKTOP: Self = Self {
        width: 1280,
        height: 800,
        scale: 1.0,
        phone: false,
    };
    /// A phone of usual size, upright.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
        scale: 2.0,
        phone: true,
    };
}

/// A page of a browser of its own.
pub struct Tab {
    pipe: Pipe,
    session: String,
}

impl Tab {
    /// Opens an empty page in a Chromium that forgets everything in `folder`; why not, where there is none.
    ///
    /// # Panics
    /// If it is there but does not start.
    pub fn open(size: Size, folder: &Path) -> Result<Self, String> {
        let mut pipe = Pipe::open(folder)?;
        let target = pipe.call(None, "Target.createTarget", json!({ "url": "about:blank" }));
        let target = json!({ "targetId": target["targetId"], "flatten": true });
        let session = pipe.call(None, "Target.attachToTarget", target);
        let session = session["sessionId"].as_str().expect("a session has a name");
        let mut tab = Self {
            session: session.to_owned(),
            pipe,
        };
        tab.call("Page.enable", json!({}));
        tab.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }));
        tab.resize(size);
        Ok(tab)
    }

    /// Has Chromium do something with the page.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.pipe.call(Some(&self.session), method, parameters)
    }

    /// Waits for something that happens in the page.
    pub fn event(&mut self, method: &str) -> Value {
        let mut event = self.pipe.event(method, |message| message["method"] == method);
        event["params"].take()
    }

    /// Gives the page another size.
    pub fn resize(&mut self, size: Size) {
        let metrics = json!({
            "width": size.width,
            "height": size.height,
            "deviceScaleFactor": size.scale,
            "mobile": size.phone,
        });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let touch = json!({ "enabled": size.phone });
        self.call("Emulation.setTouchEmulationEnabled", touch);
    }

    /// Goes to an address, and waits until it is there.
    pub fn go(&mut self, url: &str) {
        let gone = self.call("Page.navigate", json!({ "url": url }));
        self.pipe.event("a page's end of loading", |message| {
            let event = &message["params"];
            event["name"] == "load" && event["loaderId"] == gone["loaderId"]
        });
    }

    /// Value of an expression in the page; promises are awaited.
    ///
    /// # Panics
    /// If it throws.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let outcome = self.try_to_evaluate(expression);
        outcome.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// The same, where the page may be left meanwhile.
    fn try_to_evaluate(&mut self, expression: &str) -> Result<Value, Value> {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut outcome = self
            .pipe
            .ask(Some(&self.session), "Runtime.evaluate", parameters)?;
        let thrown = &outcome["exceptionDetails"];
        assert!(thrown.is_null(), "{expression}: {thrown}");
        Ok(outcome["result"]["value"].take())
    }

    /// Waits until an expression, which may await something, is true in the page.
    ///
    /// # Panics
    /// If it is not within half a minute; the last picture is kept.
    pub fn wait(&mut self, what: &str, expression: &str) {
        let promise = format!(
            "new Promise((resolve) => {{
                const end = performance.now() + 30_000;
                const look = async () => {{
                    let seen = false;
                    try {{ seen = Boolean({expression}); }} catch {{ /* Not yet there. */ }}
                    if (seen || performance.now() > end) resolve(seen);
                    else setTimeout(look, 10);
                }};
                look();
            }})"
        );
        // Who goes elsewhere may be asked while the page before is still there: then again.
        let asked = self.try_to_evaluate(&promise);
        if asked.or_else(|_| self.try_to_evaluate(&promise)) != Ok(true.into()) {
            let path = std::env::temp_dir().join("gan-lab-page-never-seen.png");
            self.picture().save(&path).expect("a picture can be kept");
            let state = self.evaluate("globalThis.ganLab?.state ?? document.body.innerText");
            panic!(
                "never seen: {what}; {state}; the last picture is {}",
                path.display()
            );
        }
    }

    /// Runs a script in every document from now on, before any of its own.
    pub fn at_the_start(&mut self, script: &str) {
        let parameters = json!({ "source": script });
        self.call("Page.addScriptToEvaluateOnNewDocument", parameters);
    }

    /// Lets pages of an origin do what browsers ask about.
    pub fn grant(&mut self, origin: &str, permission: &str) {
        let origin = origin.trim_end_matches('/');
        let granted = json!({ "origin": origin, "permissions": [permission] });
        self.pipe.call(None, "Browser.grantPermissions", granted);
    }

    /// The visible part of the page, in the display's pixels.
    ///
    /// # Panics
    /// If it cannot be seen.
    pub fn picture(&mut self) -> Picture {
        let shot = self.call("Page.captureScreenshot", json!({ "format": "png" }));
        let png = base64::decode(shot["data"].as_str().expect("a picture"));
        image::load_from_memory(&png)
            .expect("Chromium gives a PNG")
            .into_rgb8()
    }

    fn mouse(&mut self, kind: &str, [x, y]: Place, buttons: u32) {
        let mut event = json!({ "type": kind, "x": x, "y": y, "buttons": buttons });
        if kind != "mouseMoved" {
            event["button"] = "left".into();
            event["clickCount"] = 1.into();
        }
        self.call("Input.dispatchMouseEvent", event);
    }

    /// Moves the mouse.
    pub fn point(&mut self, place: Place) {
        self.mouse("mouseMoved", place, 0);
    }

    /// Moves the mouse and clicks.
    pub fn click(&mut self, place: Place) {
        self.point(place);
        self.mouse("mousePressed", place, 1);
        self.mouse("mouseReleased", place, 0);
    }

    /// Drags over these places.
    ///
    /// # Panics
    /// If there are none.
    pub fn drag(&mut self, places: &[Place]) {
        let (first, last) = (places[0], places[places.len() - 1]);
        self.point(first);
        self.mouse("mousePressed", first, 1);
        for place in places {
            self.mouse("mouseMoved", *place, 1);
        }
        self.mouse("mouseReleased", last, 0);
    }

    /// Turns the wheel over a place, downwards by so many of CSS's pixels.
    pub fn turn(&mut self, [x, y]: Place, down: f32) {
        let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": down });
        self.call("Input.dispatchMouseEvent", event);
    }

    /// Puts fingers on the page, moves those that are there, or, with none, takes them away.
    pub fn touch(&mut self, kind: &str, fingers: &[Place]) {
        let point = |(id, [x, y]): (usize, &Place)| json!({ "x": x, "y": y, "id": id });
        let points: Vec<Value> = fingers.iter().enumerate().map(point).collect();
        self.call(
            "Input.dispatchTouchEvent",
            json!({ "type": kind, "touchPoints": points }),
        );
    }

    /// Taps with a finger.
    pub fn tap(&mut self, place: Place) {
        self.touch("touchStart", &[place]);
        self.touch("touchEnd", &[]);
    }

    /// Presses a key, by its name in `KeyboardEvent.key`, with these held: Alt 1, Ctrl 2, Shift 8 in sum.
    pub fn press(&mut self, key: &str, held: u32) {
        let letter = key.chars().next().filter(|_| key.chars().count() == 1);
        let (code, number) = match letter {
            Some(' ') => ("Space".to_owned(), 32),
            Some(letter) if letter.is_ascii_alphabetic() => {
                let letter = letter.to_ascii_uppercase();
                (format!("Key{letter}"), letter as u32)
            }
            _ => (key.to_owned(), if key == "Enter" { 13 } else { 0 }),
        };
        let mut event = json!({
            "type": "rawKeyDown",
            "key": key,
            "code": code,
            "windowsVirtualKeyCode": number,
            "modifiers": held,
        });
        // Command that Chromium's own shortcut at such a key runs.
        let command = match (key, held) {
            ("c", 2) => Some("copy"),
            ("x", 2) => Some("cut"),
            ("v", 2) => Some("paste"),
            _ => None,
        };
        if let Some(command) = command {
            event["commands"] = json!([command]);
        }
        if let (Some(letter), 0) = (letter, held) {
            event["type"] = "keyDown".into();
            event["text"] = letter.to_string().into();
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Types a word, key by key.
    pub fn type_word(&mut self, word: &str) {
        for letter in word.chars() {
            self.press(&letter.to_string(), 0);
        }
    }

    /// Drops files onto the page.
    pub fn drop_files(&mut self, [x, y]: Place, files: &[&Path]) {
        let files: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            let event = json!({ "type": kind, "x": x, "y": y, "data": data });
            self.call("Input.dispatchDragEvent", event);
        }
    }

    /// From now on, whoever asks for a file is answered by [`Self::choose`].
    pub fn expect_chooser(&mut self) {
        self.call("Page.setInterceptFileChooserDialog", json!({ "enabled": true }));
    }

    /// Waits until the page asks for a file, and gives it one.
    pub fn choose(&mut self, file: &Path) {
        let asked = self.event("Page.fileChooserOpened");
        let chosen = json!({ "files": [file], "backendNodeId": asked["backendNodeId"] });
        self.call("DOM.setFileInputFiles", chosen);
    }

    /// From now on downloads go to a folder.
    pub fn download_to(&mut self, folder: &Path) {
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder, "eventsEnabled": true });
        self.pipe.call(None, "Browser.setDownloadBehavior", behaviour);
    }

    /// Waits until the page has downloaded the next file, and returns its name.
    ///
    /// # Panics
    /// If it has none.
    pub fn downloaded(&mut self) -> String {
        let is = |method: &'static str| move |message: &Value| message["method"] == method;
        let begun = self.pipe.event("a download", is("Browser.downloadWillBegin"));
        let name = &begun["params"]["suggestedFilename"];
        self.pipe.event("a download's end", |message| {
            is("Browser.downloadProgress")(message)
                && message["params"]["guid"] == begun["params"]["guid"]
                && message["params"]["state"] == "completed"
        });
        name.as_str().expect("a file has a name").to_owned()
    }
}
