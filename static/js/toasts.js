// Short messages in the corner. From the server: Django messages in the page, or a response header
// HX-Trigger: {"fd:toast": {"level": "success", "text": "Saved."}}. Errors stay until they are closed.
import { gettext } from "./words.js";

const SECONDS = 6;
const region = document.getElementById("toasts");

function fade(note) {
  if (note.classList.contains("toast-note--error")) return;
  let timer = setTimeout(() => note.remove(), SECONDS * 1000);
  const hold = () => clearTimeout(timer);
  note.addEventListener("pointerenter", hold);
  note.addEventListener("focusin", hold);
  note.addEventListener("pointerleave", () => (timer = setTimeout(() => note.remove(), SECONDS * 1000)));
}

function toast({ level = "info", text = "" }) {
  const template = document.getElementById("toast-template");
  if (!region || !template || !text) return;
  const note = template.content.firstElementChild.cloneNode(true);
  note.classList.add(`toast-note--${level}`);
  note.querySelector(".toast-note__text").textContent = text;
  region.append(note);
  fade(note);
}

document.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest(".toast-note")?.remove());
document.body.addEventListener("fd:toast", (event) => toast(event.detail));
document.body.addEventListener("htmx:sendError", () => toast({ level: "error", text: gettext("No connection. Please try again.") }));
document.body.addEventListener("htmx:responseError", (event) => {
  const gone = [401, 403, 404].includes(event.detail.xhr.status);
  toast({ level: "error", text: gone ? gettext("That is no longer here. Please reload the page.") : gettext("That did not work. Please try again.") });
});
for (const note of region?.querySelectorAll(".toast-note") ?? []) fade(note);
