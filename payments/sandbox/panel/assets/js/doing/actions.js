// What one can do to an object, by its kind.

import { customerActions, invoiceActions, subscriptionActions, testClockActions } from "./billing.js";
import { chargeActions, disputeActions, refundActions } from "./charges.js";
import { intentActions, setupActions } from "./intents.js";

/** @typedef {import("../types").Action} Action */
/** @typedef {import("../types").Thing} Thing */
/** @typedef {import("../types").Facts} Facts */

/**
 * @param {Thing} thing
 * @param {Facts} facts
 * @returns {Action[]}
 */
export function actionsOf(thing, facts) {
  switch (thing.object) {
    case "payment_intent":
      return intentActions(thing, facts);
    case "setup_intent":
      return setupActions(thing);
    case "charge":
      return chargeActions(thing);
    case "refund":
      return refundActions(thing);
    case "dispute":
      return disputeActions(thing, facts.dispute_statuses);
    case "subscription":
      return subscriptionActions(thing);
    case "invoice":
      return invoiceActions(thing);
    case "customer":
      return customerActions(thing);
    case "test_helpers.test_clock":
      return testClockActions(thing);
    default:
      return [];
  }
}
