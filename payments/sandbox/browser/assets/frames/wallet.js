// A wallet's payment sheet: pay or cancel.

import { facts, showDialog } from "./dialog-page.js";
import { METHOD_NAMES, textsFor } from "../shared/texts.js";
import { build } from "./build.js";
import { connectToPage } from "../shared/handshake.js";
import { languageOf } from "../shared/locale.js";
import { money } from "./money.js";
import { openChannel } from "../shared/channel.js";

const { port, config } = await connectToPage();
const leave = () => channel.tell("finished", "canceled");
const channel = openChannel(port, { close: leave });
const { locale, wallet, amount, currency } = config;
const texts = textsFor(locale);
document.documentElement.lang = languageOf(locale);

const pay = build("button", { type: "button", class: "Button" }, texts.pay);
const cancel = build("button", { type: "button", class: "Button Button--quiet" }, texts.cancel);
pay.addEventListener("click", () => channel.tell("finished", "paid"));
cancel.addEventListener("click", leave);

showDialog({
  locale,
  title: texts.walletTitle.replace("{wallet}", METHOD_NAMES[wallet]),
  content: [
    build("p", {}, texts.walletCard),
    facts([[texts.amount, money(amount, currency, locale)]]),
    build("div", { class: "Buttons" }, pay, cancel),
  ],
  onClose: leave,
});
channel.tell("shown");
