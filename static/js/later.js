// What was kept for later is out of the reply box, with what was wrong before, and the menu of times is closed.
import { empty } from "./thread.js";

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-later]");
  if (!form || !event.detail.successful) return;
  const reply = document.getElementById("reply-form");
  if (reply) empty(reply);
  form.closest("[popover]")?.hidePopover();
  document.getElementById("reply")?.focus();
});
