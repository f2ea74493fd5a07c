// Faults: those that wait for their turn, and the choice of new ones.

import { build, fill } from "../build.js";
import { change } from "../calls.js";
import { facts } from "../facts.js";
import { refresh, watch } from "../live.js";
import { badge } from "../parts/badge.js";
import { faultForm } from "../parts/fault-form.js";
import { doAndSay } from "../say.js";

/** @typedef {import("../types").Overview} Overview */
/** @typedef {import("../types").Facts} Facts */
/** @typedef {import("../types").FaultWords} FaultWords */
/** @typedef {import("../types").Rule} Rule */
/** @typedef {import("../types").Section} Section */

/** @param {HTMLElement} main @returns {Section} */
export function faults(main) {
  const armed = build("ul", {});
  const none = build("p", { class: "quiet small" }, "None. Everything works as it should.");
  const forget = build("button", { type: "button", class: "button", onclick: () => remove("faults") }, "Forget all");
  const choice = build("div", { class: "stack" });
  fill(
    main,
    build(
      "div",
      { class: "stack" },
      build("h1", {}, "Faults"),
      build(
        "section",
        { class: "sheet block" },
        build("div", { class: "block__head" }, build("h2", {}, "Armed"), forget),
        none,
        armed,
      ),
      choice,
    ),
  );

  /** @type {string[]} */
  let seenTypes = [];
  facts().then((known) => {
    fill(
      choice,
      group("What can happen to a call", known.call_faults, (words) => faultForm(words, { where: "route", suggestions: ["POST /v1/*", ...known.routes] })),
      group("What can happen to an event", known.event_faults, (words) => faultForm(words, { where: "event", suggestions: ["*", ...seenTypes] })),
    );
  });

  const stop = watch((overview) => {
    seenTypes = [...new Set(overview.events.map((event) => event.type))].sort();
    none.hidden = overview.faults.length > 0;
    forget.hidden = overview.faults.length === 0;
    fill(armed, ...overview.faults.map(armedRow));
  });
  return { show() {}, stop };
}

/**
 * @param {string} title
 * @param {FaultWords[]} all
 * @param {(words: FaultWords) => HTMLElement} makeForm
 */
function group(title, all, makeForm) {
  const place = build("div", { class: "action", hidden: true });
  const choices = all.map((words) => {
    const button = build(
      "button",
      { type: "button", class: "choice", "aria-pressed": "false", onclick: () => choose(button, () => makeForm(words)) },
      build("h3", {}, words.title),
      build("span", { class: "choice__name" }, words.name),
      build("span", { class: "small quiet" }, words.explanation),
    );
    return button;
  });

  /**
   * @param {HTMLElement} button
   * @param {() => HTMLElement} make
   */
  function choose(button, make) {
    const wasChosen = button.getAttribute("aria-pressed") === "true";
    for (const other of choices) other.setAttribute("aria-pressed", "false");
    place.hidden = wasChosen;
    if (wasChosen) return;
    button.setAttribute("aria-pressed", "true");
    fill(place, make());
    button.after(place);
    place.querySelector("input")?.focus();
  }

  return build("section", { class: "block sheet" }, build("h2", {}, title), build("div", { class: "choices" }, ...choices));
}

/** @param {Rule} rule */
function armedRow(rule) {
  const options = Object.entries(rule.options).map(([name, value]) => `${name} ${value}`);
  const isDone = rule.struck >= rule.count;
  return build(
    "li",
    { class: "armed" },
    badge(rule.fault, isDone ? "" : "wait"),
    build("span", { class: "armed__what" }, build("code", {}, rule.route || rule.event), options.length > 0 && ` (${options.join(", ")})`),
    build("span", { class: "small quiet" }, standing(rule)),
    build("button", { type: "button", class: "button", onclick: () => remove(`faults?id=${rule.id}`) }, "Forget"),
  );
}

/** @param {Rule} rule */
function standing(rule) {
  if (rule.struck >= rule.count) return rule.count === 1 ? "has struck" : `has struck ${rule.struck} times`;
  if (rule.struck > 0) return `struck ${rule.struck} of ${rule.count}`;
  const first = rule.nth - rule.seen;
  return first === 1 ? "strikes the next one" : `strikes after ${first - 1} more`;
}

/** @param {string} path */
async function remove(path) {
  await doAndSay(() => change(path, {}, "DELETE").then(() => "Forgotten."));
  await refresh();
}
