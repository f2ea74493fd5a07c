// The stand-in for Stripe.js must be usable wherever Stripe's own types are asked for.

import type {
  PaymentIntentResult,
  SetupIntentResult,
  Stripe,
  StripeElements,
  StripeExpressCheckoutElement,
  StripePaymentElement,
} from "@stripe/stripe-js";
import { Elements } from "../../payments/sandbox/browser/assets/page/elements.js";
import { ExpressCheckoutElement } from "../../payments/sandbox/browser/assets/page/express-checkout-element.js";
import { PaymentElement } from "../../payments/sandbox/browser/assets/page/payment-element.js";
import { makeStripe } from "../../payments/sandbox/browser/assets/page/stripe.js";

const home = { sandbox: "http://127.0.0.1", wallets: [] };

const stripe: Pick<
  Stripe,
  | "confirmPayment"
  | "confirmSetup"
  | "handleNextAction"
  | "registerAppInfo"
  | "retrievePaymentIntent"
  | "retrieveSetupIntent"
> = makeStripe(home, "pk_test_types", { locale: "fr" });

const elements: Pick<StripeElements, "fetchUpdates" | "on" | "submit" | "update"> =
  makeStripe(home, "pk_test_types", {}).elements({ clientSecret: "pi_1_secret_2" });

const group = new Elements(home, "pk_test_types", {});
const payment: StripePaymentElement = group.create("payment", {
  layout: "accordion",
  defaultValues: { billingDetails: { name: "Ada" } },
});
const express: StripeExpressCheckoutElement = group.create("expressCheckout");
const found: StripePaymentElement | null = group.getElement("payment");
const classes: [StripePaymentElement, StripeExpressCheckoutElement] = [
  new PaymentElement(group.group, {}),
  new ExpressCheckoutElement(group.group, {}),
];

const results: [Promise<PaymentIntentResult>, Promise<SetupIntentResult>] = [
  stripe.retrievePaymentIntent("pi_1_secret_2"),
  stripe.retrieveSetupIntent("seti_1_secret_2"),
];

export { classes, elements, express, found, payment, results, stripe };
