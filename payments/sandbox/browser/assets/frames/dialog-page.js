// The look and the keys of a dialog whose page is a frame over the merchant's page.

import { build } from "./build.js";
import { textsFor } from "../shared/texts.js";

/**
 * Puts the dialog into the page, with a cross to close it. Tab stays inside; Escape and
 * a click beside the dialog close it.
 *
 * @param {object} options
 * @param {string} options.locale
 * @param {string} options.title
 * @param {Node[]} options.content
 * @param {() => void} options.onClose
 */
export function showDialog({ locale, title, content, onClose }) {
  const texts = textsFor(locale);
  const cross = build("button", { type: "button", class: "Close" }, "×");
  cross.setAttribute("aria-label", texts.close);
  cross.addEventListener("click", onClose);
  const sheet = build(
    "main",
    { class: "Sheet", "aria-labelledby": "title" },
    build(
      "header",
      { class: "SheetHead" },
      build("span", { class: "Badge" }, texts.sandboxShort),
      cross,
    ),
    build("h1", { id: "title", tabindex: "-1" }, title),
    ...content,
  );
  document.body.replaceChildren(sheet);
  document.body.addEventListener("click", ({ target }) => {
    if (target === document.body) onClose();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Tab") turnRound(event, sheet);
  });
  sheet.querySelector("h1")?.focus();
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} sheet
 */
function turnRound(event, sheet) {
  const stops = Array.from(sheet.querySelectorAll("button:not([disabled])"));
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  const opposite = event.shiftKey ? stops[stops.length - 1] : stops[0];
  const isOutside = !stops.includes(/** @type {Element} */ (document.activeElement));
  if (document.activeElement !== edge && !(isOutside && event.shiftKey)) return;
  event.preventDefault();
  if (opposite instanceof HTMLElement) opposite.focus();
}

/**
 * @param {[string, string][]} rows term and description
 * @returns {HTMLElement}
 */
export function facts(rows) {
  const list = build("dl", { class: "Facts" });
  for (const [term, description] of rows) {
    list.append(build("dt", {}, term), build("dd", {}, description));
  }
  return list;
}
