// Pictures one by one: seen, taken away again, and refused before a long upload.

import { requireElement } from "./require-element.js";

const BYTES_PER_MEGABYTE = 1024 * 1024;
const PREVIEW_PIXELS = 160;
// A telephone's HEIC comes without a type in many browsers.
const PICTURE = /\.(jpe?g|png|webp|hei[cf])$/i;

/**
 * @param {HTMLFormElement} form
 */
export function pickPictures(form) {
  const box = requireElement(form, "[data-pictures]", HTMLElement);
  const input = requireElement(box, "input[type=file]", HTMLInputElement);
  const list = requireElement(box, "[data-picture-list]", HTMLElement);
  const status = requireElement(box, "[data-pictures-status]", HTMLElement);
  const trouble = requireElement(box, "[data-pictures-trouble]", HTMLElement);
  const maxFiles = Number(box.dataset.maxFiles);
  const maxBytes = Number(box.dataset.maxMegabytes) * BYTES_PER_MEGABYTE;
  /** @type {File[]} */
  let chosen = [];

  /**
   * @param {File} file
   */
  function problemOf(file) {
    if (!PICTURE.test(file.name)) {
      return named(box.dataset.textNotAPicture, file);
    }
    return file.size > maxBytes ? named(box.dataset.textTooHeavy, file) : "";
  }

  /**
   * What the form sends is what the list shows.
   *
   * @param {string} problem
   */
  function show(problem) {
    const files = new DataTransfer();
    chosen.forEach((file) => files.items.add(file));
    input.files = files.files;
    list.hidden = chosen.length === 0;
    list.replaceChildren(...chosen.map((file) => pictureOf(box, file, () => remove(file))));
    status.textContent = (box.dataset.textAdded ?? "").replace("{count}", String(chosen.length));
    trouble.hidden = problem === "";
    requireElement(trouble, "[data-text]", HTMLElement).textContent = problem;
  }

  /**
   * @param {File} file
   */
  function remove(file) {
    chosen = chosen.filter((one) => one !== file);
    show("");
    input.focus();
  }

  input.addEventListener("change", () => {
    const added = [...(input.files ?? [])].filter((file) => !chosen.some(isSame(file)));
    const problems = added.map(problemOf).filter((problem) => problem !== "");
    const all = [...chosen, ...added.filter((file) => problemOf(file) === "")];
    chosen = all.slice(0, maxFiles);
    if (all.length > maxFiles) {
      problems.push(box.dataset.textTooMany ?? "");
    }
    show(problems.join(" "));
  });

  form.addEventListener("reset", () => {
    chosen = [];
    list.replaceChildren();
    list.hidden = true;
  });
  box.setAttribute("data-ready", "");
}

/**
 * @param {string | undefined} text
 * @param {File} file
 */
function named(text, file) {
  return (text ?? "").replace("{name}", file.name);
}

/**
 * @param {File} file
 * @returns {(other: File) => boolean}
 */
function isSame(file) {
  return (other) =>
    other.name === file.name &&
    other.size === file.size &&
    other.lastModified === file.lastModified;
}

/**
 * @param {HTMLElement} box
 * @param {File} file
 * @param {() => void} onRemove
 */
function pictureOf(box, file, onRemove) {
  const template = requireElement(box, "[data-picture]", HTMLTemplateElement);
  const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  requireElement(item, "[data-name]", HTMLElement).textContent = file.name;
  requireElement(item, "[data-remove-text]", HTMLElement).textContent = named(
    box.dataset.textRemove,
    file,
  );
  requireElement(item, "[data-remove]", HTMLButtonElement).addEventListener("click", onRemove);
  draw(requireElement(item, "[data-preview]", HTMLCanvasElement), file);
  return item;
}

/**
 * On a canvas, because the page's policy loads pictures from our own address only.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {File} file
 */
async function draw(canvas, file) {
  try {
    const picture = await createImageBitmap(file);
    const side = Math.min(picture.width, picture.height);
    const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
    canvas
      .getContext("2d")
      ?.drawImage(picture, left, top, side, side, 0, 0, PREVIEW_PIXELS, PREVIEW_PIXELS);
    picture.close();
  } catch {
    // Most browsers cannot show HEIC. Its name is there.
    canvas.setAttribute("data-blank", "");
  }
}
