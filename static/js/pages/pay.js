// checkout/pay.html: the card form, from the first state to the last.

import { askForIntent } from "../modules/ask-for-intent.js";
import { mountCardForm } from "../modules/card-form.js";
import { confirmIntent } from "../modules/confirm-intent.js";
import { loadStripe } from "../modules/load-stripe.js";
import { isSettled, readOrder } from "../modules/order-status.js";
import { pageConfig } from "../modules/page-config.js";
import { PaymentMachine } from "../modules/payment-machine.js";
import { PaymentView } from "../modules/payment-view.js";
import { tellServer } from "../modules/tell-server.js";

/** @import { Stripe, StripeConstructor, StripeElements } from "@stripe/stripe-js" */
/** @import { Outcome } from "../modules/confirm-intent.js" */

/**
 * @typedef {{ publishableKey: string, orderId: string, createUrl: string,
 *   confirmUrl: string, orderUrl: string, confirmationUrl: string,
 *   locale: "fr" | "en", messages: Record<string, string> }} PaymentConfig
 *
 * @typedef {{ stripe: Stripe,
 *   elements: StripeElements,
 *   clientSecret: string, remove: () => void }} OpenPayment
 */

const config = /** @type {PaymentConfig} */ (pageConfig("payment-config"));
const view = new PaymentView();
const machine = new PaymentMachine((state) => view.show(state));

/** @type {OpenPayment | null} */
let open = null;

async function start() {
  try {
    const Stripe = await loadStripe(view.stripeUrl);
    const answer = await askForIntent(config.createUrl, config.orderId, () =>
      view.waitForConnection(),
    );
    if (answer.kind === "settled") {
      leave();
    } else if (answer.kind === "refused") {
      failWithoutForm(answer.message || config.messages.fallback);
    } else if (answer.kind === "unreachable") {
      failWithoutForm(view.texts.unreachable);
    } else {
      open = await openPayment(Stripe, answer.clientSecret);
      machine.send("loaded");
    }
  } catch {
    // Stripe.js or its card form did not come: because the order was paid in
    // another tab, or because the line is bad.
    if (isSettled(await readOrder(config.orderUrl))) {
      leave();
    } else {
      failWithoutForm(view.texts.unreachable);
    }
  }
}

/**
 * @param {StripeConstructor} Stripe
 * @param {string} clientSecret
 * @returns {Promise<OpenPayment>}
 */
async function openPayment(Stripe, clientSecret) {
  const stripe = Stripe(config.publishableKey, { locale: config.locale });
  const form = await mountCardForm(stripe, view.place, {
    clientSecret,
    locale: config.locale,
    fontUrl: view.fontUrl,
  });
  return { stripe, clientSecret, ...form };
}

async function pay() {
  if (!open || !machine.send("submit")) {
    return;
  }
  view.hideError();
  const { stripe, elements, clientSecret } = open;
  try {
    const outcome = await confirmIntent(stripe, elements, {
      clientSecret,
      returnUrl: config.confirmationUrl,
    });
    await follow(outcome);
  } catch {
    fail(config.messages.fallback);
  }
}

/**
 * @param {Outcome} outcome
 */
async function follow(outcome) {
  switch (outcome.kind) {
    case "succeeded":
      machine.send("succeed");
      await tellServer(config.confirmUrl, outcome.paymentIntentId);
      return leave();
    case "processing":
      return leave();
    case "incomplete":
      return fail(view.texts.incomplete);
    case "unfinished":
      return fail(view.texts.unfinished);
    case "void":
      return failWithoutForm(config.messages.fallback);
    case "declined":
      return fail(sentence(outcome.codes));
  }
}

/**
 * Never Stripe's own text: a sentence of ours for the first code that has one.
 *
 * @param {string[]} codes The most precise first.
 */
function sentence(codes) {
  const known = codes.find((code) => Object.hasOwn(config.messages, code));
  return config.messages[known ?? "fallback"];
}

/**
 * The same card form can be tried again.
 *
 * @param {string} message
 */
function fail(message) {
  machine.send("fail");
  view.showError(message);
  machine.send("retry");
}

/**
 * There is no card form to try again with: only "Réessayer".
 *
 * @param {string} message
 */
function failWithoutForm(message) {
  open?.remove();
  open = null;
  machine.send("fail");
  view.offerRestart();
  view.showError(message);
}

function restart() {
  if (machine.send("restart")) {
    view.hideError();
    start();
  }
}

/** The confirmation page knows the truth; Back must not come here again. */
function leave() {
  machine.send("succeed");
  window.location.replace(config.confirmationUrl);
}

view.onSubmit(pay);
view.onRestart(restart);
view.onCancel(() => machine.send("cancel"));

// The back button shows the page as it was left; the order may have moved on.
window.addEventListener("pageshow", async (event) => {
  if (!event.persisted) {
    return;
  }
  if (isSettled(await readOrder(config.orderUrl))) {
    leave();
  } else if (machine.state !== "ready") {
    window.location.reload();
  }
});

start();
