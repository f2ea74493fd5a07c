// The 3-D Secure dialog: authorise, refuse, or close.

import { askAsBank } from "./bank-question.js";
import { connectToPage } from "../shared/handshake.js";
import { languageOf } from "../shared/locale.js";
import { openChannel } from "../shared/channel.js";
import { readSecret } from "../shared/intents.js";
import { showDialog } from "./dialog-page.js";
import { textsFor } from "../shared/texts.js";

const ref = readSecret(new URLSearchParams(location.search).get("client_secret"));
const { port, config } = await connectToPage();
const channel = openChannel(port, { close });
/** @type {string} */
const locale = config.locale;
const texts = textsFor(locale);
document.documentElement.lang = languageOf(locale);

if (!ref) throw new Error("The address of this dialog has no client secret.");

const question = await askAsBank({
  ref,
  locale,
  question: texts.bankQuestion,
  onAnswered: () => channel.tell("finished"),
});

let isClosing = false;

// Stripe.js cancels the authentication when the person closes its dialog: the intent
// fails with payment_intent_authentication_failure, as if the bank had said no
// (github.com/stripe/stripe-js/issues/275). A second try to close gives up on that.
async function close() {
  if (!isClosing && question.intent?.status === "requires_action") {
    isClosing = true;
    await question.answer("fail");
  } else {
    channel.tell("finished");
  }
}

showDialog({
  locale,
  title: texts.bankTitle,
  content: question.content,
  onClose: close,
});
channel.tell("shown");
