// Keeps a list on the page in step with what it shows, without touching what stays.

/** @typedef {import("./types").Line} Line */

/** @type {WeakMap<HTMLElement, string>} */
const signs = new WeakMap();

/**
 * Lines that are the same stay as they are, with their focus; new ones are marked.
 *
 * @param {HTMLElement} list
 * @param {Line[]} lines
 */
export function keep(list, lines) {
  const isFirst = !list.hasAttribute("data-kept");
  list.setAttribute("data-kept", "");
  /** @type {Map<string, HTMLElement>} */
  const before = new Map();
  for (const child of /** @type {HTMLCollectionOf<HTMLElement>} */ (list.children)) {
    before.set(child.dataset.key ?? "", child);
  }
  const now = lines.map((line) => kept(line, before.get(line.key), isFirst));
  for (const child of new Set(before.values())) if (!now.includes(child)) child.remove();
  now.forEach((child, place) => {
    if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
  });
}

/**
 * @param {Line} line
 * @param {HTMLElement | undefined} old
 * @param {boolean} isFirst
 */
function kept(line, old, isFirst) {
  if (old && signs.get(old) === line.sign) return old;
  const made = line.make();
  made.dataset.key = line.key;
  signs.set(made, line.sign);
  if (!old && !isFirst) made.firstElementChild?.classList.add("row--new");
  if (old?.contains(document.activeElement)) {
    old.replaceWith(made);
    made.querySelector("a")?.focus({ preventScroll: true });
  }
  return made;
}
