// Which of our two languages a locale means.

/**
 * French for French; English for every other language, where the real Stripe.js has
 * some forty.
 *
 * @param {string | undefined} locale as given to Elements; "auto" is the browser's
 * @returns {"fr" | "en"}
 */
export function languageOf(locale) {
  const tag = !locale || locale === "auto" ? navigator.language : locale;
  return tag.toLowerCase().startsWith("fr") ? "fr" : "en";
}
