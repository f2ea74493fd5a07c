// IBANs: grouping and the check of ISO 13616.

/** @type {Record<string, number>} length by country, of those that SEPA knows best */
const LENGTHS = {
  AT: 20,
  BE: 16,
  CH: 21,
  DE: 22,
  ES: 24,
  FR: 27,
  GB: 22,
  IE: 22,
  IT: 27,
  LU: 20,
  NL: 18,
  PT: 25,
};
const SHORTEST = 15;

/**
 * @param {string} text
 * @returns {string} letters and digits only, in capitals
 */
export function ibanDigits(text) {
  return text.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
}

/**
 * @param {string} iban
 * @returns {string}
 */
export function groupIban(iban) {
  return iban.replace(/(.{4})(?=.)/g, "$1 ");
}

/**
 * @param {string} iban
 * @returns {string | null} code of what is wrong
 */
export function ibanProblem(iban) {
  if (iban.length < (LENGTHS[iban.slice(0, 2)] ?? SHORTEST)) return "incomplete_iban";
  const turned = iban.slice(4) + iban.slice(0, 4);
  const digits = Array.from(turned, (sign) => parseInt(sign, 36)).join("");
  const rest = Array.from(digits).reduce((so, digit) => (so * 10 + Number(digit)) % 97, 0);
  return rest === 1 ? null : "invalid_iban";
}
