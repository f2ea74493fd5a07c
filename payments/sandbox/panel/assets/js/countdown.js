// "in 4 s", counting down by itself.

import { build } from "./build.js";
import { sandboxNow } from "./live.js";
import { fromNow } from "./words.js";

/**
 * @param {number} at in sandbox seconds since 1970
 * @returns {HTMLElement}
 */
export function countdown(at) {
  return build("span", { "data-until": at }, fromNow(at - sandboxNow()));
}

window.setInterval(() => {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-until]"))) {
    node.textContent = fromNow(Number(node.dataset.until) - sandboxNow());
  }
}, 1000);
