// What is typed into a reading survives a login that ran out, a crash, a wrong key.
// It stays in this tab (sessionStorage) and goes once the server has the same words.

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} text
 */
function keepDraft(form, text) {
  const key = `lumira-draft-${form.dataset.draftOf}`;
  const note = form.querySelector("[data-draft-note]");
  const forget = form.querySelector("[data-draft-forget]");
  const saved = text.value;
  let isLeaving = false;

  const draft = sessionStorage.getItem(key);
  if (draft === null || draft.trim() === saved.trim()) {
    sessionStorage.removeItem(key);
  } else {
    text.value = draft;
    note?.removeAttribute("hidden");
  }

  text.addEventListener("input", () => sessionStorage.setItem(key, text.value));
  forget?.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    text.value = saved;
    note?.setAttribute("hidden", "");
    text.focus();
  });

  form.addEventListener("submit", () => {
    isLeaving = true;
    sessionStorage.setItem(key, text.value);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && text.value !== saved) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
}

const form = document.querySelector("form[data-draft-of]");
const text = form?.querySelector("textarea[data-keep-draft]");
if (form instanceof HTMLFormElement && text instanceof HTMLTextAreaElement) {
  keepDraft(form, text);
}
