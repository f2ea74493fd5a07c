// Where events go, whether they go at all, and those that did not arrive.

import { build, fill } from "../build.js";
import { change, read } from "../calls.js";
import { copyButton } from "../copy.js";
import { keep } from "../keep.js";
import { refresh, watch } from "../live.js";
import { activityLines } from "../parts/activity-lines.js";
import { endpointForm } from "../parts/endpoint-form.js";
import { webhookSwitch } from "../parts/webhook-switch.js";
import { doAndSay } from "../say.js";
import { counted } from "../words.js";

/** @typedef {import("../types").Endpoint} Endpoint */
/** @typedef {import("../types").EventRow} EventRow */
/** @typedef {import("../types").Section} Section */

/** @param {HTMLElement} main @returns {Section} */
export function webhooks(main) {
  const list = build("ul", {});
  const form = build("div", { class: "action", hidden: true });
  const open = build("button", { type: "button", class: "button", "aria-expanded": "false", onclick: () => toggle() }, "Add an endpoint…");
  const held = build("button", { type: "button", class: "button", hidden: true, onclick: sendHeld });
  const undelivered = build("ul", { class: "rows" });
  const nothing = build("p", { class: "empty" }, "Every event has arrived.");
  const toggleAll = webhookSwitch({ label: "Webhooks" });
  fill(
    main,
    build(
      "div",
      { class: "stack" },
      build("h1", {}, "Webhooks"),
      build(
        "section",
        { class: "sheet block" },
        build("div", { class: "block__head" }, toggleAll.node, held),
        build("p", { class: "small quiet" }, "Switched off, events are held back: the shop has to find out by itself, or when they are sent later."),
      ),
      build("section", { class: "sheet block" }, build("div", { class: "block__head" }, build("h2", {}, "Endpoints"), open), form, list),
      build("section", {}, build("div", { class: "head" }, build("h2", {}, "Not delivered yet")), build("div", { class: "sheet" }, undelivered, nothing)),
    ),
  );

  /** @type {Endpoint[]} */
  let endpoints = [];
  let shown = "";

  function toggle() {
    form.hidden = !form.hidden;
    open.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) fill(form, endpointForm(add));
    form.querySelector("input")?.focus();
  }

  /** @param {Partial<Endpoint>} made */
  async function add(made) {
    if (await replace([...endpoints, made], "The endpoint is added.")) toggle();
  }

  /**
   * @param {Partial<Endpoint>[]} wanted
   * @param {string} said
   */
  async function replace(wanted, said) {
    const kept = wanted.map(({ url, secrets, enabled_events }) => ({ url, secrets, enabled_events }));
    const went = await doAndSay(() => change("endpoints", { endpoints: kept }).then(() => said));
    await drawEndpoints();
    await refresh();
    return went;
  }

  async function drawEndpoints() {
    endpoints = await read("endpoints").catch(() => endpoints);
    if (shown === JSON.stringify(endpoints)) return;
    shown = JSON.stringify(endpoints);
    fill(list, ...endpoints.map((endpoint) => endpointRow(endpoint, () => replace(endpoints.filter((other) => other.id !== endpoint.id), "The endpoint is removed."))));
    if (endpoints.length === 0) fill(list, build("li", { class: "quiet small" }, "None: events are recorded, and nobody hears of them."));
  }

  const stop = watch((overview) => {
    const waiting = overview.events.filter((event) => event.deliveries.some((item) => item.state !== "delivered"));
    const heldCount = overview.events.flatMap((event) => event.deliveries).filter((item) => item.state === "held").length;
    held.hidden = heldCount === 0;
    held.textContent = `Send what was held (${counted(heldCount, "event")})`;
    keep(undelivered, activityLines([], waiting, ""));
    nothing.hidden = waiting.length > 0;
    drawEndpoints();
  });
  return {
    show() {},
    stop() {
      stop();
      toggleAll.stop();
    },
  };
}

/**
 * @param {Endpoint} endpoint
 * @param {() => void} remove
 */
function endpointRow(endpoint, remove) {
  const events = endpoint.enabled_events.includes("*") ? "every event" : endpoint.enabled_events.join(", ");
  return build(
    "li",
    { class: "endpoint" },
    build(
      "div",
      { class: "block__head" },
      build("code", {}, endpoint.url),
      build("button", { type: "button", class: "button button--bad", onclick: remove, "aria-label": `Remove ${endpoint.url}` }, "Remove"),
    ),
    build("p", { class: "small quiet" }, events),
    ...endpoint.secrets.map((secret) => build("p", { class: "small" }, "Signed with ", build("code", {}, secret), copyButton(secret))),
  );
}

async function sendHeld() {
  await doAndSay(() => change("webhooks", { enabled: true, send_held: true }).then(() => "What was held is on its way."));
  await refresh();
}
