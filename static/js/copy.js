// <button data-copy="text"> or <button data-copy-from="id">: copies, and says so in the button for two seconds.
import { gettext } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  const text = from ? (from.value ?? from.textContent).trim() : button.dataset.copy;
  let said = gettext("Copied");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = gettext("Select it and press Ctrl+C"); // the clipboard needs https or localhost
    if (from) getSelection().selectAllChildren(from);
  }
  const words = button.querySelector("[data-copy-words]") ?? button;
  words.dataset.before ??= words.textContent;
  words.textContent = said;
  clearTimeout(Number(words.dataset.timer));
  words.dataset.timer = setTimeout(() => (words.textContent = words.dataset.before), 2000);
});
