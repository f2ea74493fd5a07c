// Forgetting everything, after asking.

import { build } from "../build.js";
import { change } from "../calls.js";
import { icon } from "../icon.js";
import { refresh } from "../live.js";
import { doAndSay } from "../say.js";
import { to } from "../route.js";

/** @returns {HTMLElement} */
export function reset() {
  const dialog = build(
    "dialog",
    { class: "ask", "aria-labelledby": "ask-title" },
    build("h2", { id: "ask-title" }, "Forget everything?"),
    build("p", {}, "All payments, events, faults and the journal are gone, and the clock is right again. Webhook endpoints stay. A shop that knows these payments will not find them any more."),
    build(
      "div",
      { class: "actions" },
      build("button", { type: "button", class: "button button--main", onclick: () => forget(dialog) }, "Forget everything"),
      build("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Keep it"),
    ),
  );
  const button = build("button", { type: "button", class: "button button--bad", "aria-label": "Reset", onclick: () => dialog.showModal() }, icon("bin", 16), build("span", { class: "button__word" }, "Reset…"));
  return build("div", {}, button, dialog);
}

/** @param {HTMLDialogElement} dialog */
async function forget(dialog) {
  await doAndSay(() => change("reset", { keep_endpoints: true }).then(() => "Everything is forgotten."));
  dialog.close();
  location.hash = to("activity");
  await refresh();
}
