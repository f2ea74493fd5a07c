// One event in full: what it tells, each try to deliver it, and sending it again.

import { build, fill } from "../build.js";
import { change, read } from "../calls.js";
import { countdown } from "../countdown.js";
import { to, toThing } from "../route.js";
import { moment, timeOfDay } from "../words.js";
import { actionBar } from "./action-bar.js";
import { badge, statusBadge } from "./badge.js";
import { detailHead, factList } from "./detail-head.js";
import { foldedJson } from "./json-view.js";

/** @typedef {import("../types").Thing} Thing */
/** @typedef {import("../types").Delivery} Delivery */

/** @param {string} id */
export function eventDetail(id) {
  const node = build("article", { class: "detail sheet", "aria-label": id });
  let shown = "";

  const update = async () => {
    try {
      const [story, deliveries] = await Promise.all([read(`objects/${id}`), read(`deliveries?event=${id}`)]);
      const sign = JSON.stringify([story.object, deliveries]);
      if (sign === shown) return;
      shown = sign;
      fill(node, ...drawn(story.object, deliveries, update));
    } catch (problem) {
      shown = "";
      fill(node, detailHead({ kind: "Event", id, title: [], back: to("activity") }), build("p", { class: "problem" }, String(problem)));
    }
  };
  update();
  return { node, update };
}

/**
 * @param {Thing} event
 * @param {Delivery[]} deliveries
 * @param {() => void} update
 */
function drawn(event, deliveries, update) {
  const about = event.data.object.id;
  const resend = {
    label: "Send it again",
    main: true,
    does: () => change(`deliveries/${event.id}/resend`).then(() => "On its way again."),
  };
  return [
    detailHead({ kind: "Event", id: event.id, title: [build("h1", {}, event.type)], back: to("activity") }),
    deliveries.length > 0 && actionBar([resend], update),
    factList([
      ["Happened", moment(event.created)],
      ["About", about && build("a", { href: toThing(about) }, about)],
      ["Caused by", event.request?.id && build("a", { href: toThing(event.request.id) }, event.request.id)],
      ["Not accepted yet", event.pending_webhooks > 0 && `by ${event.pending_webhooks}`],
    ]),
    build(
      "section",
      {},
      build("h2", {}, "Deliveries"),
      ...(deliveries.length ? deliveries.map(deliveryPart) : [build("p", { class: "small quiet" }, "No endpoint listened when it happened.")]),
    ),
    event.data.previous_attributes && foldedJson("What was before", event.data.previous_attributes, { open: true }),
    foldedJson("What it tells", event.data.object, { open: true }),
    foldedJson("The whole event", event, { ownId: event.id }),
  ];
}

/** @param {Delivery} item */
function deliveryPart(item) {
  return build(
    "div",
    { class: "delivery" },
    build(
      "div",
      { class: "delivery__head" },
      badge(item.state),
      build("code", {}, item.url),
      item.next_at !== null && build("span", { class: "quiet" }, "next try ", countdown(item.next_at)),
      ...Object.keys(item.faults).map((fault) => badge(`fault: ${fault}`, "wait")),
    ),
    item.attempts.length > 0 &&
      build(
        "table",
        { class: "tries" },
        build("thead", {}, build("tr", {}, ...["Try", "At", "Answer", "Took"].map((name) => build("th", { scope: "col" }, name)))),
        build("tbody", {}, ...item.attempts.map(attemptRow)),
      ),
  );
}

/**
 * @param {import("../types").Attempt} attempt
 * @param {number} place
 */
function attemptRow(attempt, place) {
  const said = attempt.error ?? (attempt.response ?? "").slice(0, 160);
  return build(
    "tr",
    {},
    build("td", {}, place + 1),
    build("td", {}, timeOfDay(attempt.time)),
    build("td", {}, statusBadge(attempt.status), " ", build("span", { class: "quiet" }, said)),
    build("td", {}, `${Math.round(attempt.duration_ms)} ms`),
  );
}
