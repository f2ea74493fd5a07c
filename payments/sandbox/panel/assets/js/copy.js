// A button that copies a text.

import { build } from "./build.js";
import { icon } from "./icon.js";
import { say } from "./say.js";

/**
 * @param {string} text what is copied
 * @param {{ shown?: string, className?: string, label?: string }} [how]
 * @returns {HTMLButtonElement}
 */
export function copyButton(text, { shown = "", className = "button button--plain", label } = {}) {
  return build(
    "button",
    { type: "button", class: className, "aria-label": label ?? `Copy ${text}`, title: "Copy", onclick: () => copy(text) },
    shown,
    icon("copy", 14),
  );
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${text}`);
  } catch {
    say("The browser does not let the panel copy.", { bad: true });
  }
}
