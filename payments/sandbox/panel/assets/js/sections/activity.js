// What happened: calls, the events that they caused, and how these were delivered.

import { build, fill } from "../build.js";
import { countdown } from "../countdown.js";
import { keep } from "../keep.js";
import { watch } from "../live.js";
import { toThing } from "../route.js";
import { counted } from "../words.js";
import { activityLines } from "../parts/activity-lines.js";
import { callDetail } from "../parts/call-detail.js";
import { isTroubled } from "../parts/delivery-state.js";
import { eventDetail } from "../parts/event-detail.js";

/** @typedef {import("../types").Overview} Overview */
/** @typedef {import("../types").Section} Section */

const FILTERS = { all: "All", calls: "Calls", events: "Events", problems: "Problems" };

/** @param {HTMLElement} main @returns {Section} */
export function activity(main) {
  const list = build("ul", { class: "rows" });
  const nothing = build("p", { class: "empty" });
  const coming = build("details", { class: "next", hidden: true });
  const detail = build("div", { class: "split__detail" });
  const search = build("input", {
    class: "input",
    type: "search",
    placeholder: "An id, a path, a type",
    "aria-label": "Search",
    oninput: () => latest && draw(latest),
  });
  const chips = Object.entries(FILTERS).map(([name, label]) =>
    build("button", { type: "button", class: "chip", "aria-pressed": String(name === "all"), onclick: () => choose(name) }, label),
  );
  const split = build(
    "div",
    { class: "split" },
    build(
      "div",
      { class: "split__list" },
      build("div", { class: "head" }, build("h1", {}, "Activity"), build("div", { class: "chips" }, ...chips), build("div", { class: "head__search" }, search)),
      coming,
      build("div", { class: "sheet" }, list, nothing),
    ),
    detail,
  );
  fill(main, split);

  let filter = "all";
  let chosen = "";
  /** @type {Overview | null} */
  let latest = null;
  /** @type {{ node: HTMLElement, update: () => void } | null} */
  let opened = null;

  /** @param {string} name */
  function choose(name) {
    filter = name;
    Object.keys(FILTERS).forEach((other, place) => chips[place]?.setAttribute("aria-pressed", String(other === name)));
    if (latest) draw(latest);
  }

  /** @param {Overview} overview */
  function draw(overview) {
    latest = overview;
    const lines = wanted(overview, filter, search.value.trim().toLowerCase());
    keep(list, activityLines(lines.calls, lines.events, chosen));
    nothing.hidden = lines.calls.length + lines.events.length > 0;
    nothing.textContent =
      overview.calls.length + overview.events.length
        ? "Nothing like that."
        : "Nothing has happened yet. Point a client at this address and make a call.";
    drawComing(overview);
    opened?.update();
  }

  /** @param {Overview} overview */
  function drawComing({ timers }) {
    coming.hidden = timers.length === 0;
    const [first] = timers;
    if (!first) return;
    fill(
      coming,
      build("summary", {}, `${counted(timers.length, "thing")} to come: ${inWords(first.name)} `, countdown(first.at)),
      build(
        "ul",
        {},
        ...timers.map((timer) =>
          build(
            "li",
            {},
            build("span", { class: "next__when" }, countdown(timer.at)),
            inWords(timer.name),
            timer.about && build("a", { class: "mono", href: toThing(timer.about) }, timer.about),
          ),
        ),
      ),
    );
  }

  const stop = watch(draw);
  return {
    stop,
    show([id = ""]) {
      chosen = id;
      opened = id ? (id.startsWith("evt_") ? eventDetail(id) : callDetail(id)) : null;
      split.toggleAttribute("data-open", Boolean(opened));
      fill(detail, opened?.node);
      detail.scrollTop = 0;
      if (latest) draw(latest);
    },
  };
}

/**
 * @param {Overview} overview
 * @param {string} filter
 * @param {string} words
 */
function wanted({ calls, events }, filter, words) {
  const troubled = filter === "problems";
  /** @param {(string | null)[]} texts */
  const matches = (texts) => !words || texts.some((text) => text?.toLowerCase().includes(words));
  return {
    calls:
      filter === "events"
        ? []
        : calls.filter(
            (call) =>
              matches([call.id, `${call.method} ${call.path}`, call.about, call.error]) &&
              (!troubled || call.fault || call.status === null || call.status >= 400),
          ),
    events:
      filter === "calls"
        ? []
        : events.filter((event) => matches([event.id, event.type, event.about, event.request]) && (!troubled || isTroubled(event))),
  };
}

/** @param {string} name of a timer @returns {string} */
function inWords(name) {
  return name.replace(/[._]/g, " ");
}
