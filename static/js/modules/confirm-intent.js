// Confirm a payment, or a card to keep, with Stripe and say how it ended.

/** @import { PaymentIntent, SetupIntent, Stripe, StripeElements, StripeError } from "@stripe/stripe-js" */

/**
 * @typedef {{ kind: "succeeded", intentId: string }
 *   | { kind: "processing" }
 *   | { kind: "incomplete" }
 *   | { kind: "unfinished" }
 *   | { kind: "void" }
 *   | { kind: "declined", codes: string[] }} Outcome
 *
 * @typedef {PaymentIntent | SetupIntent} Intent
 * @typedef {(stripe: Stripe, elements: StripeElements, intent:
 *   { clientSecret: string, returnUrl: string }) => Promise<Outcome>} Confirm
 */

// What Stripe.js says when it may be done all the same: the answer may be lost, and
// an intent that another tab finished cannot be confirmed again.
const MAY_BE_DONE = ["api_connection_error", "api_error", "invalid_request_error"];

/**
 * "No error" is not success: only the intent's status says what happened.
 *
 * @type {Confirm}
 */
export async function confirmIntent(stripe, elements, { clientSecret, returnUrl }) {
  const submitted = await elements.submit();
  if (submitted.error) {
    return { kind: "incomplete" };
  }
  const { error, paymentIntent } = await stripe.confirmPayment({
    elements,
    clientSecret,
    confirmParams: { return_url: returnUrl },
    redirect: "if_required",
  });
  return outcomeOf(paymentIntent, error, () => lookAtPayment(stripe, clientSecret));
}

/**
 * The same for a card that is only kept, for later.
 *
 * @type {Confirm}
 */
export async function confirmCard(stripe, elements, { clientSecret, returnUrl }) {
  const submitted = await elements.submit();
  if (submitted.error) {
    return { kind: "incomplete" };
  }
  const { error, setupIntent } = await stripe.confirmSetup({
    elements,
    clientSecret,
    confirmParams: { return_url: returnUrl },
    redirect: "if_required",
  });
  return outcomeOf(setupIntent, error, async () => {
    const found = await stripe.retrieveSetupIntent(clientSecret);
    return found.setupIntent;
  });
}

/**
 * Nothing is typed: the bank of the card that was tried asks for the person.
 *
 * @type {Confirm}
 */
export async function answerTheBank(stripe, _elements, { clientSecret }) {
  const { error, paymentIntent } = await stripe.handleNextAction({ clientSecret });
  return outcomeOf(paymentIntent, error, () => lookAtPayment(stripe, clientSecret));
}

/**
 * @param {Stripe} stripe
 * @param {string} clientSecret
 * @returns {Promise<PaymentIntent | undefined>}
 */
async function lookAtPayment(stripe, clientSecret) {
  const found = await stripe.retrievePaymentIntent(clientSecret);
  return found.paymentIntent;
}

/**
 * @param {Intent | undefined} intent
 * @param {StripeError | undefined} error
 * @param {() => Promise<Intent | undefined>} look How it stands, before a retry.
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(intent, error, look) {
  if (!error) {
    return intent ? fromStatus(intent, []) : { kind: "declined", codes: [] };
  }
  if (error.type === "validation_error") {
    return { kind: "incomplete" };
  }
  const codes = [error.decline_code, error.code, error.type].filter(isText);
  const found = MAY_BE_DONE.includes(error.type) ? await look() : undefined;
  return found ? fromStatus(found, codes) : { kind: "declined", codes };
}

/**
 * @param {Intent} intent
 * @param {string[]} codes What went wrong on the way, if anything did.
 * @returns {Outcome}
 */
function fromStatus(intent, codes) {
  switch (intent.status) {
    case "succeeded":
    case "requires_capture":
      return { kind: "succeeded", intentId: intent.id };
    case "processing":
      return { kind: "processing" };
    case "canceled":
      return { kind: "void" };
    case "requires_action":
      return { kind: "unfinished" };
    default: {
      const last = lastError(intent);
      return {
        kind: "declined",
        codes: [...codes, last?.decline_code, last?.code].filter(isText),
      };
    }
  }
}

/** @param {Intent} intent */
function lastError(intent) {
  return "last_payment_error" in intent ? intent.last_payment_error : intent.last_setup_error;
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isText(value) {
  return typeof value === "string" && value !== "";
}
