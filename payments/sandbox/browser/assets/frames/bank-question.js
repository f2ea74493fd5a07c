// The bank's question, in the 3-D Secure dialog and on the page of a redirect method.

import { authenticate, lookAtIntent } from "./authenticate.js";
import { build } from "./build.js";
import { facts } from "./dialog-page.js";
import { money } from "./money.js";
import { textsFor } from "../shared/texts.js";

/**
 * @typedef {import("./authenticate.js").Authentication} Authentication
 * @typedef {object} BankQuestion
 * @property {Node[]} content
 * @property {(outcome: "succeed" | "fail") => Promise<void>} answer
 * @property {any} intent null when it could not be read
 */

/**
 * @param {object} options
 * @param {import("../shared/intents.js").IntentRef} options.ref
 * @param {string} options.locale
 * @param {string} options.question
 * @param {(authentication: Authentication) => void} options.onAnswered
 * @returns {Promise<BankQuestion>}
 */
export async function askAsBank({ ref, locale, question, onAnswered }) {
  const texts = textsFor(locale);
  const { intent } = await lookAtIntent(ref, locale);
  const isWaiting = intent?.status === "requires_action";
  const yes = build("button", { type: "button", class: "Button" }, texts.authorize);
  const no = build("button", { type: "button", class: "Button Button--quiet" }, texts.refuse);
  const problem = build("p", { class: "Problem", role: "alert" });
  const buttons = [yes, no];

  /** @param {"succeed" | "fail"} outcome */
  async function answer(outcome) {
    for (const button of buttons) button.disabled = true;
    problem.textContent = "";
    const authentication = await authenticate(ref, outcome);
    if (authentication) {
      onAnswered(authentication);
      return;
    }
    for (const button of buttons) button.disabled = false;
    problem.textContent = texts.bankUnreachable;
  }

  yes.addEventListener("click", () => answer("succeed"));
  no.addEventListener("click", () => answer("fail"));
  /** @type {[string, string][]} */
  const rows = [[texts.reference, ref.id]];
  if (intent?.amount) {
    rows.unshift([texts.amount, money(intent.amount, intent.currency, locale)]);
  }
  const content = [
    build("p", {}, intent && !isWaiting ? texts.notWaiting : question),
    facts(rows),
    problem,
  ];
  if (isWaiting || !intent) content.push(build("div", { class: "Buttons" }, ...buttons));
  return { content, answer, intent: intent ?? null };
}
