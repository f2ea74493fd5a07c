// Shows a page of the sandbox as a dialog over the merchant's page.

import { makeFrame } from "./frame.js";

// Set one by one: a merchant's content security policy may forbid style attributes.
const COVER = {
  position: "fixed",
  inset: "0",
  width: "100%",
  height: "100%",
  "max-width": "none",
  "max-height": "none",
  margin: "0",
  padding: "0",
  border: "0",
  overflow: "hidden",
  background: "transparent",
  // Both documents in the same scheme, or the browser paints the frame opaque.
  "color-scheme": "light dark",
};

/**
 * Opens the dialog, keeps the rest of the page out of reach, and gives the focus back
 * at the end.
 *
 * @param {object} options
 * @param {string} options.sandbox
 * @param {string} options.path
 * @param {string} options.title
 * @param {object} options.config
 * @returns {Promise<any>} what the page finished with; undefined when it cannot be reached
 */
export function openDialog({ sandbox, path, title, config }) {
  const before = document.activeElement;
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", title);
  return new Promise((resolve) => {
    /** @param {unknown} [outcome] */
    function finish(outcome) {
      frame.end();
      dialog.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(outcome);
    }
    const frame = makeFrame({
      sandbox,
      path,
      title,
      config,
      handlers: { finished: finish, shown: () => frame.iframe.focus() },
      onUnreachable: () => finish(),
    });
    // Escape pressed outside the frame; inside it the frame's own page hears it.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      frame.channel()?.tell("close");
    });
    for (const node of [dialog, frame.iframe]) {
      for (const [property, value] of Object.entries(COVER)) {
        node.style.setProperty(property, value);
      }
    }
    dialog.append(frame.iframe);
    document.body.append(dialog);
    dialog.showModal();
    frame.begin();
  });
}
