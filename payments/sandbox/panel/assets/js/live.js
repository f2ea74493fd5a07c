// What is going on, asked for every second while somebody looks.

/** @typedef {import("./types").Overview} Overview */

const EVERY_MS = 1000;

/** @type {Set<(overview: Overview) => void>} */
const watchers = new Set();
/** @type {Set<(isLost: boolean) => void>} */
const lossWatchers = new Set();
/** @type {Overview | null} */
let latest = null;
let tag = "";
let isLost = false;
let timer = 0;

/**
 * Calls back now, if anything is known, and whenever something happened.
 *
 * @param {(overview: Overview) => void} watcher
 * @returns {() => void} stops it
 */
export function watch(watcher) {
  watchers.add(watcher);
  if (latest) watcher(latest);
  return () => watchers.delete(watcher);
}

/** @param {(isLost: boolean) => void} watcher called when the sandbox goes and comes back */
export function watchLoss(watcher) {
  lossWatchers.add(watcher);
}

/** The sandbox's time in seconds since 1970. */
export function sandboxNow() {
  return Date.now() / 1000 + (latest ? latest.offset_s : 0);
}

/** Looks now instead of in a second. */
export async function refresh() {
  window.clearTimeout(timer);
  try {
    const answer = await fetch("/_/api/overview", { headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 200) {
      latest = await answer.json();
      tag = answer.headers.get("ETag") ?? "";
      tell();
    }
    tellLoss(false);
  } catch {
    tellLoss(true);
  }
  window.clearTimeout(timer);
  if (!document.hidden) timer = window.setTimeout(refresh, EVERY_MS);
}

function tell() {
  if (latest) for (const watcher of [...watchers]) watcher(latest);
}

/** @param {boolean} now */
function tellLoss(now) {
  if (now === isLost) return;
  isLost = now;
  // A sandbox that comes back may be another one.
  tag = "";
  for (const watcher of lossWatchers) watcher(now);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
