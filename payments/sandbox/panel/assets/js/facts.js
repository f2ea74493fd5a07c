// What the sandbox can do, read once.

import { read } from "./calls.js";

/** @type {Promise<import("./types").Facts> | null} */
let asked = null;

/** @returns {Promise<import("./types").Facts>} */
export function facts() {
  asked ??= read("facts").catch((problem) => {
    asked = null;
    throw problem;
  });
  return asked;
}
