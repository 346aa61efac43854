// What is done with mouse, fingers, keyboard and clipboard.

const PHASES = { pointerdown: 0, pointermove: 1, pointerup: 2, pointercancel: 3 };
/** With Ctrl or ⌘ held these are ours; all others stay the browser's. */
const COMMANDS = new Set(["a", "o", "s", "y", "z"]);
/** Alone, these stay the browser's. */
const BROWSERS = new Set(["F5", "F6", "F11", "F12"]);
const MAC = /^(Mac|iP)/.test(navigator.platform);

/**
 * @param {Lab} lab
 * @param {Painting} painting
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLTextAreaElement} typing takes text while a field is edited
 */
export function listen(lab, painting, canvas, typing) {
  const hold = (event) => {
    const command = MAC ? event.metaKey : event.ctrlKey;
    const held = [event.shiftKey, event.ctrlKey, event.altKey, MAC && event.metaKey, command];
    lab.call("hold", held.reduce((bits, bit, place) => bits | (Number(bit) << place), 0));
  };
  mouseAndFingers(lab, painting, canvas, hold);
  keyboard(lab, painting, typing, hold);
  text(lab, painting, typing);
  clipboard(lab, painting);
  const focus = () => {
    lab.call("focus", Number(document.hasFocus()));
    painting.soon();
  };
  addEventListener("focus", focus);
  addEventListener("blur", focus);
  focus();
}

function mouseAndFingers(lab, painting, canvas, hold) {
  const pointer = (event) => {
    hold(event);
    if (event.pointerType === "touch") {
      lab.call("touch", event.pointerId, PHASES[event.type], event.clientX, event.clientY);
    } else if (event.type === "pointermove") {
      lab.call("point", event.clientX, event.clientY);
    } else {
      lab.call("press", event.clientX, event.clientY, event.button, Number(event.type === "pointerdown"));
    }
  };
  canvas.addEventListener("pointerdown", (event) => {
    // A drag goes on outside.
    canvas.setPointerCapture(event.pointerId);
    pointer(event);
    painting.soon();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.button >= 0) {
      // A button more or less while another is held.
      hold(event);
      lab.call("press", event.clientX, event.clientY, event.button, (event.buttons >> [0, 2, 1, 3, 4][event.button]) & 1);
    }
    // Several at once, where the mouse is faster than the pictures: strokes are smoother.
    const all = event.getCoalescedEvents?.() ?? [];
    (all.length ? all : [event]).forEach(pointer);
    painting.soon();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      pointer(event);
      painting.now();
    });
  }
  canvas.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") lab.call("leave");
    painting.soon();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      hold(event);
      lab.call("turn", event.deltaMode, event.deltaX, event.deltaY);
      painting.soon();
    },
    { passive: false },
  );
  // Who has the keyboard is decided by what is painted.
  canvas.addEventListener("mousedown", (event) => event.preventDefault());
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
}

function keyboard(lab, painting, typing, hold) {
  const key = (event) => {
    // What an input method is busy with is its own.
    if (event.isComposing || event.keyCode === 229) return;
    hold(event);
    const command = event.ctrlKey || event.metaKey;
    const printed = event.key.length === 1 && !command;
    const intoField = printed && document.activeElement === typing;
    const ours = command ? COMMANDS.has(event.key.toLowerCase()) : !BROWSERS.has(event.key) && !event.altKey;
    if (ours && !intoField) event.preventDefault();
    const pressed = event.type === "keydown";
    if (ours || !pressed) lab.give(`${event.key}\n${event.code}`, "key", Number(pressed), Number(event.repeat));
    if (pressed && printed && !intoField) lab.give(event.key, "text");
    if (pressed) painting.now();
    else painting.soon();
  };
  addEventListener("keydown", key);
  addEventListener("keyup", key);
}

function text(lab, painting, typing) {
  const empty = () => (typing.value = "");
  typing.addEventListener("input", (event) => {
    if (event.isComposing) return;
    if (event.inputType === "deleteContentBackward") {
      // Keyboards on glass have no key that goes down.
      lab.give("Backspace\nBackspace", "key", 1, 0);
      lab.give("Backspace\nBackspace", "key", 0, 0);
    } else if (event.inputType !== "insertFromPaste" && event.inputType !== "insertCompositionText") {
      lab.give(typing.value, "text");
    }
    empty();
    painting.soon();
  });
  typing.addEventListener("compositionupdate", (event) => {
    lab.give(event.data, "compose");
    painting.soon();
  });
  typing.addEventListener("compositionend", (event) => {
    lab.give(event.data, "commit");
    empty();
    painting.soon();
  });
}

function clipboard(lab, painting) {
  for (const type of ["copy", "cut"]) {
    addEventListener(type, (event) => {
      lab.call(type);
      painting.copying = event.clipboardData;
      painting.now();
      painting.copying = null;
      event.preventDefault();
    });
  }
  addEventListener("paste", (event) => {
    lab.give(event.clipboardData.getData("text/plain"), "paste");
    painting.now();
    event.preventDefault();
  });
}
