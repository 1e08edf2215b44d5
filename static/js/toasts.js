// Short messages in the corner. From the server: Django messages in the page, or a response header
// HX-Trigger: {"fd:toast": {"level": "success", "text": "Saved."}}. Errors stay until they are closed; what stands there
// already is not said again. `url` and `act` add a link.
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

function toast({ level = "info", text = "", url = "", act = "" }) {
  const template = document.getElementById("toast-template");
  if (!region || !template || !text) return;
  const note = template.content.firstElementChild.cloneNode(true);
  note.classList.add(`toast-note--${level}`);
  note.querySelector(".toast-note__text").textContent = text;
  if (url) {
    const link = document.createElement("a");
    [link.href, link.textContent] = [url, act];
    note.querySelector(".toast-note__text").append(" ", link);
  }
  const same = (each) => each.textContent.trim() === note.textContent.trim();
  if (level === "error" && [...region.querySelectorAll(".toast-note")].some(same)) return;
  region.append(note);
  fade(note);
}

document.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest(".toast-note")?.remove());
document.body.addEventListener("fd:toast", (event) => toast(event.detail));

// Only what somebody did is worth a message: what a page asks for by itself, it asks for again when the stream is back.
const BY_HAND = ["click", "submit", "change", "input", "keyup", "toggle", "fd:open"];
const byHand = ({ detail }) => BY_HAND.includes(detail.requestConfig?.triggeringEvent?.type);
const SAID = {
  403: gettext("This page is out of date. Please reload it."),
  404: gettext("That is no longer here. Please reload the page."),
  413: gettext("That is too large to be sent."),
};
document.body.addEventListener("htmx:sendError", (event) => {
  if (byHand(event)) toast({ level: "error", text: gettext("No connection. Please try again.") });
});
document.body.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) {
    const url = `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
    toast({ level: "error", text: gettext("You have been logged out. What you typed is still here."), url, act: gettext("Log in again") });
  } else if (byHand(event)) {
    toast({ level: "error", text: SAID[status] ?? gettext("That did not work. Please try again.") });
  }
});
for (const note of region?.querySelectorAll(".toast-note") ?? []) fade(note);
