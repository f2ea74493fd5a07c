// The top of a detail: what it is, its id to copy, and the way back to the list.

import { build } from "../build.js";
import { copyButton } from "../copy.js";
import { icon } from "../icon.js";

/**
 * @param {{ kind: string, id: string, title: (Node | string)[], back: string }} what
 * @returns {HTMLElement}
 */
export function detailHead({ kind, id, title, back }) {
  return build(
    "header",
    { class: "detail__head" },
    build(
      "div",
      { class: "detail__bar" },
      build("p", { class: "quiet small" }, kind),
      build("a", { class: "button button--plain", href: back, "aria-label": "Close" }, icon("close")),
    ),
    build("div", { class: "detail__title" }, ...title),
    build("p", { class: "detail__id" }, build("code", {}, id), copyButton(id)),
  );
}

/**
 * Pairs of a name and a value; those without a value are left out.
 *
 * @param {[string, Node | string | null | undefined | false][]} pairs
 */
export function factList(pairs) {
  const kept = pairs.filter(([, value]) => value);
  return build(
    "dl",
    { class: "facts" },
    ...kept.flatMap(([name, value]) => [build("dt", {}, name), build("dd", {}, value)]),
  );
}
