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
  colorTextPlaceholder: "--color-line-strong",
  colorDanger: "--color-danger",
  colorSuccess: "--color-success",
  iconColor: "--color-text-soft",
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
    const line = `${size("--line")} solid ${color("--color-line-strong")}`;
    const ring = `0 0 0 ${size("--line-thick")} ${color("--color-focus")}`;
    return {
      theme: "flat",
      labels: "above",
      variables: {
        ...Object.fromEntries(
          Object.entries(COLORS).map(([name, role]) => [name, color(role)]),
        ),
        fontFamily: computed(probe, "fontFamily", "--font-text"),
        fontSizeBase: size("--text-m"),
        fontSizeSm: size("--text-s"),
        fontWeightMedium: computed(probe, "fontWeight", "--weight-medium"),
        borderRadius: size("--radius"),
        spacingUnit: size("--space-1"),
        gridRowSpacing: size("--space-5"),
        focusBoxShadow: ring,
      },
      rules: {
        ".Input": { border: line, boxShadow: "none", padding: size("--space-3") },
        ".Input:focus": { border: line, boxShadow: ring },
        ".Input--invalid": {
          border: `${size("--line")} solid ${color("--color-danger")}`,
          boxShadow: "none",
        },
        ".Label": { fontWeight: computed(probe, "fontWeight", "--weight-medium") },
        ".AccordionItem": {
          border: `${size("--line")} solid ${color("--color-line")}`,
          boxShadow: "none",
        },
      },
    };
  } finally {
    probe.remove();
  }
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
