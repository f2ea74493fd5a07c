// Confirm a payment with Stripe and say how it ended.

/** @import { PaymentIntent, Stripe, StripeElements, StripeError } from "@stripe/stripe-js" */

/**
 * @typedef {{ kind: "succeeded", paymentIntentId: string }
 *   | { kind: "processing" }
 *   | { kind: "incomplete" }
 *   | { kind: "unfinished" }
 *   | { kind: "void" }
 *   | { kind: "declined", codes: string[] }} Outcome
 */

/**
 * "No error" is not success: only the intent's status says what happened.
 *
 * @param {Stripe} stripe
 * @param {StripeElements} elements
 * @param {{ clientSecret: string, returnUrl: string }} payment
 * @returns {Promise<Outcome>}
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
  if (error) {
    return afterError(stripe, clientSecret, error);
  }
  return fromStatus(paymentIntent, []);
}

/**
 * @param {Stripe} stripe
 * @param {string} clientSecret
 * @param {StripeError} error
 * @returns {Promise<Outcome>}
 */
async function afterError(stripe, clientSecret, error) {
  if (error.type === "validation_error") {
    return { kind: "incomplete" };
  }
  const codes = [error.decline_code, error.code, error.type].filter(isText);
  // The answer may be lost although the payment went through, and an intent
  // that another tab finished cannot be confirmed again: look before retrying.
  const mayBeDone = ["api_connection_error", "api_error", "invalid_request_error"];
  if (!mayBeDone.includes(error.type)) {
    return { kind: "declined", codes };
  }
  const { paymentIntent } = await stripe.retrievePaymentIntent(clientSecret);
  return paymentIntent ? fromStatus(paymentIntent, codes) : { kind: "declined", codes };
}

/**
 * @param {PaymentIntent} intent
 * @param {string[]} codes What went wrong on the way, if anything did.
 * @returns {Outcome}
 */
function fromStatus(intent, codes) {
  switch (intent.status) {
    case "succeeded":
    case "requires_capture":
      return { kind: "succeeded", paymentIntentId: intent.id };
    case "processing":
      return { kind: "processing" };
    case "canceled":
      return { kind: "void" };
    case "requires_action":
      return { kind: "unfinished" };
    default: {
      const last = intent.last_payment_error;
      return {
        kind: "declined",
        codes: [...codes, last?.decline_code, last?.code].filter(isText),
      };
    }
  }
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isText(value) {
  return typeof value === "string" && value !== "";
}
