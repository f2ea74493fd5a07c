// Webhooks on or off.

import { build } from "../build.js";
import { change } from "../calls.js";
import { refresh, watch } from "../live.js";
import { doAndSay } from "../say.js";

/** @param {{ label: string }} how */
export function webhookSwitch({ label }) {
  const node = build(
    "button",
    { type: "button", class: "switch", role: "switch", "aria-checked": "true", "aria-label": label, onclick: flip },
    build("span", { class: "switch__track" }),
    build("span", { class: "switch__label" }, label),
  );

  async function flip() {
    const enabled = node.getAttribute("aria-checked") !== "true";
    await doAndSay(() => change("webhooks", { enabled }).then(() => (enabled ? "Webhooks go out again." : "Webhooks are held back.")));
    await refresh();
  }

  const stop = watch((overview) => node.setAttribute("aria-checked", String(overview.webhooks.enabled)));
  return { node, stop };
}
