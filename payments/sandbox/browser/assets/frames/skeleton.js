// What stands where the form will be, at the form's own height, until it is there.

import { build } from "./build.js";

/** @returns {HTMLElement} */
export function makeSkeleton() {
  const field = () =>
    build(
      "div",
      { class: "Field" },
      build("span", { class: "Label Ghost" }, "\u00a0"),
      build("span", { class: "Input Ghost" }, "\u00a0"),
    );
  return build(
    "div",
    { class: "Skeleton", "aria-hidden": "true" },
    build(
      "div",
      { class: "Form" },
      field(),
      build("div", { class: "Pair" }, field(), field()),
      build("div", { class: "Pair Pair--address" }, field()),
    ),
    build("p", { class: "SandboxNote" }, "\u00a0"),
  );
}
