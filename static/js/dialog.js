// Native dialogs. <button data-dialog-open="id">, <button data-dialog-close>, <dialog data-dialog-auto> opens at once.
// data-confirm="Sure?" on a form, a submit button or an htmx element asks first (components/confirm_dialog.html);
// data-confirm-title and data-confirm-button change the words, data-confirm-danger colours the button.
import { gettext } from "./words.js";

const ask = document.getElementById("confirm-dialog");
let goOn = null;

function confirmFirst(element, proceed) {
  const say = (selector, text) => (ask.querySelector(selector).textContent = text);
  say("[data-confirm-heading]", element.dataset.confirmTitle || gettext("Please confirm"));
  say("[data-confirm-text]", element.dataset.confirm);
  const yes = ask.querySelector("[data-confirm-yes]");
  yes.textContent = element.dataset.confirmButton || gettext("Yes");
  const danger = "confirmDanger" in element.dataset;
  yes.classList.toggle("btn-danger", danger);
  yes.classList.toggle("btn-primary", !danger);
  goOn = proceed;
  ask.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog")?.close();
  if (event.target.matches("dialog")) event.target.close(); // the backdrop belongs to the dialog element
  if (event.target.closest("[data-confirm-yes]")) {
    const proceed = goOn;
    goOn = null;
    ask.close();
    proceed?.();
  }
});

document.addEventListener(
  "submit",
  (event) => {
    const asking = [event.submitter, event.target].find((element) => element?.dataset.confirm);
    if (!ask || !asking || event.target.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    confirmFirst(asking, () => {
      event.target.dataset.confirmed = "yes";
      event.target.requestSubmit(event.submitter);
      delete event.target.dataset.confirmed;
    });
  },
  { capture: true },
);

document.addEventListener("htmx:confirm", (event) => {
  const element = event.detail.elt;
  if (!ask || element.matches("form") || !element.dataset.confirm) return;
  event.preventDefault();
  confirmFirst(element, () => event.detail.issueRequest(true));
});

const openNew = (root) => {
  for (const dialog of root.querySelectorAll("dialog[data-dialog-auto]:not([open])")) dialog.showModal();
};
document.addEventListener("htmx:afterSettle", (event) => openNew(event.detail.elt.parentElement ?? document));
openNew(document);
