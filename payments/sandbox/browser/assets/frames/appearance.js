// Dresses a frame as the merchant's Appearance object says.

import { themeVariables } from "./themes.js";

/** @typedef {import("@stripe/stripe-js").Appearance} Appearance */

// Nothing that ends a declaration, opens a block or fetches an address.
const UNSAFE_VALUE = /[{};@<>\\]|\/\*|url\s*\(|image-set\s*\(/i;
const LONGEST_VALUE = 300;
const VARIABLE = /^[a-z][A-Za-z0-9]{1,60}$/;
const PART =
  "\\.(?:Input|Label|Error|Field|Tab|TabIcon|TabLabel|AccordionItem|Block|BlockDivider|" +
  "Checkbox|CheckboxInput|CheckboxLabel|CodeInput|Link|PickerItem|RadioIcon|" +
  "RadioIconOuter|RadioIconInner|RedirectText|SecondaryLink|Switch|TermsText|TermsLink)" +
  "(?:--[A-Za-z]+)?(?:::?[a-z-]+)*";
const SELECTOR = new RegExp(`^${PART}(?: ${PART}){0,2}(?:, ?${PART}(?: ${PART}){0,2})*$`);
const PROPERTY = /^(?:Webkit|Moz)?[A-Za-z]{2,40}$/;

const dress = new CSSStyleSheet();

/**
 * Puts the appearance on; what it had on before is taken off.
 *
 * @param {Appearance} appearance
 * @returns {string[]} what was not understood, for the merchant's console
 */
export function wear(appearance) {
  const refused = [
    ...setVariables(themeVariables(appearance)),
    ...setRules(appearance.rules ?? {}),
  ];
  if (!document.adoptedStyleSheets.includes(dress)) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, dress];
  }
  const { classList } = document.documentElement;
  classList.toggle("is-still", appearance.disableAnimations === true);
  classList.toggle("is-dark", isDark("--colorBackground"));
  classList.toggle("is-condensed", appearance.inputs === "condensed");
  classList.toggle("has-floating-labels", appearance.labels === "floating");
  return refused;
}

/**
 * @param {Record<string, string>} variables
 * @returns {string[]}
 */
function setVariables(variables) {
  dress.replaceSync(":root {}");
  const { style } = /** @type {CSSStyleRule} */ (dress.cssRules[0]);
  const refused = [];
  for (const [name, value] of Object.entries(variables)) {
    if (VARIABLE.test(name) && isSafe(value)) style.setProperty(`--${name}`, value);
    else refused.push(`appearance.variables.${name}`);
  }
  return refused;
}

/**
 * @param {NonNullable<Appearance["rules"]>} rules
 * @returns {string[]}
 */
function setRules(rules) {
  const refused = [];
  for (const [selector, declarations] of Object.entries(rules)) {
    if (!SELECTOR.test(selector)) {
      refused.push(`appearance.rules["${selector}"]`);
      continue;
    }
    const at = dress.insertRule(`${selector} {}`, dress.cssRules.length);
    const { style } = /** @type {CSSStyleRule} */ (dress.cssRules[at]);
    for (const [property, value] of Object.entries(declarations)) {
      if (PROPERTY.test(property) && isSafe(value)) {
        style.setProperty(inCss(property), value);
      } else {
        refused.push(`appearance.rules["${selector}"].${property}`);
      }
    }
  }
  return refused;
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isSafe(value) {
  return (
    typeof value === "string" && value.length <= LONGEST_VALUE && !UNSAFE_VALUE.test(value)
  );
}

/**
 * @param {string} property
 * @returns {string} "boxShadow" → "box-shadow", "WebkitTextFill…" → "-webkit-text-fill…"
 */
function inCss(property) {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * @param {string} variable a colour
 * @returns {boolean} whether native controls on it must be drawn light on dark
 */
function isDark(variable) {
  const probe = document.createElement("span");
  probe.style.color = `var(${variable})`;
  document.documentElement.append(probe);
  const canvas = document.createElement("canvas").getContext("2d");
  const color = getComputedStyle(probe).color;
  probe.remove();
  if (!canvas) return false;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  // ITU-R BT.601: how bright the eye finds it.
  return alpha > 0 && 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
