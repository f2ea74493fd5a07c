// An object as the line of a list.

import { build } from "../build.js";
import { to } from "../route.js";
import { moment, money } from "../words.js";
import { badge } from "./badge.js";
import { kindName } from "./kinds.js";

/** @typedef {import("../types").Summary} Summary */
/** @typedef {import("../types").Line} Line */

/**
 * @param {Summary} thing
 * @param {{ chosen?: string, withKind?: boolean }} [how] `withKind` where kinds are mixed
 * @returns {Line}
 */
export function thingLine(thing, { chosen = "", withKind = false } = {}) {
  const isChosen = thing.id === chosen;
  const sum = thing.amount !== null && thing.currency ? money(thing.amount, thing.currency) : "";
  return {
    key: thing.id,
    sign: JSON.stringify([thing, isChosen]),
    make: () =>
      build(
        "li",
        {},
        build(
          "a",
          { class: withKind || sum ? "row row--thing" : "row row--untold", href: to("objects", thing.object, thing.id), "aria-current": isChosen ? "true" : null },
          withKind ? build("span", { class: "small quiet" }, kindName(thing.object, 1)) : sum && build("span", { class: "row__amount" }, sum),
          build(
            "span",
            { class: "row__what" },
            withKind && sum && build("span", { class: "row__amount" }, sum),
            thing.title && build("span", { class: "row__title" }, thing.title),
            build("span", { class: "row__id" }, thing.id),
          ),
          build(
            "span",
            { class: "row__when" },
            thing.status && badge(thing.status),
            !withKind && thing.created && build("div", {}, moment(thing.created)),
          ),
        ),
      ),
  };
}
