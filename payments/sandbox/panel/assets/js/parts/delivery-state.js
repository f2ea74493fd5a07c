// How an event is getting to the shop, in a few words.

import { build } from "../build.js";
import { countdown } from "../countdown.js";
import { counted } from "../words.js";

/** @typedef {import("../types").EventRow} EventRow */
/** @typedef {import("../types").DeliveryRow} DeliveryRow */

/**
 * @param {DeliveryRow[]} deliveries
 * @returns {string} good, bad, wait or nothing
 */
export function deliveryTone(deliveries) {
  const tones = deliveries.map((item) => TONES[item.state] ?? "");
  return ["bad", "wait", "good"].find((tone) => tones.includes(tone)) ?? "";
}

/** @param {EventRow} event @returns {boolean} whether the shop has not accepted it at once */
export function isTroubled(event) {
  return event.deliveries.some((item) => item.tries > 1 || ["failed", "dropped"].includes(item.state) || isRefused(item));
}

/** @param {DeliveryRow} item @returns {HTMLElement} */
export function deliveryState(item) {
  return build("span", { class: "small quiet" }, ...words(item));
}

/** @type {Record<string, string>} */
const TONES = { delivered: "good", failed: "bad", dropped: "bad", waiting: "wait", held: "wait" };

/**
 * @param {DeliveryRow} item
 * @returns {(string | Node)[]}
 */
function words(item) {
  if (item.state === "delivered") {
    if (item.accepted > 1) return [`delivered ${item.accepted} times`];
    return [item.tries > 1 ? `delivered at try ${item.tries}` : "delivered"];
  }
  if (item.state === "waiting" && item.next_at !== null) {
    return item.tries ? [`${answer(item)}, again `, countdown(item.next_at)] : ["goes out ", countdown(item.next_at)];
  }
  if (item.state === "failed") return [`given up after ${counted(item.tries, "try", "tries")}`];
  return [item.state];
}

/** @param {DeliveryRow} item */
function answer(item) {
  return item.status ? `answered ${item.status}` : "no answer";
}

/** @param {DeliveryRow} item */
function isRefused(item) {
  return item.tries > 0 && item.state === "waiting";
}
