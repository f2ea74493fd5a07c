// One object in full: what can happen to it, what is around it, its story, its JSON.

import { build, fill } from "../build.js";
import { read } from "../calls.js";
import { actionsOf } from "../doing/actions.js";
import { facts } from "../facts.js";
import { keep } from "../keep.js";
import { moment, money, worded } from "../words.js";
import { actionBar } from "./action-bar.js";
import { activityLines } from "./activity-lines.js";
import { badge } from "./badge.js";
import { detailHead, factList } from "./detail-head.js";
import { foldedJson } from "./json-view.js";
import { kindName } from "./kinds.js";
import { thingLine } from "./thing-line.js";

/** @typedef {import("../types").Story} Story */
/** @typedef {import("../types").Thing} Thing */

/**
 * Shows an object and keeps it up to date.
 *
 * @param {string} id
 * @param {{ back: string, onKind?: (kind: string) => void }} how
 */
export function thingDetail(id, { back, onKind }) {
  const node = build("article", { class: "detail sheet", "aria-label": id });
  const around = build("ul", { class: "rows" });
  const aroundPart = build("section", {}, build("h2", {}, "Around it"), around);
  const story = build("ul", { class: "rows" });
  let shown = "";

  const update = async () => {
    try {
      const [told, known] = await Promise.all([/** @type {Promise<Story>} */ (read(`objects/${id}`)), facts()]);
      const charge = await paidCharge(told.object);
      const sign = JSON.stringify([told.object, charge]);
      if (sign !== shown) {
        shown = sign;
        onKind?.(told.object.object);
        const actions = [...actionsOf(told.object, known), ...(charge ? actionsOf(charge, known) : [])];
        draw(told, actions.length > 0 && actionBar(actions, update));
      }
      aroundPart.hidden = told.around.length === 0;
      keep(around, told.around.map((other) => thingLine(other, { withKind: true })));
      keep(story, activityLines(told.calls, told.events, ""));
    } catch (problem) {
      shown = "";
      fill(node, detailHead({ kind: "Object", id, title: [], back }), build("p", { class: "problem" }, String(problem)));
    }
  };

  /**
   * @param {Story} told
   * @param {HTMLElement | false} actions
   */
  const draw = ({ object: thing, summary }, actions) => {
    const error = thing.last_payment_error ?? thing.last_setup_error;
    const amount = summary.amount !== null && summary.currency ? money(summary.amount, summary.currency) : "";
    const title = [build("h1", {}, amount || summary.title || kindName(thing.object, 1)), summary.status ? badge(summary.status) : ""];
    fill(
      node,
      detailHead({ kind: kindName(thing.object, 1), id, title, back }),
      error && build("p", { class: "problem" }, `${error.decline_code ?? error.code ?? error.type}: ${error.message}`),
      actions,
      factList(factsAbout(thing, amount ? summary.title : "")),
      aroundPart,
      build("section", {}, build("h2", {}, "Its story"), story),
      foldedJson("As JSON", thing, { open: true, ownId: id }),
    );
  };

  update();
  return { node, update };
}

/**
 * What is done to a payment that succeeded is done to its charge.
 *
 * @param {Thing} thing
 * @returns {Promise<Thing | null>}
 */
async function paidCharge(thing) {
  if (thing.object !== "payment_intent" || thing.status !== "succeeded") return null;
  const told = /** @type {Story} */ (await read(`objects/${thing.latest_charge}`));
  return told.object;
}

/**
 * @param {Thing} thing
 * @param {string} title
 * @returns {[string, string | Node | null | undefined | false][]}
 */
function factsAbout(thing, title) {
  const currency = thing.currency;
  return [
    ["About", title],
    ["Created", thing.created && moment(thing.created)],
    ["Received", Boolean(thing.amount_received) && money(thing.amount_received, currency)],
    ["Refunded", Boolean(thing.amount_refunded) && money(thing.amount_refunded, currency)],
    ["Fee", Boolean(thing.fee) && money(thing.fee, currency)],
    ["Outcome", thing.outcome?.seller_message],
    ["Answer by", thing.evidence_details?.due_by && moment(thing.evidence_details.due_by)],
    ["Failure", thing.failure_reason && worded(thing.failure_reason)],
    ["Period ends", thing.items?.data?.[0]?.current_period_end && moment(thing.items.data[0].current_period_end)],
    ["Stands at", thing.frozen_time && moment(thing.frozen_time)],
    ["Metadata", metadata(thing)],
  ];
}

/** @param {Thing} thing */
function metadata(thing) {
  const pairs = Object.entries(thing.metadata ?? {});
  return pairs.map(([name, value]) => `${name}: ${value}`).join(", ");
}
