// A new place for events to go.

import { build } from "../build.js";
import { buildField, readField } from "./field.js";

/** @typedef {import("../types").Field} Field */

/** @type {Field[]} */
const FIELDS = [
  { name: "url", label: "Address", kind: "text", value: "http://127.0.0.1:8000/api/payments/webhook" },
  { name: "secret", label: "Signing secret", kind: "text", value: "whsec_lumira_sandbox" },
  { name: "events", label: "Events", kind: "text", value: "*", hint: "Types with commas between them; * is all" },
];

/**
 * @param {(endpoint: { url: string, secrets: string[], enabled_events: string[] }) => void} add
 * @returns {HTMLFormElement}
 */
export function endpointForm(add) {
  const form = build(
    "form",
    {
      class: "stack",
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const [url, secret, events] = FIELDS.map((field) => String(readField(field, form)));
        add({ url: url ?? "", secrets: [secret ?? ""], enabled_events: (events ?? "*").split(",").map((type) => type.trim()) });
      },
    },
    build("div", { class: "action__fields" }, ...FIELDS.map(buildField)),
    build("div", { class: "action__foot" }, build("button", { class: "button button--main" }, "Add it")),
  );
  return form;
}
