// The page: loads the module, and does what its pictures want of a browser.

import { Address } from "./address.js";
import { saveFiles, takeFiles } from "./files.js";
import { listen } from "./input.js";
import { Lab, Sentence, compile } from "./module.js";
import { Painting } from "./painting.js";
import { Trainer } from "./trainer.js";

const [canvas, typing, picker, message, notice] = ["canvas", "typing", "picker", "message", "notice"].map((id) =>
  document.getElementById(id),
);

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
  const state = {};
  let trainer = null;
  let address = null;
  const painting = new Painting(lab, canvas, (wishes) => {
    Object.assign(state, wishes);
    canvas.style.cursor = wishes.cursor;
    type(wishes.typing);
    if (wishes.copied !== undefined) copy(painting, wishes.copied);
    if (wishes.notice !== undefined) mention(wishes.notice);
    if (wishes.picker === "open") picker.click();
    saveFiles(lab);
    trainer?.send();
    address?.follow();
  });
  const changed = () => painting.soon();
  const failed = (why) => {
    painting.stop();
    say(`gan-lab has stopped: ${why}. Reload the page: its address has the run, where an address can hold it.`);
  };
  // What only warns has no error.
  addEventListener("error", (event) => event.error && failed(event.message));
  addEventListener("unhandledrejection", (event) => failed(event.reason?.message ?? event.reason));
  address = new Address(lab, changed);
  trainer = new Trainer(lab, module, changed, failed);
  listen(lab, painting, canvas, typing);
  takeFiles(lab, painting, picker, mention);
  painting.begin();
  message.hidden = true;
  // For whoever wants to know: nothing here changes the run.
  globalThis.ganLab = { state, statistics: painting.statistics, hash: () => trainer.hash() };
  await navigator.serviceWorker?.register("service-worker.js").catch(() => {
    // It works all the same, but not without a network: a browser may forbid it, as in a private window.
  });
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
  console.error(error);
  say(error instanceof Sentence ? error.message : `gan-lab could not start (${error.message}): reload the page, or open it in another browser.`);
});
