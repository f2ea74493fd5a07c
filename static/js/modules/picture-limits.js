// Too many pictures, or too heavy ones, are told before a long upload.

import { requireElement } from "./require-element.js";

const BYTES_PER_MEGABYTE = 1024 * 1024;

/**
 * @param {ParentNode} root
 */
export function limitPictures(root) {
  const box = requireElement(root, "[data-pictures]", HTMLElement);
  const input = requireElement(box, "input[type=file]", HTMLInputElement);
  const maxFiles = Number(box.dataset.maxFiles);
  const maxBytes = Number(box.dataset.maxMegabytes) * BYTES_PER_MEGABYTE;

  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    const isTooHeavy = files.some((file) => file.size > maxBytes);
    const problem =
      (files.length > maxFiles && box.dataset.tooMany) ||
      (isTooHeavy && box.dataset.tooHeavy) ||
      "";
    input.setCustomValidity(problem);
    input.reportValidity();
  });
}
