// Starts the panel: the bar, the sections, and whichever of them the address names.

import { build, fill } from "./build.js";
import { icon } from "./icon.js";
import { refresh, watch, watchLoss } from "./live.js";
import { clock } from "./parts/clock.js";
import { reset } from "./parts/reset.js";
import { webhookSwitch } from "./parts/webhook-switch.js";
import { here, to } from "./route.js";
import { activity } from "./sections/activity.js";
import { cards } from "./sections/cards.js";
import { faults } from "./sections/faults.js";
import { objects } from "./sections/objects.js";
import { webhooks } from "./sections/webhooks.js";

/** @typedef {import("./types").Section} Section */

const SECTIONS = {
  activity: { label: "Activity", open: activity },
  objects: { label: "Objects", open: objects },
  faults: { label: "Faults", open: faults },
  webhooks: { label: "Webhooks", open: webhooks },
  cards: { label: "Cards", open: cards },
};

/** @typedef {keyof typeof SECTIONS} Name */

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const tools = /** @type {HTMLElement} */ (document.getElementById("tools"));
const nav = /** @type {HTMLElement} */ (document.getElementById("sections"));
const place = build("div");
const lost = build("p", { class: "lost", role: "alert", hidden: true }, "The sandbox does not answer. Waiting for it to come back.");

/** @type {Section | null} */
let section = null;
/** @type {Name | ""} */
let shown = "";

const links = /** @type {Name[]} */ (Object.keys(SECTIONS)).map((name) => ({
  name,
  count: build("span", { class: "sections__count", hidden: true }),
}));

fill(tools, clock(), webhookSwitch({ label: "Webhooks" }).node, reset());
fill(
  nav,
  ...links.map(({ name, count }) =>
    build("a", { class: "sections__link", href: to(name), "data-section": name }, icon(name), SECTIONS[name].label, count),
  ),
);
fill(main, lost, place);

function show() {
  const [first, ...rest] = here();
  const name = /** @type {Name} */ (first && first in SECTIONS ? first : "activity");
  if (name !== shown) {
    section?.stop();
    shown = name;
    section = SECTIONS[name].open(place);
    document.title = `${SECTIONS[name].label} · Stripe sandbox`;
    window.scrollTo(0, 0);
  }
  section?.show(rest);
  for (const link of nav.querySelectorAll("[data-section]")) {
    if (link.getAttribute("data-section") === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

watch((overview) => {
  const waiting = overview.faults.filter((rule) => rule.struck < rule.count).length;
  const late = overview.events.filter((event) => event.deliveries.some((item) => ["held", "failed", "dropped"].includes(item.state) || item.tries > 1 && item.state === "waiting")).length;
  for (const { name, count } of links) {
    const number = { faults: waiting, webhooks: late }[/** @type {string} */ (name)] ?? 0;
    count.hidden = number === 0;
    count.textContent = String(number);
  }
});
watchLoss((isLost) => {
  lost.hidden = !isLost;
});
window.addEventListener("hashchange", show);
show();
refresh();
