// checkout/pay.html: pay an order.

import { askForIntent } from "../modules/ask-for-intent.js";
import { confirmIntent } from "../modules/confirm-intent.js";
import { watchConnection } from "../modules/connection-notice.js";
import { isSettled, readOrder } from "../modules/order-status.js";
import { pageConfig } from "../modules/page-config.js";
import { takePayment } from "../modules/take-payment.js";
import { tellServer } from "../modules/tell-server.js";

/**
 * @typedef {{ publishableKey: string, orderId: string, createUrl: string,
 *   confirmUrl: string, orderUrl: string, confirmationUrl: string,
 *   locale: "fr" | "en", messages: Record<string, string> }} PaymentConfig
 */

const config = /** @type {PaymentConfig} */ (pageConfig("payment-config"));
watchConnection(document);

takePayment({
  config,
  returnUrl: config.confirmationUrl,
  ask: (onTrouble) => askForIntent(config.createUrl, { orderId: config.orderId }, onTrouble),
  confirm: confirmIntent,
  isSettled: async () => isSettled(await readOrder(config.orderUrl)),
  tell: (intentId) => tellServer(config.confirmUrl, intentId),
  // The confirmation page knows the truth.
  leave: () => window.location.replace(config.confirmationUrl),
});
