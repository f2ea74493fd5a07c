// JSON in colours; ids lead to what they name.

import { build } from "../build.js";
import { toThing } from "../route.js";

const ID = /^(pi|ch|py|re|pyr|du|dp|cus|sub|in|ii|pm|seti|price|prod|evt|req|txn|we|clock|mandate|si|inpay|issfr)_[A-Za-z0-9]+$/;

/**
 * @param {unknown} value
 * @param {string} [ownId] an id that is not a link, for it is shown already
 * @returns {HTMLElement}
 */
export function jsonView(value, ownId = "") {
  return build("pre", { class: "json", tabindex: "0" }, ...lines(value, ownId, ""));
}

/**
 * @param {unknown} value
 * @param {string} ownId
 * @param {string} indent
 * @returns {(Node | string)[]}
 */
function lines(value, ownId, indent) {
  if (Array.isArray(value)) return wrapped("[", "]", value.map((item) => lines(item, ownId, `${indent}  `)), indent);
  if (value !== null && typeof value === "object") {
    const pairs = Object.entries(value).map(([name, item]) => [
      build("span", { class: "json__key" }, JSON.stringify(name)),
      ": ",
      ...lines(item, ownId, `${indent}  `),
    ]);
    return wrapped("{", "}", pairs, indent);
  }
  return [atom(value, ownId)];
}

/**
 * @param {string} opening
 * @param {string} closing
 * @param {(Node | string)[][]} parts
 * @param {string} indent
 */
function wrapped(opening, closing, parts, indent) {
  if (parts.length === 0) return [opening + closing];
  const inner = parts.flatMap((part, place) => [`${place ? "," : ""}\n${indent}  `, ...part]);
  return [opening, ...inner, `\n${indent}${closing}`];
}

/**
 * @param {unknown} value
 * @param {string} ownId
 */
function atom(value, ownId) {
  const text = JSON.stringify(value);
  if (typeof value === "string" && ID.test(value) && value !== ownId) {
    return build("a", { href: toThing(value) }, text);
  }
  if (typeof value === "string") return build("span", { class: "json__text" }, text);
  if (typeof value === "number") return build("span", { class: "json__number" }, text);
  return build("span", { class: "json__nothing" }, text);
}

/**
 * A view that can be folded away.
 *
 * @param {string} title
 * @param {unknown} value
 * @param {{ open?: boolean, ownId?: string }} [how]
 */
export function foldedJson(title, value, { open = false, ownId = "" } = {}) {
  return build("details", { class: "fold", open }, build("summary", {}, title), jsonView(value, ownId));
}
