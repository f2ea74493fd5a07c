// A frame of the sandbox in the merchant's page.

import { connectToFrame } from "../shared/handshake.js";

/**
 * @typedef {import("../shared/channel.js").Channel} Channel
 * @typedef {object} Frame
 * @property {HTMLIFrameElement} iframe
 * @property {() => void} begin call it once the iframe is in the page
 * @property {() => void} end takes it out of the page
 * @property {() => Channel | null} channel null until connected
 */

// After the document's `load` its script has long said hello, unless it is the
// browser's own error page.
const GRACE_MS = 1000;
const PATIENCE_MS = 15000;
let count = 0;

/**
 * @param {object} options
 * @param {string} options.sandbox origin of the sandbox
 * @param {string} options.path with its query
 * @param {string} options.title read out by screen readers
 * @param {unknown} options.config
 * @param {import("../shared/channel.js").Handlers} options.handlers
 * @param {() => void} options.onUnreachable
 * @returns {Frame}
 */
export function makeFrame({ sandbox, path, title, config, handlers, onUnreachable }) {
  const iframe = document.createElement("iframe");
  const waiting = new AbortController();
  /** @type {Channel | null} */
  let channel = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const url = new URL(path, sandbox);
  url.searchParams.set("origin", location.origin);
  iframe.src = url.href;
  iframe.title = title;
  // Other people's tests look for Stripe's frames by this name.
  iframe.name = `__privateStripeFrame${(count += 1)}`;
  iframe.allow = "payment *";
  iframe.setAttribute("scrolling", "no");

  function giveUp() {
    clearTimeout(timer);
    if (!channel && !waiting.signal.aborted) onUnreachable();
  }

  iframe.addEventListener("load", () => {
    if (channel) return;
    clearTimeout(timer);
    timer = setTimeout(giveUp, GRACE_MS);
  });

  return {
    iframe,
    begin() {
      timer = setTimeout(giveUp, PATIENCE_MS);
      connectToFrame(iframe, sandbox, config, handlers, waiting.signal).then((opened) => {
        clearTimeout(timer);
        channel = opened;
      });
    },
    end() {
      waiting.abort();
      clearTimeout(timer);
      channel?.close();
      channel = null;
      iframe.remove();
    },
    channel: () => channel,
  };
}
