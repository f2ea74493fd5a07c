// The list of countries, named in the person's language.

import { build } from "./build.js";
import { languageOf } from "../shared/locale.js";

// ISO 3166-1, less the places that Stripe cannot bill.
const CODES = (
  "AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ " +
  "BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ " +
  "EC EE EG ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW " +
  "GY HK HN HR HT HU ID IE IL IM IN IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ " +
  "LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV " +
  "MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PY " +
  "QA RE RO RS RU RW SA SB SC SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TC TD TG " +
  "TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA " +
  "ZM ZW"
).split(" ");

// Stripe checks a postal code where banks do.
const WITH_POSTAL_CODE = new Set(["US", "CA", "GB"]);

/**
 * @param {string} locale
 * @param {string} chosen code of the country shown first
 * @returns {HTMLSelectElement}
 */
export function countryList(locale, chosen) {
  const language = languageOf(locale);
  const names = new Intl.DisplayNames([language], { type: "region" });
  const options = CODES.map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => one.name.localeCompare(other.name, language))
    .map(({ code, name }) =>
      build("option", { value: code, selected: code === chosen }, name),
    );
  return build("select", { autocomplete: "billing country" }, ...options);
}

/**
 * @param {string} country
 * @returns {boolean}
 */
export function asksPostalCode(country) {
  return WITH_POSTAL_CODE.has(country);
}
