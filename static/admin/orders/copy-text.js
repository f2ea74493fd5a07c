// A button that copies the text beside it. Without a clipboard it does not appear.

const button = document.querySelector("[data-copy-button]");
const text = document.querySelector("[data-copy]");

if (
  navigator.clipboard &&
  button instanceof HTMLButtonElement &&
  text instanceof HTMLTextAreaElement
) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.textContent = "Copié";
  });
}
