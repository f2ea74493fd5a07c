// Calls and news between the merchant's page and one frame, over a private MessagePort.

/**
 * @typedef {Record<string, (argument: any) => any>} Handlers what the other side may call
 * @typedef {object} Channel
 * @property {(name: string, argument?: unknown) => Promise<any>} call asks and waits
 * @property {(name: string, argument?: unknown) => void} tell says without an answer
 * @property {() => void} close ends the channel; calls under way are never answered
 */

/**
 * Opens our end of a channel. The port came through a handshake in which both sides
 * looked at the other's origin, so what arrives on it needs no second look.
 *
 * @param {MessagePort} port
 * @param {Handlers} handlers
 * @returns {Channel}
 */
export function openChannel(port, handlers) {
  /** @type {Map<number, (answer: any) => void>} */
  const waiting = new Map();
  let last = 0;

  port.onmessage = async ({ data }) => {
    if (data.answerTo !== undefined) {
      waiting.get(data.answerTo)?.(data.answer);
      waiting.delete(data.answerTo);
      return;
    }
    const handler = Object.prototype.hasOwnProperty.call(handlers, data.name)
      ? handlers[data.name]
      : undefined;
    const answer = await handler?.(data.argument);
    if (data.number !== undefined) port.postMessage({ answerTo: data.number, answer });
  };

  return {
    call(name, argument) {
      const number = (last += 1);
      return new Promise((resolve) => {
        waiting.set(number, resolve);
        port.postMessage({ name, argument, number });
      });
    },
    tell(name, argument) {
      port.postMessage({ name, argument });
    },
    close() {
      port.close();
    },
  };
}
