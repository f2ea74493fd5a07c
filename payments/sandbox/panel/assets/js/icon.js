// Small line drawings. They say nothing to a screen reader.

const PATHS = {
  activity: "M3 12h4l3-8 4 16 3-8h4",
  objects: "M4 7l8-4 8 4-8 4-8-4zm0 5l8 4 8-4M4 17l8 4 8-4",
  faults: "M13 2L4 14h7l-1 8 9-12h-7l1-8z",
  webhooks: "M3 12h11m-4-4l4 4-4 4M14 4h6v16h-6",
  cards: "M3 6h18v12H3zM3 10h18M7 15h4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  close: "M6 6l12 12M18 6L6 18",
  bin: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * @param {IconName} name
 * @param {number} [size] in pixels
 * @returns {SVGElement}
 */
export function icon(name, size = 18) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const attributes = {
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.8,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, String(value));
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
