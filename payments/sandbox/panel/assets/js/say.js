// Says what came of something, aloud too, and takes it back after a while.

import { build } from "./build.js";

const STAYS_MS = 6000;
const MOST = 2;

/**
 * @param {string} text
 * @param {{ bad?: boolean }} [how]
 */
export function say(text, { bad = false } = {}) {
  const line = build("p", { class: bad ? "said__line said__line--bad" : "said__line" }, text);
  const place = document.getElementById("said");
  place?.append(line);
  while (place && place.children.length > MOST) place.firstElementChild?.remove();
  window.setTimeout(() => line.remove(), STAYS_MS);
}

/**
 * Does something and says how it went.
 *
 * @param {() => Promise<string>} work answers with what to say
 * @returns {Promise<boolean>} whether it went well
 */
export async function doAndSay(work) {
  try {
    say(await work());
    return true;
  } catch (problem) {
    say(problem instanceof Error ? problem.message : String(problem), { bad: true });
    return false;
  }
}
