// The three themes of the Appearance API, as values of its variables.

const SYSTEM_FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';

/** @type {Record<string, string>} */
const STRIPE = {
  fontFamily: SYSTEM_FONTS,
  fontSizeBase: "16px",
  fontLineHeight: "1.3",
  fontWeightNormal: "400",
  fontWeightMedium: "500",
  spacingUnit: "4px",
  borderRadius: "5px",
  colorPrimary: "#0570de",
  colorBackground: "#ffffff",
  colorText: "#30313d",
  colorDanger: "#df1b41",
  inputBoxShadow: "0 1px 1px rgba(0, 0, 0, 0.03), 0 3px 6px rgba(0, 0, 0, 0.02)",
};

/** @type {Record<string, Record<string, string>>} */
const THEMES = {
  stripe: STRIPE,
  night: {
    ...STRIPE,
    colorPrimary: "#85d996",
    colorBackground: "#30313d",
    colorText: "#ffffff",
    colorDanger: "#fe87a1",
    inputBoxShadow: "0 2px 4px rgba(0, 0, 0, 0.5), 0 1px 6px rgba(0, 0, 0, 0.25)",
  },
  flat: {
    ...STRIPE,
    colorPrimary: "#0055de",
    colorBackground: "#f1f1f1",
    colorText: "#1a1b25",
    inputColorBorder: "transparent",
    inputBoxShadow: "none",
  },
};

/** @type {Record<string, string>} old names that Stripe still accepts */
const RENAMED = {
  spacingGridRow: "gridRowSpacing",
  spacingGridColumn: "gridColumnSpacing",
  spacingTab: "tabSpacing",
  spacingAccordionItem: "accordionItemSpacing",
  colorIcon: "iconColor",
  colorPrimaryText: "accessibleColorOnColorPrimary",
};

/**
 * @param {import("@stripe/stripe-js").Appearance} appearance
 * @returns {Record<string, string>} every variable that has a value
 */
export function themeVariables({ theme = "stripe", variables = {} }) {
  const given = Object.entries(variables).map(([name, value]) => [
    RENAMED[name] ?? name,
    value,
  ]);
  return { ...(THEMES[theme] ?? STRIPE), ...Object.fromEntries(given) };
}
