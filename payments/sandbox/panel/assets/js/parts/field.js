// A field of a form: its label, its input, and reading what was put in.

import { build } from "../build.js";
import { digits } from "../words.js";

/** @typedef {import("../types").Field} Field */

let lastId = 0;

/**
 * @param {Field} field
 * @returns {HTMLElement}
 */
export function buildField(field) {
  const id = `field-${++lastId}`;
  if (field.kind === "check") {
    return build(
      "label",
      { class: "check" },
      build("input", { type: "checkbox", name: field.name, checked: Boolean(field.value) }),
      field.label,
    );
  }
  const listId = field.suggestions ? `${id}-list` : null;
  return build(
    "div",
    { class: "field" },
    build("label", { class: "field__label", for: id }, field.label),
    field.kind === "choice" ? select(field, id) : input(field, id, listId),
    field.suggestions && build("datalist", { id: listId }, ...field.suggestions.map((value) => build("option", { value }))),
    field.hint && build("span", { class: "field__hint" }, field.hint),
  );
}

/**
 * @param {Field} field
 * @param {HTMLFormElement} form
 * @returns {any} undefined where an optional field is empty
 */
export function readField(field, form) {
  const node = /** @type {HTMLInputElement} */ (form.elements.namedItem(field.name));
  if (field.kind === "check") return node.checked;
  const text = node.value.trim();
  if (!text && field.optional) return undefined;
  if (field.kind === "number") return Number(text);
  if (field.kind === "money") {
    const factor = 10 ** digits(field.currency ?? "eur");
    return Math.round(Number(text.replace(",", ".")) * factor);
  }
  return text;
}

/**
 * @param {Field} field
 * @param {string} id
 * @param {string | null} listId
 */
function input(field, id, listId) {
  const isNumber = field.kind === "number" || field.kind === "money";
  return build("input", {
    class: field.suggestions ? "input input--mono" : "input",
    id,
    name: field.name,
    value: shownValue(field),
    inputmode: isNumber ? "decimal" : null,
    pattern: isNumber ? "[0-9]+([.,][0-9]+)?" : null,
    list: listId,
    required: !field.optional,
    autocomplete: "off",
    spellcheck: "false",
  });
}

/** @param {Field} field @returns {string} */
function shownValue(field) {
  if (field.value === undefined) return "";
  if (field.kind !== "money") return String(field.value);
  const places = digits(field.currency ?? "eur");
  return (Number(field.value) / 10 ** places).toFixed(places);
}

/**
 * @param {Field} field
 * @param {string} id
 */
function select(field, id) {
  const node = build("select", { class: "input", id, name: field.name });
  /** @type {Map<string, HTMLOptGroupElement>} */
  const groups = new Map();
  for (const { value, label, group } of field.choices ?? []) {
    const option = build("option", { value, selected: value === field.value }, label);
    if (!group) {
      node.append(option);
      continue;
    }
    const holder = groups.get(group) ?? build("optgroup", { label: group });
    groups.set(group, holder);
    holder.append(option);
    node.append(holder);
  }
  return node;
}
