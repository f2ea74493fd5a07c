// Which part of the panel shows: it stands behind the address's #.

/** @param {...string} path @returns {string} */
export function to(...path) {
  return `#/${path.map(encodeURIComponent).join("/")}`;
}

/** @returns {string[]} the parts of the present address */
export function here() {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}

/** @param {string} id of a call, an event or an object @returns {string} where it shows */
export function toThing(id) {
  if (id.startsWith("req_") || id.startsWith("evt_")) return to("activity", id);
  return to("objects", "any", id);
}
