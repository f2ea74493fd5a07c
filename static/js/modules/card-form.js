// Stripe's Payment Element inside the page.

import { stripeAppearance } from "./stripe-appearance.js";

/** @import { Stripe, StripeElementLocale, StripeElements } from "@stripe/stripe-js" */

/** The Payment Element could not be shown. */
export class CardFormFailed extends Error {}

/**
 * @param {Stripe} stripe
 * @param {HTMLElement} place Where the element is mounted; `data-font` on the form names our font.
 * @param {{ clientSecret: string, customerSessionClientSecret?: string,
 *   locale: StripeElementLocale, fontUrl: string }} options With a customer's session
 *   it shows the cards they saved, and a box to save this one.
 * @returns {Promise<{ elements: StripeElements, remove: () => void }>} Once it can be used.
 */
export function mountCardForm(stripe, place, options) {
  const { clientSecret, customerSessionClientSecret, locale, fontUrl } = options;
  const elements = stripe.elements({
    clientSecret,
    ...(customerSessionClientSecret && { customerSessionClientSecret }),
    locale,
    appearance: stripeAppearance(place),
    fonts: [{ family: "Figtree", src: `url(${fontUrl})`, weight: "300 900" }],
  });
  const element = elements.create("payment", { layout: "accordion" });

  const repaint = () => elements.update({ appearance: stripeAppearance(place) });
  const tastes = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"].map((taste) =>
    window.matchMedia(taste),
  );
  tastes.forEach((taste) => taste.addEventListener("change", repaint));
  const remove = () => {
    tastes.forEach((taste) => taste.removeEventListener("change", repaint));
    element.destroy();
  };

  return new Promise((resolve, reject) => {
    element.on("ready", () => resolve({ elements, remove }));
    element.on("loaderror", () => {
      remove();
      reject(new CardFormFailed());
    });
    element.mount(place);
  });
}
