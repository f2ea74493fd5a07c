// Reads the intent that Elements was created for, and refuses one that is over.

import { retrieveIntent } from "../shared/api.js";

const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];

/**
 * @param {import("../shared/api.js").Access} access
 * @param {import("../shared/intents.js").IntentRef} ref
 * @returns {Promise<import("../shared/api.js").Answer>}
 */
export async function loadIntent(access, ref) {
  const answer = await retrieveIntent(access, ref);
  if (!answer.intent || OPEN.includes(answer.intent.status)) return answer;
  const name = ref.kind === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  return {
    error: {
      type: "invalid_request_error",
      code: `${ref.kind}_unexpected_state`,
      message: `This ${name} is in a terminal state and cannot be used to initialize Elements.`,
      [ref.kind]: answer.intent,
    },
  };
}
