// Keeps this build's files, so that the page opens without a network; a new build replaces them all.

importScripts("which.js");

/** Of this build: `build.sh` writes the hash of its files here. */
const BUILD = "gan-lab-development";
const FILES = [
  "./",
  "index.html",
  "which.js",
  "page.js",
  "module.js",
  "painting.js",
  "input.js",
  "files.js",
  "address.js",
  "trainer.js",
  "worker.js",
  "icon.svg",
  "manifest.webmanifest",
  MODULE,
];

addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(BUILD);
    // What a browser kept of an older build is asked for again.
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    await skipWaiting();
  };
  event.waitUntil(keep());
});

addEventListener("activate", (event) => {
  const replace = async () => {
    const others = (await caches.keys()).filter((name) => name.startsWith("gan-lab-") && name !== BUILD);
    await Promise.all(others.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(replace());
});

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const kept = caches.open(BUILD).then((cache) => cache.match(event.request, { ignoreSearch: true }));
  event.respondWith(kept.then((response) => response ?? fetch(event.request)));
});
