// The test cards, to be copied.

import { build, fill } from "../build.js";
import { copyButton } from "../copy.js";
import { facts } from "../facts.js";
import { inFours } from "../words.js";

/** @typedef {import("../types").TestCard} TestCard */
/** @typedef {import("../types").Section} Section */

const GROUPS = ["Succeeds", "Declined", "3-D Secure", "After the payment"];

/** @param {HTMLElement} main @returns {Section} */
export function cards(main) {
  const groups = build("div", { class: "stack" });
  fill(
    main,
    build(
      "div",
      { class: "stack" },
      build("h1", {}, "Test cards"),
      build("p", { class: "quiet" }, "Any date to come and any three digits (four for American Express) go with them. A click copies the number."),
      groups,
    ),
  );
  facts().then((known) => fill(groups, ...GROUPS.map((name) => group(name, known.cards))));
  return { show() {}, stop() {} };
}

/**
 * @param {string} name
 * @param {TestCard[]} all
 */
function group(name, all) {
  return build(
    "section",
    { class: "sheet" },
    build("h2", { class: "card-group" }, name),
    build("ul", { class: "rows" }, ...all.filter((card) => card.group === name).map(cardRow)),
  );
}

/** @param {TestCard} card */
function cardRow(card) {
  return build(
    "li",
    { class: "card-row" },
    copyButton(card.number, { shown: inFours(card.number), className: "button card-row__number" }),
    build("span", { class: "card-row__does" }, card.does, " ", build("span", { class: "quiet small" }, card.brand)),
    card.token && copyButton(card.token, { shown: card.token, className: "button card-row__token" }),
  );
}
