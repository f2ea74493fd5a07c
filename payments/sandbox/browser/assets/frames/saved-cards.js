// A customer's saved cards to choose from, and the box with which one is saved.

import { build } from "./build.js";
import { icon } from "./icons.js";

/** @typedef {import("../shared/texts.js").Texts} Texts */

/**
 * @param {object} options
 * @param {Texts} options.texts
 * @param {import("./load-saved-cards.js").SavedCards} options.saved
 * @param {(card: any) => void} options.onForget
 * @returns {(import("./method-form.js").MethodForm & {chosen: () => string}) | null} null when there is none
 */
export function makeSavedForm({ texts, saved, onForget }) {
  const { cards, features } = saved;
  if (cards.length === 0) return null;
  const canForget = features.payment_method_remove === "enabled";
  const rows = cards.map((card, place) => makeRow(card, { texts, canForget, onForget, place }));
  const error = build("p", { class: "Error", role: "alert" });
  const list = build("div", { class: "SavedCards" }, ...rows.map(({ node }) => node), error);
  list.addEventListener("change", () => {
    error.textContent = "";
  });

  return {
    type: "saved",
    label: texts.saved,
    node: build("div", { class: "Form" }, list),
    fields: () => [],
    isEmpty: () => false,
    billingDetails: () => ({}),
    paymentMethodData: () => ({}),
    chosen: () => (rows.find(({ radio }) => radio.checked) ?? rows[0]).card.id,
    showApiError({ message }) {
      error.textContent = message ?? "";
    },
    clear() {},
  };
}

/**
 * @param {any} card
 * @param {object} options
 * @param {Texts} options.texts
 * @param {boolean} options.canForget
 * @param {(card: any) => void} options.onForget
 * @param {number} options.place the first one is chosen
 */
function makeRow(card, { texts, canForget, onForget, place }) {
  const words = wordsOf(card);
  const radio = build("input", {
    type: "radio",
    name: "saved-card",
    value: card.id,
    class: "Radio",
    checked: place === 0,
    "aria-label": fill(texts.savedCard, words),
  });
  const label = build(
    "label",
    { class: "SavedCardLabel" },
    radio,
    icon(card.card.brand, "TabIcon"),
    build("span", {}, `•••• ${words.last4}`),
    build("span", { class: "SavedCardExpiry" }, words.expiry),
  );
  const remove = build(
    "button",
    { type: "button", class: "SavedCardRemove", "aria-label": fill(texts.removeCard, words) },
    texts.remove,
  );
  remove.addEventListener("click", () => {
    remove.disabled = true;
    onForget(card);
  });
  const node = build("div", { class: "SavedCard" }, label, ...(canForget ? [remove] : []));
  return { card, node, radio };
}

/** @param {any} method @returns {Record<string, string>} */
function wordsOf({ card }) {
  const expiry = `${String(card.exp_month).padStart(2, "0")}/${String(card.exp_year).slice(-2)}`;
  const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return { brand, last4: card.last4, expiry };
}

/** @param {string} text @param {Record<string, string>} words */
function fill(text, words) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => words[name]);
}

/**
 * What the person agrees to when the box is ticked. An intent that keeps its method
 * in any case still asks whether it may be shown again.
 * https://docs.stripe.com/payments/save-customer-payment-methods
 *
 * @param {object} options
 * @param {Texts} options.texts
 * @param {Record<string, any>} options.features
 * @param {any} options.intent
 */
export function makeSaveBox({ texts, features, intent }) {
  if (features.payment_method_save !== "enabled") return null;
  const box = build("input", { type: "checkbox", name: "save", class: "Checkbox" });
  const node = build("label", { class: "SaveBox" }, box, build("span", {}, texts.saveBox));
  const isKeptAnyway = Boolean(intent?.setup_future_usage) || intent?.object === "setup_intent";

  return {
    node,
    /** @returns {{allow_redisplay?: string, setup_future_usage?: string}} */
    consent() {
      if (!box.checked) return isKeptAnyway ? { allow_redisplay: "limited" } : {};
      const usage = features.payment_method_save_usage ?? undefined;
      return {
        allow_redisplay: "always",
        setup_future_usage: isKeptAnyway ? undefined : usage,
      };
    },
  };
}
