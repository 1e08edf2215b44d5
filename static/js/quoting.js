// "Reply" on a message puts it above the reply box, which then quotes it; Alt+Q does so for the patient's newest message,
// and again for the one before it. Without JavaScript the link asks the server for the same.
import { keyOf } from "./shortcuts.js";

const box = () => document.getElementById("composer-quote");
const chosen = () => box()?.querySelector("input[name=reply_to]");

function quote(link) {
  if (!box()) return;
  chosen().value = link.dataset.quote;
  box().querySelector(".quote__who").textContent = link.dataset.quoteWho;
  box().querySelector(".quote__text").textContent = link.dataset.quoteText;
  box().hidden = false;
  document.getElementById("reply").focus();
}

function off() {
  if (!box()) return;
  chosen().value = "";
  box().hidden = true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-quote]");
  if (link && box()) {
    event.preventDefault();
    quote(link);
  } else if (event.target.closest?.("[data-quote-off]")) {
    off();
    document.getElementById("reply").focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || keyOf(event) !== "q" || !box()) return;
  const theirs = [...document.querySelectorAll(".bubble--patient [data-quote]")].reverse();
  const next = theirs.findIndex((link) => link.dataset.quote === chosen().value) + 1;
  if (!theirs.length) return;
  event.preventDefault();
  quote(theirs[next % theirs.length]);
});

document.addEventListener("htmx:afterRequest", (event) => event.target.id === "reply-form" && event.detail.successful && off());
