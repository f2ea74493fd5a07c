// Shows an amount of minor units.

import { languageOf } from "../shared/locale.js";

/**
 * @param {number} amount minor units
 * @param {string} currency
 * @param {string} locale
 * @returns {string} "79,00 €"; yen have no cents
 */
export function money(amount, currency, locale) {
  const format = new Intl.NumberFormat(languageOf(locale), { style: "currency", currency });
  const { maximumFractionDigits } = format.resolvedOptions();
  return format.format(amount / 10 ** (maximumFractionDigits ?? 0));
}
