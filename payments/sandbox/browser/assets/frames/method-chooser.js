// The choice between payment methods, as tabs or as an accordion.

import { METHOD_NAMES } from "../shared/texts.js";
import { build } from "./build.js";
import { icon } from "./icons.js";

/**
 * @typedef {object} Chooser
 * @property {HTMLElement} node holds the chosen form too
 * @property {() => string | null} chosen null while collapsed
 * @property {(type: string | null) => void} choose
 */

/**
 * Both layouts are one group of radio buttons: arrow keys work and a screen reader
 * says "1 of 3". With a single method there is nothing to choose, only its form.
 *
 * @param {object} options
 * @param {import("./method-form.js").MethodForm[]} options.forms
 * @param {import("@stripe/stripe-js").Layout | import("@stripe/stripe-js").LayoutObject} options.layout
 * @param {import("../shared/texts.js").Texts} options.texts
 * @param {() => void} options.onChoice
 * @returns {Chooser}
 */
export function makeChooser({ forms, layout, texts, onChoice }) {
  const wished = typeof layout === "string" ? { type: layout } : layout;
  const isAccordion = wished.type === "accordion";
  const isAlone = forms.length === 1;
  const startsCollapsed = isAccordion && !isAlone && wished.defaultCollapsed === true;
  /** @type {string | null} */
  let chosen = startsCollapsed ? null : forms[0].type;

  const entries = forms.map((form) => makeEntry(form, texts, isAccordion));
  const panel = build("div");
  const node = isAlone ? panel : arrange();

  /**
   * Only the chosen form is in the page: two methods may ask for a name.
   *
   * @param {string | null} type
   */
  function choose(type) {
    chosen = type;
    for (const { form, radio, item } of entries) {
      const isChosen = form.type === type;
      radio.checked = isChosen;
      const look = isAccordion ? "AccordionItem" : "Tab";
      item.classList.toggle(`${look}--selected`, isChosen);
      if (isChosen) (isAccordion && !isAlone ? item : panel).append(form.node);
      else form.node.remove();
    }
  }

  function arrange() {
    const legend = build("legend", { class: "Hidden" }, texts.methods);
    const items = entries.map(({ item }) => item);
    if (isAccordion) {
      const spaced = wished.spacedAccordionItems === true;
      const look = spaced ? "Accordion Accordion--spaced" : "Accordion";
      return build("fieldset", { class: look }, legend, ...items);
    }
    const tabs = build("fieldset", { class: "Tabs" }, legend, ...items);
    return build("div", {}, tabs, panel);
  }

  for (const { radio, form } of entries) {
    radio.addEventListener("change", () => {
      choose(form.type);
      onChoice();
    });
  }
  choose(chosen);
  return { node, chosen: () => chosen, choose };
}

/**
 * @param {import("./method-form.js").MethodForm} form
 * @param {import("../shared/texts.js").Texts} texts
 * @param {boolean} isAccordion
 */
function makeEntry(form, texts, isAccordion) {
  const usual = form.type === "card" ? texts.card : (METHOD_NAMES[form.type] ?? texts.sepa);
  const radio = build("input", {
    type: "radio",
    name: "method",
    value: form.type,
    class: isAccordion ? "Radio" : "Radio Hidden",
  });
  const label = build(
    "label",
    { class: isAccordion ? "AccordionItemLabel" : "Tab" },
    radio,
    icon(form.type, "TabIcon"),
    build("span", { class: "TabLabel" }, form.label ?? usual),
  );
  const item = isAccordion ? build("div", { class: "AccordionItem" }, label) : label;
  return { form, radio, item };
}
