// The document inside an Express Checkout Element: the wallets' buttons.

import { METHOD_NAMES, textsFor } from "../shared/texts.js";
import { build } from "./build.js";
import { confirmIntent } from "../shared/api.js";
import { connectToPage } from "../shared/handshake.js";
import { languageOf } from "../shared/locale.js";
import { loadIntent } from "./load-intent.js";
import { openChannel } from "../shared/channel.js";
import { reportHeight } from "./report-height.js";

// A wallet pays with a card that the bank does not ask about.
const WALLET_CARD = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "424" };
const DEFAULT_BUTTON_HEIGHT_PX = 44;

const root = build("main", { class: "Root" });
document.body.append(root);

const { port, config } = await connectToPage();
/** @type {import("../shared/api.js").Access} */
const access = { base: "", key: config.key, locale: config.locale };
document.documentElement.lang = languageOf(config.locale);

const channel = openChannel(port, {
  validate: () => ({ selectedPaymentMethod: config.wallets[0] }),
  /** @param {{ref: import("../shared/intents.js").IntentRef, parameters: any}} order */
  confirm: ({ ref, parameters }) =>
    confirmIntent(access, ref, {
      ...parameters,
      payment_method_data: {
        ...parameters.payment_method_data,
        type: "card",
        card: WALLET_CARD,
      },
    }),
  focus: () => root.querySelector("button")?.focus(),
  blur: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
  /** @param {{element?: any}} change */
  update({ element }) {
    if (element) showButtons(element);
  },
  fetchUpdates: () => ({}),
});

/** @param {{buttonHeight?: number}} element */
function showButtons(element) {
  const height = `${element.buttonHeight ?? DEFAULT_BUTTON_HEIGHT_PX}px`;
  root.replaceChildren(
    ...config.wallets.map((/** @type {string} */ wallet) => {
      const name = METHOD_NAMES[wallet];
      const button = build("button", { type: "button", class: "Wallet" }, name);
      button.setAttribute(
        "aria-label",
        textsFor(config.locale).walletTitle.replace("{wallet}", name),
      );
      button.style.setProperty("height", height);
      button.addEventListener("click", () => channel.tell("click", wallet));
      return button;
    }),
  );
}

const measure = reportHeight(root, (height) => channel.tell("resize", height));
window.addEventListener("focusin", () => channel.tell("focus"));
window.addEventListener("focusout", () => channel.tell("blur"));
window.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") channel.tell("escape");
});

const { intent, error } = config.ref
  ? await loadIntent(access, config.ref)
  : { intent: config, error: undefined };
if (error) {
  channel.tell("loaderror", error);
} else {
  showButtons(config.element);
  measure();
  channel.tell("ready", { amount: intent.amount, currency: intent.currency });
}
