// Small drawings: card brands and payment methods. They decorate; the words say it.

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, [string, string, string?][]>} tag, attributes, text */
const DRAWINGS = {
  visa: [
    ["rect", "width=24 height=16 rx=2 fill=#fff stroke=#d8dce6"],
    [
      "text",
      "x=12 y=11.2 font-size=7.4 font-weight=800 font-style=italic fill=#1434cb text-anchor=middle font-family=Arial,sans-serif",
      "VISA",
    ],
  ],
  mastercard: [
    ["rect", "width=24 height=16 rx=2 fill=#16161d"],
    ["circle", "cx=9.4 cy=8 r=4.6 fill=#eb001b"],
    ["circle", "cx=14.6 cy=8 r=4.6 fill=#f79e1b"],
    ["path", "d=M12,4.2a4.6,4.6,0,0,1,0,7.6a4.6,4.6,0,0,1,0-7.6 fill=#ff5f00"],
  ],
  amex: [
    ["rect", "width=24 height=16 rx=2 fill=#016fd0"],
    [
      "text",
      "x=12 y=10.6 font-size=5.8 font-weight=800 fill=#fff text-anchor=middle font-family=Arial,sans-serif",
      "AMEX",
    ],
  ],
  card: [
    ["rect", "x=1 y=1.5 width=22 height=13 rx=2 fill=currentColor"],
    ["rect", "x=1 y=4.5 width=22 height=2.5 fill=var(--colorBackground,#fff)"],
  ],
  cvc: [
    ["rect", "x=1 y=1.5 width=22 height=13 rx=2 fill=currentColor opacity=0.35"],
    ["rect", "x=1 y=4 width=22 height=2.5 fill=currentColor"],
    ["rect", "x=12 y=8.5 width=9 height=4 rx=1 fill=var(--colorBackground,#fff)"],
    ["circle", "cx=14.2 cy=10.5 r=0.8 fill=currentColor"],
    ["circle", "cx=16.5 cy=10.5 r=0.8 fill=currentColor"],
    ["circle", "cx=18.8 cy=10.5 r=0.8 fill=currentColor"],
  ],
  bancontact: [
    ["rect", "width=24 height=16 rx=2 fill=#fff stroke=#d8dce6"],
    ["path", "d=M4,11.5h6.5l4-4H21v4H4z fill=#005498"],
    ["path", "d=M21,4.5h-6.5l-4,4H4v-4h17z fill=#ffd800"],
  ],
  ideal: [
    ["rect", "width=24 height=16 rx=2 fill=#fff stroke=#d8dce6"],
    ["path", "d=M6,3.5h6.5a4.5,4.5,0,0,1,0,9H6z fill=#cc0066"],
    ["circle", "cx=8.3 cy=6 r=1.2 fill=#fff"],
    ["rect", "x=7.3 y=8 width=2 height=3.4 fill=#fff"],
  ],
  sepa_debit: [
    ["rect", "width=24 height=16 rx=2 fill=#10298e"],
    [
      "text",
      "x=12 y=10.6 font-size=5.8 font-weight=800 fill=#ffcc00 text-anchor=middle font-family=Arial,sans-serif",
      "SEPA",
    ],
  ],
};

/**
 * @param {string} name
 * @param {string} [className]
 * @returns {SVGSVGElement}
 */
export function icon(name, className = "Icon") {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 16");
  drawing.setAttribute("class", className);
  drawing.setAttribute("aria-hidden", "true");
  drawing.dataset.icon = name;
  for (const [tag, attributes, text] of DRAWINGS[name] ?? DRAWINGS.card) {
    const shape = document.createElementNS(SVG, tag);
    for (const attribute of attributes.split(" ")) {
      const [key, ...value] = attribute.split("=");
      shape.setAttribute(key, value.join("="));
    }
    if (text) shape.textContent = text;
    drawing.append(shape);
  }
  return drawing;
}
