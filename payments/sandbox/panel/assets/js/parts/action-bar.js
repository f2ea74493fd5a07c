// What one can do to an object: a button each, with a small form where there is a choice.

import { build, fill } from "../build.js";
import { refresh } from "../live.js";
import { doAndSay } from "../say.js";
import { buildField, readField } from "./field.js";

/** @typedef {import("../types").Action} Action */

/**
 * @param {Action[]} actions
 * @param {() => void} done called after each, whatever came of it
 * @returns {HTMLElement}
 */
export function actionBar(actions, done) {
  const place = build("div", { class: "action", hidden: true });
  const buttons = actions.map((action) => actionButton(action, place, done));
  return build("section", {}, build("h2", {}, "What can happen now"), build("div", { class: "actions" }, ...buttons), place);
}

/**
 * @param {Action} action
 * @param {HTMLElement} place where its form opens
 * @param {() => void} done
 * @returns {HTMLButtonElement}
 */
function actionButton(action, place, done) {
  const hasForm = Boolean(action.fields?.length || action.hint);
  const button = build(
    "button",
    {
      type: "button",
      class: `button${action.main ? " button--main" : ""}${action.bad ? " button--bad" : ""}`,
      "aria-expanded": hasForm ? "false" : null,
      onclick: () => (hasForm ? toggle(button, action, place, done) : run(button, action, {}, done)),
    },
    hasForm ? `${action.label}…` : action.label,
  );
  return button;
}

/**
 * @param {HTMLButtonElement} button
 * @param {Action} action
 * @param {HTMLElement} place
 * @param {() => void} done
 */
function toggle(button, action, place, done) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  for (const other of button.parentElement?.querySelectorAll("[aria-expanded]") ?? []) {
    other.setAttribute("aria-expanded", "false");
  }
  place.hidden = isOpen;
  if (isOpen) return;
  button.setAttribute("aria-expanded", "true");
  fill(place, actionForm(action, place, button, done));
  place.querySelector(/** @type {"input"} */ ("input, select, button"))?.focus();
}

/**
 * @param {Action} action
 * @param {HTMLElement} place
 * @param {HTMLButtonElement} opener
 * @param {() => void} done
 */
function actionForm(action, place, opener, done) {
  const fields = action.fields ?? [];
  const submit = build("button", { class: "button button--main" }, action.label);
  const form = build(
    "form",
    {
      class: "stack",
      onsubmit: async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const values = Object.fromEntries(fields.map((field) => [field.name, readField(field, form)]));
        if (await run(submit, action, values, done)) {
          place.hidden = true;
          opener.setAttribute("aria-expanded", "false");
        }
      },
    },
    fields.length > 0 && build("div", { class: "action__fields" }, ...fields.map(buildField)),
    build("div", { class: "action__foot" }, submit, action.hint && build("span", { class: "small quiet" }, action.hint)),
  );
  return form;
}

/**
 * @param {HTMLButtonElement} button
 * @param {Action} action
 * @param {import("../types").Values} values
 * @param {() => void} done
 */
async function run(button, action, values, done) {
  button.disabled = true;
  const went = await doAndSay(() => action.does(values));
  button.disabled = false;
  await refresh();
  done();
  return went;
}
