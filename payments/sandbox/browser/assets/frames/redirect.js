// The bank's own page, to which a redirect method sends the person and back.

import { readSecret, returnAddress } from "../shared/intents.js";
import { askAsBank } from "./bank-question.js";
import { build } from "./build.js";
import { languageOf } from "../shared/locale.js";
import { textsFor } from "../shared/texts.js";

const query = new URLSearchParams(location.search);
const ref = readSecret(query.get("client_secret"));
const locale = query.get("locale") ?? "auto";
const texts = textsFor(locale);
document.documentElement.lang = languageOf(locale);

if (!ref) throw new Error("The address of this page has no client secret.");

const question = await askAsBank({
  ref,
  locale,
  question: texts.redirectQuestion,
  onAnswered({ status, return_url }) {
    if (return_url) location.replace(returnAddress(return_url, ref, status));
  },
});
document.title = `${texts.redirectTitle} — ${texts.sandboxShort}`;
document.body.append(
  build(
    "main",
    { class: "Sheet" },
    build(
      "header",
      { class: "SheetHead" },
      build("span", { class: "Badge" }, texts.sandboxShort),
      build("span", {}, texts.bankName),
    ),
    build("h1", {}, texts.redirectTitle),
    ...question.content,
  ),
);
