// The merchant's own fonts (elements option `fonts`), loaded inside the frame.

import { build } from "./build.js";

/**
 * Begins to load the fonts; the form does not wait for them. Addresses came here
 * already made absolute by the merchant's page.
 *
 * @param {any[]} fonts CssFontSource or CustomFontSource
 */
export function loadFonts(fonts) {
  for (const font of fonts) {
    if (font.cssSrc) document.head.append(build("link", { rel: "stylesheet", href: font.cssSrc }));
    else loadFace(font);
  }
}

/** @param {import("@stripe/stripe-js").CustomFontSource} font */
function loadFace({ family, src, style, weight, display, unicodeRange }) {
  const face = new FontFace(family, src, {
    style,
    weight,
    unicodeRange,
    display: /** @type {FontDisplay | undefined} */ (display),
  });
  // A font that does not come leaves the next one of the list: nothing to tell.
  face.load().then(
    () => document.fonts.add(face),
    () => undefined,
  );
}
