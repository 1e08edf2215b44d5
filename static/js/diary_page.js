// The diary's page around the grid (diary.js): dialogs for picking and opening, moving by dragging, jumping to a date.
import { gettext } from "./words.js";

const grid = document.querySelector("[data-diary]");
const drawer = document.getElementById("diary-drawer");
const open = (url) => htmx.ajax("GET", url, { target: drawer, swap: "innerHTML" });
const toast = (level, text) => document.body.dispatchEvent(new CustomEvent("fd:toast", { detail: { level, text } }));

async function move({ id, resource, start, revert }) {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  try {
    const answer = await fetch(`${grid.dataset.eventUrl}${id}/`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ start, resource }),
    });
    if (answer.ok) {
      toast("success", gettext("Moved. Open the appointment to undo it."));
      document.body.dispatchEvent(new CustomEvent("fd:diary"));
      return;
    }
    revert();
    toast("error", answer.status === 409 ? (await answer.json()).detail : gettext("That did not work. Please reload the page."));
  } catch {
    revert();
    toast("error", gettext("No connection. Please try again."));
  }
}

grid?.addEventListener("fd:diary-pick", ({ detail }) => {
  const column = grid.dataset.view === "rooms" ? "" : detail.resource; // a room's column says nothing of who
  const query = new URLSearchParams({ start: detail.start, practitioner: column ?? grid.dataset.practitioner ?? "" });
  open(`${grid.dataset.newUrl}?${query}`);
});
grid?.addEventListener("fd:diary-open", ({ detail }) => detail.url && open(detail.url));
// Where a patient would be told, nothing moves before what they will read was seen: the panel opens with it.
function ask({ url, resource, start, revert }) {
  revert();
  open(`${url}?${new URLSearchParams({ start, practitioner: resource })}`);
}

grid?.addEventListener("fd:diary-move", ({ detail }) => (detail.tells ? ask(detail) : move(detail)));

for (const input of document.querySelectorAll("[data-submits]")) {
  input.addEventListener("change", () => input.value !== undefined && input.form.reportValidity() && input.form.requestSubmit());
  input.form.querySelector("[data-go]").classList.add("visually-hidden");
}
