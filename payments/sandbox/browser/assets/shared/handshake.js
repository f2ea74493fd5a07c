// The first words between the merchant's page and a frame; after them both use a port.

import { openChannel } from "./channel.js";

/** @typedef {import("./channel.js").Channel} Channel */
/** @typedef {import("./channel.js").Handlers} Handlers */

const HELLO = "stripe-sandbox:hello";
const CONNECT = "stripe-sandbox:connect";

/**
 * In a frame: says hello to the page that embeds it and waits to be connected.
 * Only the origin named in our own address is listened to, and only our parent.
 *
 * @returns {Promise<{port: MessagePort, config: any}>}
 */
export function connectToPage() {
  const merchant = new URLSearchParams(location.search).get("origin") ?? "";
  return new Promise((resolve) => {
    window.addEventListener("message", function connect(event) {
      if (event.source !== window.parent || event.origin !== merchant) return;
      if (event.data?.type !== CONNECT) return;
      window.removeEventListener("message", connect);
      resolve({ port: event.ports[0], config: event.data.config });
    });
    window.parent.postMessage({ type: HELLO }, merchant);
  });
}

/**
 * In the merchant's page: answers the hello of `iframe`, which must come from the
 * sandbox, and returns our end of the channel.
 *
 * @param {HTMLIFrameElement} iframe
 * @param {string} sandbox origin of the sandbox
 * @param {unknown} config what the frame needs to begin
 * @param {Handlers} handlers
 * @param {AbortSignal} signal stops waiting
 * @returns {Promise<Channel>} never settles once `signal` is aborted
 */
export function connectToFrame(iframe, sandbox, config, handlers, signal) {
  return new Promise((resolve) => {
    /** @param {MessageEvent} event */
    function answer(event) {
      if (event.source !== iframe.contentWindow || event.origin !== sandbox) return;
      if (event.data?.type !== HELLO) return;
      window.removeEventListener("message", answer);
      const { port1, port2 } = new MessageChannel();
      const channel = openChannel(port1, handlers);
      iframe.contentWindow?.postMessage({ type: CONNECT, config }, sandbox, [port2]);
      resolve(channel);
    }
    window.addEventListener("message", answer);
    signal.addEventListener("abort", () =>
      window.removeEventListener("message", answer),
    );
  });
}
