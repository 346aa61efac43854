// The page: loads the module, and does what its pictures want of a browser.

import { Lab, Sentence, compile } from "./module.js";
import { listen } from "./input.js";
import { Painting } from "./painting.js";

const [canvas, typing, message, notice] = ["canvas", "typing", "message", "notice"].map((id) => document.getElementById(id));

/** Says one sentence instead of everything. */
function say(sentence) {
  message.textContent = sentence;
  message.hidden = false;
}

/** For a while, over the picture. */
function mention(sentence) {
  notice.textContent = sentence;
  notice.hidden = false;
  clearTimeout(mention.timer);
  mention.timer = setTimeout(() => (notice.hidden = true), 10_000);
}

async function start() {
  const module = await compile(MODULE, (share) => say(`Loading gan-lab… ${Math.round(100 * share)} %`));
  performance.mark("gan-lab: module");
  const lab = await Lab.of(module);
  lab.call("page_open", Number(matchMedia("(prefers-color-scheme: dark)").matches));
  const state = { epoch: 0, status: "paused" };
  const painting = new Painting(lab, canvas, (wishes) => {
    Object.assign(state, wishes);
    canvas.style.cursor = wishes.cursor;
    type(wishes.typing);
    if (wishes.copied !== undefined) copy(painting, wishes.copied);
    if (wishes.notice !== undefined) mention(wishes.notice);
  });
  message.hidden = true;
  listen(lab, painting, canvas, typing);
  // For whoever wants to know: nothing here changes the run.
  globalThis.ganLab = { state, statistics: painting.statistics };
}

/** Whoever edits a field types there; else keys go to the canvas. */
function type(place) {
  if (place) {
    const [left, top, , height] = place;
    typing.style.transform = `translate(${left}px, ${top}px)`;
    typing.style.height = `${height}px`;
  }
  const right = place ? typing : canvas;
  if (document.activeElement !== right) right.focus({ preventScroll: true });
}

/** Into the clipboard: of the event that asked for it, or of the system. */
function copy(painting, text) {
  if (painting.copying) painting.copying.setData("text/plain", text);
  else navigator.clipboard?.writeText(text).catch(() => mention("The browser does not let this page write to the clipboard."));
}

start().catch((error) => {
  say(error instanceof Sentence ? error.message : `gan-lab could not start (${error.message}): reload the page, or open it in another browser.`);
});
