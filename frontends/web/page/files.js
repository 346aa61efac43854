// Files in and out: dropped, chosen in the browser's list, downloaded.

const encoder = new TextEncoder();

/**
 * @param {Lab} lab
 * @param {Painting} painting
 * @param {HTMLInputElement} picker
 */
export function takeFiles(lab, painting, picker) {
  const take = async (files) => {
    for (const file of files) {
      const name = encoder.encode(file.name);
      const both = new Uint8Array(name.length + file.size);
      both.set(name);
      both.set(new Uint8Array(await file.arrayBuffer()), name.length);
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
