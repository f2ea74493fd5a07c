// What the server tells a page's script: a JSON block written by json_script.

import { requireElement } from "./require-element.js";

/**
 * @param {string} id
 * @returns {any} As the view that rendered the page describes it.
 */
export function pageConfig(id) {
  return JSON.parse(requireElement(document, `#${id}`, HTMLScriptElement).text);
}
