// The Express Checkout Element, as the merchant's code holds it.

import { Element } from "./element.js";
import { openDialog } from "./dialog.js";
import { textsFor } from "../shared/texts.js";
import { METHOD_NAMES } from "../shared/texts.js";

/** @typedef {import("@stripe/stripe-js").StripeExpressCheckoutElementOptions} Options */
/** @typedef {import("@stripe/stripe-js").ExpressPaymentType} Wallet */

/** @type {Record<Wallet, keyof import("@stripe/stripe-js").AvailablePaymentMethods>} */
const OPTION_OF = {
  google_pay: "googlePay",
  apple_pay: "applePay",
  amazon_pay: "amazonPay",
  paypal: "paypal",
  klarna: "klarna",
  link: "link",
};
const WALLETS = /** @type {Wallet[]} */ (Object.keys(OPTION_OF));

// Stripe gives a merchant's `click` listener this long.
const CLICK_PATIENCE_MS = 1000;

export class ExpressCheckoutElement extends Element {
  /** Whether the wallet's sheet was paid and the merchant is to confirm now. */
  isConfirming = false;
  /** @type {{amount: number, currency: string}} */
  #price = { amount: 0, currency: "eur" };

  /**
   * @param {import("./elements.js").Group} group
   * @param {Options} options
   */
  constructor(group, options) {
    const title = textsFor(group.locale).expressFrame;
    const path = "/_/elements/express-checkout";
    super(group, { type: "expressCheckout", path, title, height: 0 }, options);
  }

  /** @returns {Wallet[]} those to show: wished by the merchant and on in this sandbox */
  #wallets() {
    const wishes = this.options.paymentMethods ?? {};
    const isShown = (/** @type {Wallet} */ wallet) => {
      const wish = wishes[OPTION_OF[wallet]] ?? "auto";
      return wish === "always" || (wish === "auto" && this.group.wallets.includes(wallet));
    };
    return WALLETS.filter(isShown);
  }

  /** @override */
  frameConfig() {
    return { ...super.frameConfig(), wallets: this.#wallets() };
  }

  /** @override @param {{amount: number, currency: string}} details */
  readyDetails({ amount, currency }) {
    this.#price = { amount, currency };
    const shown = this.#wallets();
    const available = Object.fromEntries(
      WALLETS.map((wallet) => [OPTION_OF[wallet], shown.includes(wallet)]),
    );
    return { availablePaymentMethods: shown.length > 0 ? available : undefined };
  }

  /** @override */
  handlers() {
    return {
      ...super.handlers(),
      /** @param {Wallet} wallet */
      click: async (wallet) => {
        if (!(await this.#merchantAgrees(wallet))) return;
        const texts = textsFor(this.group.locale);
        const outcome = await openDialog({
          sandbox: this.group.sandbox,
          path: "/_/wallet",
          title: texts.walletTitle.replace("{wallet}", METHOD_NAMES[wallet]),
          config: { locale: this.group.locale, wallet, ...this.#price },
        });
        if (outcome === "paid") this.#askToConfirm(wallet);
        else this.emit("cancel");
      },
    };
  }

  /**
   * @param {Wallet} wallet
   * @returns {Promise<boolean>} true at once when nobody listens to `click`
   */
  #merchantAgrees(wallet) {
    if (!this.events.has("click")) return Promise.resolve(true);
    return new Promise((decide) => {
      setTimeout(() => decide(false), CLICK_PATIENCE_MS);
      this.emit("click", {
        expressPaymentType: wallet,
        resolve: () => decide(true),
        reject: () => decide(false),
      });
    });
  }

  /** @param {Wallet} wallet */
  #askToConfirm(wallet) {
    this.isConfirming = true;
    this.emit("confirm", {
      expressPaymentType: wallet,
      paymentFailed: () => {
        this.isConfirming = false;
      },
    });
  }
}
