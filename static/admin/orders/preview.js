/* The card beside the form follows what is typed. The button does it without this
   script, too: it posts the form to the frame. */

const PAUSE_MS = 500;
let underway = new AbortController();

/** Puts the card that the form would save into the frame, without a new page in it:
    the frame keeps its place, and the back button its meaning. */
async function show(form, button, frame) {
  underway.abort();
  underway = new AbortController();
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      signal: underway.signal,
    });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    frame.contentDocument.body.replaceChildren(...page.body.childNodes);
  } catch {
    // Overtaken, or no network: the card stays as it was.
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-preview-button]");
  const frame = document.querySelector("[data-preview-frame]");
  if (!button || !frame) return;
  let waiting = 0;
  const later = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => show(button.form, button, frame), PAUSE_MS);
  };
  // The form came back with an error: what was typed is not what is saved.
  if ("previewNow" in frame.dataset) later();
  button.form.addEventListener("input", later);
  button.form.addEventListener("change", later);
});
