// The document inside a Payment Element: loads the intent, shows the form, pays.

import { build } from "./build.js";
import { confirmIntent } from "../shared/api.js";
import { connectToPage } from "../shared/handshake.js";
import { hasForm } from "./method-form.js";
import { languageOf } from "../shared/locale.js";
import { loadFonts } from "./fonts.js";
import { NO_SAVED_CARDS, forgetCard, loadSavedCards } from "./load-saved-cards.js";
import { loadIntent } from "./load-intent.js";
import { makePaymentForm } from "./payment-form.js";
import { makeSkeleton } from "./skeleton.js";
import { openChannel } from "../shared/channel.js";
import { reportHeight } from "./report-height.js";
import { wear } from "./appearance.js";

// Without an intent (elements option `mode`) there is no list of methods yet.
const METHODS_WITHOUT_INTENT = ["card"];
const NOTHING_TO_SHOW = {
  type: "invalid_request_error",
  message: "None of the intent's payment methods can be shown in the Payment Element.",
};

/** @type {import("./payment-form.js").PaymentForm | null} */
let form = null;

const root = build("main", { class: "Root" }, makeSkeleton());
document.body.append(root);
wear({});

const { port, config } = await connectToPage();
/** @type {import("../shared/api.js").Access} */
const access = { base: "", key: config.key, locale: config.locale };
let { appearance, element, locale } = config;
/** @type {string[]} */
let types = METHODS_WITHOUT_INTENT;
/** @type {any} */
let loaded = null;
/** @type {import("./load-saved-cards.js").SavedCards} */
let saved = NO_SAVED_CARDS;

const channel = openChannel(port, {
  validate: () => form?.validate(),
  /** @param {{ref: import("../shared/intents.js").IntentRef, parameters: any}} order */
  async confirm({ ref, parameters }) {
    if (!form) return undefined;
    const wrong = form.validate();
    if (wrong.error) return wrong;
    const { payment_method_data: given, ...others } = parameters;
    const answer = await confirmIntent(access, ref, { ...others, ...form.method(given) });
    if (answer.error) form.showApiError(answer.error);
    return answer;
  },
  /** @param {any} error */
  showError: (error) => form?.showApiError(error),
  focus: () => form?.focus(),
  blur: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
  clear: () => form?.clear(),
  collapse: () => form?.collapse(),
  /** @param {any} change */
  update(change) {
    appearance = change.appearance ?? appearance;
    locale = change.locale ?? locale;
    access.locale = locale;
    element = { ...element, ...change.element };
    dress();
    if (change.locale || change.element) showForm();
  },
  fetchUpdates: () => load(),
});

function dress() {
  document.documentElement.lang = languageOf(locale);
  const refused = wear(appearance);
  if (refused.length > 0) channel.tell("refused", refused);
}

/** @returns {Promise<{error?: any}>} */
async function load() {
  if (!config.ref) return {};
  const { intent, error } = await loadIntent(access, config.ref);
  if (error) return { error };
  loaded = intent;
  types = intent.payment_method_types;
  if (!types.some(hasForm)) return { error: NOTHING_TO_SHOW };
  return config.session ? loadSaved() : {};
}

/** @returns {Promise<{error?: any}>} */
async function loadSaved() {
  const answer = await loadSavedCards(config.session, config.ref.id);
  saved = answer.saved ?? NO_SAVED_CARDS;
  return answer.saved ? {} : { error: answer.error };
}

function showForm() {
  form = makePaymentForm({
    types,
    element,
    locale,
    saved,
    intent: loaded,
    onChange: (state) => channel.tell("change", state),
    onForget: forget,
  });
  root.replaceChildren(form.node);
  root.inert = element.readOnly === true;
}

/** @param {any} card */
async function forget(card) {
  const isGone = await forgetCard(config.session, card.id);
  if (!isGone) return;
  saved = { ...saved, cards: saved.cards.filter(({ id }) => id !== card.id) };
  showForm();
  form?.focus();
}

const measure = reportHeight(root, (height) => channel.tell("resize", height));
window.addEventListener("focusin", ({ relatedTarget }) => {
  if (!relatedTarget) channel.tell("focus");
});
window.addEventListener("focusout", ({ relatedTarget }) => {
  if (!relatedTarget) channel.tell("blur");
});
window.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") channel.tell("escape");
});

loadFonts(config.fonts);
dress();
const { error } = await load();
if (error) {
  channel.tell("loaderror", error);
} else {
  showForm();
  measure();
  channel.tell("ready");
}
