// One call in full: what was asked, what was answered, what it caused.

import { build, fill } from "../build.js";
import { read } from "../calls.js";
import { keep } from "../keep.js";
import { to, toThing } from "../route.js";
import { timeOfDay } from "../words.js";
import { activityLines } from "./activity-lines.js";
import { badge, statusBadge } from "./badge.js";
import { detailHead, factList } from "./detail-head.js";
import { foldedJson } from "./json-view.js";

/** @typedef {import("../types").WholeCall} WholeCall */

/** @param {string} id */
export function callDetail(id) {
  const node = build("article", { class: "detail sheet", "aria-label": id });
  const caused = build("ul", { class: "rows" });
  let shown = "";

  const update = async () => {
    try {
      const told = /** @type {WholeCall} */ (await read(`calls/${id}`));
      const sign = JSON.stringify(told.call);
      if (sign !== shown) {
        shown = sign;
        fill(node, ...drawn(told, caused));
      }
      keep(caused, activityLines([], told.events, ""));
    } catch (problem) {
      shown = "";
      fill(node, detailHead({ kind: "Call", id, title: [], back: to("activity") }), build("p", { class: "problem" }, String(problem)));
    }
  };
  update();
  return { node, update };
}

/**
 * @param {WholeCall} told
 * @param {HTMLElement} caused
 */
function drawn({ call, about, events }, caused) {
  const title = [build("h1", {}, `${call.method} ${call.path}`), statusBadge(call.status)];
  return [
    detailHead({ kind: "Call", id: call.id, title, back: to("activity") }),
    factList([
      ["At", timeOfDay(call.time)],
      ["Took", call.duration_ms === null ? "not answered yet" : `${call.duration_ms} ms`],
      ["About", about && build("a", { href: toThing(about) }, about)],
      ["Idempotency-Key", call.idempotency_key && build("code", {}, call.idempotency_key)],
      ["Replayed", call.replayed && "the stored answer of an earlier call with this key"],
      ["Fault", call.fault && badge(call.fault, "wait")],
      ["Client", call.headers["user-agent"]],
    ]),
    events.length > 0 && build("section", {}, build("h2", {}, "What it caused"), caused),
    foldedJson("Parameters", call.params, { open: true }),
    foldedJson(call.status === null ? "What the answer would have been" : "Answer", call.response, { open: true }),
  ];
}
