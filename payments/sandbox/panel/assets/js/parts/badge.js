// A status in its colour.

import { build } from "../build.js";
import { tone, worded } from "../words.js";

/**
 * @param {string} text
 * @param {string} [colour] good, bad, wait or nothing; by default what the word stands for
 */
export function badge(text, colour = tone(text)) {
  return build("span", { class: colour ? `badge badge--${colour}` : "badge" }, worded(text));
}

/** @param {number | null} status of an HTTP answer; null is none at all */
export function statusBadge(status) {
  if (status === null) return badge("none", "bad");
  return badge(String(status), status < 300 ? "good" : "bad");
}
