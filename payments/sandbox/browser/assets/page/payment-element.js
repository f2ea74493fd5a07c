// The Payment Element, as the merchant's code holds it.

import { Element } from "./element.js";
import { textsFor } from "../shared/texts.js";

// The card form alone, at Stripe's own sizes; the frame reports the true height soon.
const USUAL_HEIGHT_PX = 266;

export class PaymentElement extends Element {
  /**
   * @param {import("./elements.js").Group} group
   * @param {import("@stripe/stripe-js").StripePaymentElementOptions} options
   */
  constructor(group, options) {
    const title = textsFor(group.locale).paymentFrame;
    const path = "/_/elements/payment";
    super(group, { type: "payment", path, title, height: USUAL_HEIGHT_PX }, options);
  }

  collapse() {
    this.tell("collapse", undefined);
    return this;
  }
}
