// Files in and out: dropped, chosen in the browser's list, downloaded.

const encoder = new TextEncoder();

/** Longer files are of other programs: a tab has no room for them. */
const LONGEST = 256e6;

/**
 * @param {Lab} lab
 * @param {Painting} painting
 * @param {HTMLInputElement} picker
 * @param {(sentence: string) => void} mention says a sentence
 */
export function takeFiles(lab, painting, picker, mention) {
  const take = async (files) => {
    for (const file of files) {
      const content = file.size > LONGEST ? null : await file.arrayBuffer().catch(() => null);
      if (!content) return mention(`${file.name}: the browser cannot read it; a file of gan-lab's is no folder and not that long`);
      const name = encoder.encode(file.name);
      const both = new Uint8Array(name.length + content.byteLength);
      both.set(name);
      both.set(new Uint8Array(content), name.length);
      lab.give(both, "take_in", name.length);
    }
    lab.call("open_arrived");
    painting.soon();
  };
  picker.addEventListener("change", async () => {
    await take([...picker.files]);
    // The same file can be chosen again.
    picker.value = "";
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

/** Downloads what was saved. */
export function saveFiles(lab) {
  let length;
  while ((length = lab.call("next_file"))) {
    const name = lab.text(length);
    const content = new Blob([lab.bytes(lab.call("file"))]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    // Not while the browser still reads it.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
