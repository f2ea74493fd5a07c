// Expiry dates: "MM / YY" as it is typed, and the checks made before anything is sent.

// A card does not expire later than this many years from now; a later year is a slip.
const FARTHEST_YEARS = 50;

/**
 * @param {string} text what was typed, pasted or filled in by the browser
 * @returns {string} up to four digits, MMYY
 */
export function expiryDigits(text) {
  const [month, year] = text.split(/[^\d]+/).filter(Boolean);
  // Browsers fill in "12/2030" and "2/30" as well.
  if (year !== undefined) {
    return month.padStart(2, "0").slice(0, 2) + year.slice(year.length === 4 ? 2 : 0).slice(0, 2);
  }
  // A stroke after one digit ends the month: "1/" is January.
  if (month?.length === 1 && text.includes("/")) return `0${month}`;
  const digits = text.replace(/\D/g, "");
  // No month begins with 2 to 9: that digit is a whole month.
  const whole = /^[2-9]/.test(digits) ? `0${digits}` : digits;
  return whole.length === 6 ? whole.slice(0, 2) + whole.slice(4) : whole.slice(0, 4);
}

/**
 * @param {string} digits MMYY or a beginning of it
 * @returns {string}
 */
export function formatExpiry(digits) {
  return digits.length < 2 ? digits : `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

/**
 * @param {string} digits MMYY
 * @returns {{month: number, year: number}} the year in full
 */
export function readExpiry(digits) {
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

/**
 * @param {string} digits MMYY or a beginning of it
 * @param {Date} today
 * @returns {string | null} code of what is wrong
 */
export function expiryProblem(digits, today) {
  const { month, year } = readExpiry(digits);
  if (digits.length >= 2 && (month < 1 || month > 12)) return "invalid_expiry";
  if (digits.length < 4) return "incomplete_expiry";
  if (year < today.getFullYear()) return "invalid_expiry_year_past";
  if (year > today.getFullYear() + FARTHEST_YEARS) return "invalid_expiry_year";
  const isThisYear = year === today.getFullYear();
  if (isThisYear && month < today.getMonth() + 1) return "invalid_expiry_month_past";
  return null;
}
