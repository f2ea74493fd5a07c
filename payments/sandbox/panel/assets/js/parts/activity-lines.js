// Calls and events as the lines of a list: each call, and under it what it caused.

import { build } from "../build.js";
import { to } from "../route.js";
import { timeOfDay } from "../words.js";
import { badge, statusBadge } from "./badge.js";
import { deliveryState, deliveryTone } from "./delivery-state.js";

/** @typedef {import("../types").CallRow} CallRow */
/** @typedef {import("../types").EventRow} EventRow */
/** @typedef {import("../types").Line} Line */

/**
 * Newest first; events stand under their call in the order in which they happened.
 *
 * @param {CallRow[]} calls
 * @param {EventRow[]} events
 * @param {string} chosen id of the one that shows in full
 * @returns {Line[]}
 */
export function activityLines(calls, events, chosen) {
  const known = new Set(calls.map((call) => call.id));
  /** @type {Map<string, EventRow[]>} */
  const caused = new Map();
  for (const event of events) {
    if (event.request && known.has(event.request)) {
      caused.set(event.request, [...(caused.get(event.request) ?? []), event]);
    }
  }
  const alone = events.filter((event) => !event.request || !known.has(event.request));
  const groups = [
    ...calls.map((call) => ({ at: call.at, lines: [callLine(call, chosen), ...(caused.get(call.id) ?? []).map((event) => eventLine(event, chosen, true))] })),
    ...alone.map((event) => ({ at: event.at, lines: [eventLine(event, chosen, false)] })),
  ];
  // Reversed first, so that of equal times the later one stands above.
  return groups
    .reverse()
    .sort((one, other) => other.at - one.at)
    .flatMap((group) => group.lines);
}

/**
 * @param {CallRow} call
 * @param {string} chosen
 * @returns {Line}
 */
function callLine(call, chosen) {
  const isChosen = call.id === chosen;
  return {
    key: call.id,
    sign: JSON.stringify([call, isChosen]),
    make: () =>
      build(
        "li",
        {},
        build(
          "a",
          { class: "row", href: to("activity", call.id), "aria-current": isChosen ? "true" : null },
          build("span", { class: "row__status" }, call.duration_ms === null ? badge("…", "wait") : statusBadge(call.status)),
          build(
            "span",
            { class: "row__what" },
            build("span", { class: "row__path" }, build("span", { class: "row__method" }, call.method), ` ${call.path}`),
            call.fault && badge(`fault: ${call.fault}`, "wait"),
            call.error && badge(call.error, "bad"),
            call.replayed && badge("replayed"),
            call.by_browser && badge("browser"),
          ),
          build("span", { class: "row__when" }, timeOfDay(call.at), build("span", { class: "row__ms" }, took(call))),
        ),
      ),
  };
}

/** @param {CallRow} call */
function took(call) {
  return call.duration_ms === null ? "" : ` · ${call.duration_ms < 10 ? call.duration_ms.toFixed(1) : Math.round(call.duration_ms)} ms`;
}

/**
 * @param {EventRow} event
 * @param {string} chosen
 * @param {boolean} isCaused it stands under its call
 * @returns {Line}
 */
function eventLine(event, chosen, isCaused) {
  const isChosen = event.id === chosen;
  const tone = deliveryTone(event.deliveries);
  return {
    key: event.id,
    sign: JSON.stringify([event, isChosen, isCaused]),
    make: () =>
      build(
        "li",
        { class: isCaused ? "caused" : null },
        build(
          "a",
          { class: "row row--event", href: to("activity", event.id), "aria-current": isChosen ? "true" : null },
          build("span", { class: tone ? `row__sign row__sign--${tone}` : "row__sign" }),
          build(
            "span",
            { class: "row__what" },
            build("span", { class: "row__type" }, event.type),
            ...event.deliveries.map(deliveryState),
            event.deliveries.length === 0 && build("span", { class: "small quiet" }, "nobody listens"),
            ...[...new Set(event.deliveries.flatMap((item) => item.faults))].map((fault) => badge(`fault: ${fault}`, "wait")),
          ),
          !isCaused && build("span", { class: "row__when" }, timeOfDay(event.at)),
        ),
      ),
  };
}
