// What there is: the objects of one kind, and one of them in full.

import { build, fill } from "../build.js";
import { read } from "../calls.js";
import { keep } from "../keep.js";
import { watch } from "../live.js";
import { kindName, kindsToShow } from "../parts/kinds.js";
import { thingDetail } from "../parts/thing-detail.js";
import { thingLine } from "../parts/thing-line.js";
import { to } from "../route.js";

/** @typedef {import("../types").Overview} Overview */
/** @typedef {import("../types").Section} Section */
/** @typedef {import("../types").Summary} Summary */

/** @param {HTMLElement} main @returns {Section} */
export function objects(main) {
  const kinds = build("nav", { class: "chips chips--many", "aria-label": "Kinds of objects" });
  const list = build("ul", { class: "rows" });
  const nothing = build("p", { class: "empty", hidden: true });
  const detail = build("div", { class: "split__detail" });
  const split = build(
    "div",
    { class: "split" },
    build(
      "div",
      { class: "split__list" },
      build("div", { class: "head" }, build("h1", {}, "Objects")),
      build("div", { class: "head" }, kinds),
      build("div", { class: "sheet" }, list, nothing),
    ),
    detail,
  );
  fill(main, split);

  let kind = "payment_intent";
  let chosen = "";
  /** @type {Overview | null} */
  let latest = null;
  /** @type {ReturnType<typeof thingDetail> | null} */
  let opened = null;

  function drawKinds() {
    const counts = latest?.counts ?? {};
    fill(
      kinds,
      ...kindsToShow(counts).map((name) =>
        build(
          "a",
          { class: "chip", href: to("objects", name), "aria-current": name === kind ? "true" : null },
          kindName(name),
          build("span", { class: "chip__count" }, counts[name] ?? 0),
        ),
      ),
    );
  }

  async function drawList() {
    const asked = kind;
    const things = /** @type {Summary[]} */ (await read(`summaries?kind=${encodeURIComponent(asked)}`).catch(() => []));
    if (asked !== kind) return;
    keep(list, things.map((thing) => thingLine(thing, { chosen })));
    nothing.hidden = things.length > 0;
    nothing.textContent = `No ${kindName(asked).toLowerCase()} yet.`;
  }

  /** @param {string} name */
  function choose(name) {
    if (name !== kind) list.removeAttribute("data-kept");
    kind = name;
    drawKinds();
    drawList();
  }

  const stop = watch((overview) => {
    latest = overview;
    drawKinds();
    drawList();
    opened?.update();
  });
  return {
    stop,
    show([name = "payment_intent", id = ""]) {
      chosen = id;
      opened = id ? thingDetail(id, { back: to("objects", name === "any" ? kind : name), onKind: choose }) : null;
      split.toggleAttribute("data-open", Boolean(opened));
      fill(detail, opened?.node);
      detail.scrollTop = 0;
      choose(name === "any" ? kind : name);
    },
  };
}
