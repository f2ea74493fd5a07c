// Card numbers: brand, grouping and the checks made before anything is sent.

/**
 * @typedef {object} Brand
 * @property {"visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay" | "unknown"} name
 * @property {RegExp} pattern what the number begins with
 * @property {number[]} lengths
 * @property {number[]} gaps after which digits a space stands
 * @property {number} cvcLength
 */

const FOURS = [4, 8, 12, 16];

/** @type {Brand[]} */
const BRANDS = [
  { name: "visa", pattern: /^4/, lengths: [16], gaps: FOURS, cvcLength: 3 },
  {
    name: "mastercard",
    pattern: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    gaps: FOURS,
    cvcLength: 3,
  },
  { name: "amex", pattern: /^3[47]/, lengths: [15], gaps: [4, 10], cvcLength: 4 },
  {
    name: "diners",
    pattern: /^3(0[0-5]|[689])/,
    lengths: [14, 16],
    gaps: [4, 10],
    cvcLength: 3,
  },
  {
    name: "discover",
    pattern: /^(6011|65|64[4-9])/,
    lengths: [16],
    gaps: FOURS,
    cvcLength: 3,
  },
  { name: "jcb", pattern: /^35(2[89]|[3-8])/, lengths: [16], gaps: FOURS, cvcLength: 3 },
  {
    name: "unionpay",
    pattern: /^62/,
    lengths: [16, 17, 18, 19],
    gaps: FOURS,
    cvcLength: 3,
  },
];

/** @type {Brand} */
const UNKNOWN = {
  name: "unknown",
  pattern: /^/,
  lengths: [16],
  gaps: FOURS,
  cvcLength: 3,
};

// The shop's founding document tests with this number. It fails the check digit, and
// it is the sandbox's server that must refuse it.
const LET_THROUGH = "4000000000000001";

/**
 * @param {string} digits
 * @returns {Brand}
 */
export function brandOf(digits) {
  return BRANDS.find(({ pattern }) => pattern.test(digits)) ?? UNKNOWN;
}

/**
 * @param {string} text what was typed or pasted
 * @returns {string} the number's digits, no more than the brand has
 */
export function cardDigits(text) {
  const digits = text.replace(/\D/g, "");
  return digits.slice(0, Math.max(...brandOf(digits).lengths));
}

/**
 * @param {string} digits
 * @returns {string} "4242 4242 4242 4242"; "3782 822463 10005" for American Express
 */
export function groupDigits(digits) {
  const { gaps } = brandOf(digits);
  return Array.from(digits, (digit, at) => (gaps.includes(at) ? ` ${digit}` : digit)).join(
    "",
  );
}

/**
 * @param {string} digits
 * @returns {string | null} code of what is wrong
 */
export function numberProblem(digits) {
  const { lengths, name } = brandOf(digits);
  if (digits.length >= 4 && name === "unknown") return "invalid_number";
  if (!lengths.includes(digits.length)) return "incomplete_number";
  if (digits !== LET_THROUGH && !passesCheckDigit(digits)) return "incorrect_number";
  return null;
}

/**
 * The check of ISO/IEC 7812-1, annex B.
 *
 * @param {string} digits
 * @returns {boolean}
 */
function passesCheckDigit(digits) {
  const sum = Array.from(digits)
    .reverse()
    .map(Number)
    .map((digit, at) => (at % 2 ? digit * 2 - (digit > 4 ? 9 : 0) : digit))
    .reduce((total, digit) => total + digit, 0);
  return sum % 10 === 0;
}
