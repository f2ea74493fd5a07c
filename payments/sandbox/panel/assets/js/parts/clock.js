// The sandbox's time, and moving it on.

import { build } from "../build.js";
import { change } from "../calls.js";
import { refresh, sandboxNow, watch } from "../live.js";
import { doAndSay } from "../say.js";
import { moment } from "../words.js";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** @returns {HTMLElement} */
export function clock() {
  const time = build("time", { class: "clock__time", title: "The sandbox's time" });
  const steps = /** @type {[string, string, () => number][]} */ ([
    ["+1 h", "one hour", () => HOUR_S],
    ["+1 day", "one day", () => DAY_S],
    ["+1 month", "one month", oneMonth],
  ]).map(([label, words, seconds]) =>
    build("button", { type: "button", class: "button", "aria-label": `Move the clock on by ${words}`, onclick: () => advance(words, seconds()) }, label),
  );
  const tick = () => {
    time.textContent = moment(sandboxNow());
  };
  tick();
  window.setInterval(tick, 1000);
  watch((overview) => {
    time.classList.toggle("clock__ahead", overview.offset_s > 1);
    tick();
  });
  return build("div", { class: "clock", role: "group", "aria-label": "Clock" }, time, build("div", { class: "clock__steps" }, ...steps));
}

/**
 * @param {string} words
 * @param {number} seconds
 */
async function advance(words, seconds) {
  await doAndSay(() => change("clock", { advance_s: seconds }).then(() => `It is ${words} later. What fell due has happened.`));
  await refresh();
}

/** @returns {number} the seconds until the same day of the next month */
function oneMonth() {
  const now = new Date(sandboxNow() * 1000);
  const then = new Date(now);
  then.setMonth(then.getMonth() + 1);
  return (then.getTime() - now.getTime()) / 1000;
}
