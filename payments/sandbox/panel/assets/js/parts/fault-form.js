// Arming one fault: where it strikes, when, and what it can be told.

import { build } from "../build.js";
import { change } from "../calls.js";
import { refresh } from "../live.js";
import { doAndSay } from "../say.js";
import { buildField, readField } from "./field.js";

/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").FaultWords} FaultWords */

const FIRST = { route: "POST /v1/payment_intents", event: "payment_intent.succeeded" };

/**
 * @param {FaultWords} words
 * @param {{ where: "route" | "event", suggestions: string[] }} how
 * @returns {HTMLFormElement}
 */
export function faultForm(words, { where, suggestions }) {
  const fields = [...strikes(where, suggestions), ...Object.entries(words.options).map(optionField)];
  const submit = build("button", { class: "button button--main" }, "Arm it");
  const form = build(
    "form",
    {
      class: "stack",
      onsubmit: async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        submit.disabled = true;
        const values = Object.fromEntries(fields.map((field) => [field.name, readField(field, form)]));
        await doAndSay(() => change("faults", { fault: words.name, ...values }).then(() => `Armed: ${words.title}.`));
        submit.disabled = false;
        await refresh();
      },
    },
    build("div", { class: "action__fields" }, ...fields.map(buildField)),
    build("div", { class: "action__foot" }, submit),
  );
  return form;
}

/**
 * @param {"route" | "event"} where
 * @param {string[]} suggestions
 * @returns {Field[]}
 */
function strikes(where, suggestions) {
  return [
    { name: where, label: where === "route" ? "Calls of" : "Events of type", kind: "text", value: FIRST[where], suggestions, hint: "* stands for anything" },
    { name: "nth", label: "From which one on", kind: "number", value: 1 },
    { name: "count", label: "How many times", kind: "number", value: 1 },
  ];
}

/** @param {[string, number | boolean]} option @returns {Field} */
function optionField([name, value]) {
  return { name, label: LABELS[name] ?? name, kind: typeof value === "boolean" ? "check" : "number", value };
}

/** @type {Record<string, string>} */
const LABELS = {
  seconds: "Seconds",
  status: "HTTP status",
  copies: "Copies",
  should_retry: "Tell the SDK to try again",
};
