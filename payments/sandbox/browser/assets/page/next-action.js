// Does what an intent in `requires_action` asks for: the dialog, or a trip to the bank.

import { openDialog } from "./dialog.js";
import { retrieveIntent } from "../shared/api.js";
import { textsFor } from "../shared/texts.js";

/**
 * @typedef {import("../shared/api.js").Access} Access
 * @typedef {import("../shared/api.js").Answer} Answer
 * @typedef {import("../shared/intents.js").IntentRef} IntentRef
 */

/**
 * @param {Access} access
 * @param {IntentRef} ref
 * @param {any} intent
 * @returns {Promise<Answer>} the intent afterwards; never settles when the page is left
 */
export async function doNextAction(access, ref, intent) {
  const action = intent.status === "requires_action" ? intent.next_action : null;
  if (action?.type === "redirect_to_url") {
    const url = new URL(action.redirect_to_url.url);
    url.searchParams.set("locale", access.locale);
    return leaveFor(url.href);
  }
  if (action?.type === "use_stripe_sdk") {
    const { pathname, search } = new URL(action.use_stripe_sdk.stripe_js, access.base);
    await openDialog({
      sandbox: access.base,
      path: pathname + search,
      title: textsFor(access.locale).bankTitle,
      config: { locale: access.locale },
    });
    return retrieveIntent(access, ref);
  }
  return { intent };
}

/**
 * @param {string} address
 * @returns {Promise<never>} the page is gone before anybody could go on
 */
export function leaveFor(address) {
  location.assign(address);
  return new Promise(() => undefined);
}
