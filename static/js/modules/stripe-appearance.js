// The card form in the shop's colours: Stripe's Appearance API, filled from the
// tokens of css/tokens.css as they are now, by day or by night.
// https://docs.stripe.com/elements/appearance-api

/** @import { Appearance } from "@stripe/stripe-js" */

/** @type {Record<string, string>} Stripe's name → our role. */
const COLORS = {
  colorPrimary: "--color-gold-text",
  colorBackground: "--color-surface",
  colorText: "--color-text",
  colorTextSecondary: "--color-text-soft",
  colorTextPlaceholder: "--color-text-soft",
  colorDanger: "--color-danger",
  colorSuccess: "--color-success",
  colorWarning: "--color-gold-text",
  iconColor: "--color-text-soft",
  iconHoverColor: "--color-text",
  iconCardErrorColor: "--color-danger",
  iconCardCvcErrorColor: "--color-danger",
};

/** @type {Record<string, string>} */
const SIZES = {
  fontSizeBase: "--text-m",
  fontSizeSm: "--text-s",
  fontSizeXs: "--text-xs",
  borderRadius: "--radius",
  spacingUnit: "--space-1",
  gridRowSpacing: "--space-5",
  gridColumnSpacing: "--space-4",
  accordionItemSpacing: "--space-3",
};

/** @type {Record<string, string>} */
const WEIGHTS = {
  fontWeightNormal: "--weight-normal",
  fontWeightMedium: "--weight-medium",
  fontWeightBold: "--weight-strong",
};

/**
 * @param {HTMLElement} page Where the roles are read.
 * @returns {Appearance}
 */
export function stripeAppearance(page) {
  const probe = document.createElement("span");
  probe.hidden = true;
  page.append(probe);
  try {
    const color = (/** @type {string} */ role) => computed(probe, "color", role);
    const size = (/** @type {string} */ role) => computed(probe, "width", role);
    const weight = (/** @type {string} */ role) => computed(probe, "fontWeight", role);
    const line = (/** @type {string} */ role) => `${size("--line")} solid ${color(role)}`;
    const ring = `0 0 0 ${size("--line-thick")} ${color("--color-focus")}`;
    const chosen = {
      border: line("--color-gold"),
      boxShadow: `inset 0 0 0 ${size("--line")} ${color("--color-gold")}`,
      color: color("--color-text"),
    };
    return {
      theme: "flat",
      labels: "above",
      variables: {
        ...each(COLORS, color),
        ...each(SIZES, size),
        ...each(WEIGHTS, weight),
        fontFamily: computed(probe, "fontFamily", "--font-text"),
        focusBoxShadow: ring,
      },
      rules: {
        // As field.css.
        ".Label": { fontSize: size("--text-s"), fontWeight: weight("--weight-medium") },
        ".Input": {
          border: line("--color-line-strong"),
          boxShadow: "none",
          padding: size("--space-3"),
        },
        ".Input:hover": { border: line("--color-text-soft") },
        ".Input:focus": { border: line("--color-line-strong"), boxShadow: ring },
        ".Input--invalid": {
          border: line("--color-danger"),
          boxShadow: "none",
          color: color("--color-text"),
        },
        ".Error": { fontSize: size("--text-s"), fontWeight: weight("--weight-medium") },
        ".CheckboxInput": { border: line("--color-line-strong") },
        ".CheckboxInput--checked": {
          backgroundColor: color("--color-action"),
          border: line("--color-action"),
        },
        ".TermsText": { color: color("--color-text-soft"), fontSize: size("--text-xs") },
        // As choice.css.
        ".AccordionItem": { border: line("--color-line"), boxShadow: "none" },
        ".AccordionItem:hover": { border: line("--color-line-strong") },
        ".AccordionItem--selected": chosen,
        ".PickerItem": { border: line("--color-line"), boxShadow: "none" },
        ".PickerItem--selected": chosen,
        ".Block": { border: line("--color-line"), boxShadow: "none" },
      },
    };
  } finally {
    probe.remove();
  }
}

/**
 * @param {Record<string, string>} roles
 * @param {(role: string) => string} valueOf
 */
function each(roles, valueOf) {
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [name, valueOf(role)]),
  );
}

/**
 * Stripe takes plain values only: let the browser work a token out.
 *
 * @param {HTMLElement} probe
 * @param {"color" | "width" | "fontFamily" | "fontWeight"} property
 * @param {string} role
 */
function computed(probe, property, role) {
  probe.style[property] = `var(${role})`;
  return getComputedStyle(probe)[property];
}
