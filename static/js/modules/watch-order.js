// Ask now and then how an order stands, until it changes or it is enough.

import { readOrder } from "./order-status.js";
import { pause } from "./pause.js";

/** @import { OrderStatus } from "./order-status.js" */

const FIRST_PAUSES_MS = [1_000, 2_000, 3_000];
const PAUSE_MS = 5_000;
const LONGEST_MS = 120_000;

/**
 * A hidden page does not ask, and the time it is hidden does not count.
 *
 * @param {string} orderUrl
 * @param {(order: OrderStatus) => boolean} isNews
 * @returns {Promise<OrderStatus | null>} The news, or null at the end.
 */
export async function watchOrder(orderUrl, isNews) {
  let waited_ms = 0;
  for (let turn = 0; waited_ms < LONGEST_MS; turn += 1) {
    const pause_ms = FIRST_PAUSES_MS[turn] ?? PAUSE_MS;
    await pause(pause_ms);
    await untilVisible();
    waited_ms += pause_ms;
    const order = await readOrder(orderUrl);
    if (order && isNews(order)) {
      return order;
    }
  }
  return null;
}

/**
 * @returns {Promise<void>}
 */
function untilVisible() {
  return new Promise((resolve) => {
    if (!document.hidden) {
      resolve();
      return;
    }
    document.addEventListener(
      "visibilitychange",
      () => resolve(untilVisible()),
      { once: true },
    );
  });
}
