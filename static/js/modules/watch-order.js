// Ask now and then how an order stands, until it changes or it is enough.

import { readOrder } from "./order-status.js";

/** @import { OrderStatus } from "./order-status.js" */

/**
 * @typedef {{ firstPausesMs: number[], pauseMs: number, longestMs: number }} Pace
 */

/** While money is on its way: news may come any second. */
export const MONEY_PACE = {
  firstPausesMs: [1_000, 2_000, 3_000],
  pauseMs: 5_000,
  longestMs: 120_000,
};

/** While somebody writes: news comes in hours. */
export const WORK_PACE = {
  firstPausesMs: [20_000, 40_000, 60_000],
  pauseMs: 120_000,
  longestMs: 7_200_000,
};

/**
 * A hidden page does not ask, and the time it is hidden does not count.
 *
 * @param {string} orderUrl
 * @param {Pace} pace
 * @param {(order: OrderStatus) => boolean} isNews
 * @param {(isAnswered: boolean) => void} [onTurn] Told how each question went, if it
 *   brought no news.
 * @returns {Promise<OrderStatus | null>} The news, or null at the end.
 */
export async function watchOrder(orderUrl, pace, isNews, onTurn) {
  let waited_ms = 0;
  for (let turn = 0; waited_ms < pace.longestMs; turn += 1) {
    const pause_ms = pace.firstPausesMs[turn] ?? pace.pauseMs;
    await pauseUnlessOnline(pause_ms);
    await untilVisible();
    waited_ms += pause_ms;
    const order = await readOrder(orderUrl);
    if (order && isNews(order)) {
      return order;
    }
    onTurn?.(order !== null);
  }
  return null;
}

/**
 * Wait; no longer once the line is back.
 *
 * @param {number} ms
 * @returns {Promise<void>}
 */
function pauseUnlessOnline(ms) {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      window.removeEventListener("online", goOn);
      resolve();
    };
    const timer = setTimeout(goOn, ms);
    window.addEventListener("online", goOn);
  });
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
