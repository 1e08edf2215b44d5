// A "/" at the beginning of the reply box brings the saved replies; arrow keys choose, Enter or a click fills the box,
// Escape closes the list.
const box = () => document.querySelector("textarea[data-replies-url]");
const list = () => document.getElementById("saved-replies");
const items = () => [...(list()?.querySelectorAll(".reply-list__item") ?? [])];

function close() {
  if (list()) list().replaceChildren();
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("textarea[data-replies-url]")) return;
  if (!/^\/[^\s]*$/.test(field.value)) return close();
  const url = `${field.dataset.repliesUrl}?q=${encodeURIComponent(field.value)}`;
  htmx.ajax("GET", url, { target: "#saved-replies", swap: "innerHTML" });
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest?.(".reply-list__item");
  if (!chosen) return;
  const field = box();
  field.value = chosen.dataset.reply;
  close();
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("keydown", (event) => {
  const inList = event.target.closest?.("#saved-replies");
  if (!inList && event.target !== box()) return;
  const all = items();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement);
  if (event.key === "Escape") {
    close();
    box().focus();
  } else if (event.key === "ArrowDown") all[Math.min(here + 1, all.length - 1)].focus();
  else if (event.key === "ArrowUp" && inList) here > 0 ? all[here - 1].focus() : box().focus();
  else if (event.key === "Enter" && event.target === box() && !event.ctrlKey && !event.metaKey) all[0].click();
  else return;
  event.preventDefault();
});
document.addEventListener("htmx:afterRequest", (event) => event.target.id === "reply-form" && close());
