// [data-stick-to-end] stays at its newest message, unless the reader has scrolled up to older ones.
const NEAR = 120;
const atEnd = new WeakMap();
const toEnd = (box) => (box.scrollTop = box.scrollHeight);

function watch(box) {
  if (atEnd.has(box)) return;
  atEnd.set(box, true);
  toEnd(box);
  box.addEventListener("scroll", () => atEnd.set(box, box.scrollHeight - box.scrollTop - box.clientHeight < NEAR), { passive: true });
  const follow = () => atEnd.get(box) && toEnd(box);
  new MutationObserver(follow).observe(box, { childList: true, subtree: true });
  new ResizeObserver(follow).observe(box);
}

const find = () => document.querySelectorAll("[data-stick-to-end]").forEach(watch);
document.addEventListener("htmx:afterSettle", find);
find();

// A reply that was accepted empties its box (whatever the server wrote into it) and takes the old error away:
// <form data-clear-on-success> with htmx. <form data-focus-after="#reply"> says where the focus goes when the answer
// has taken its button away.
export function empty(form) {
  for (const field of form.querySelectorAll("textarea")) {
    field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const error of form.querySelectorAll(".field__error")) error.remove();
}

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-clear-on-success]");
  const asked = event.target === form || event.target.matches?.("button"); // its text field asks, too: to keep a draft
  if (form && asked && event.detail.successful) empty(form);
});

// What stands in the box while it is being sent is no draft any more: kept after its reply, it would come back.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.matches?.("textarea") && event.target.closest("form[data-clear-on-success]");
  if (form && (form.matches(".htmx-request") || form.querySelector("button.htmx-request"))) event.preventDefault();
});

let leaving = null; // the form whose answer is awaited, and where the focus goes then
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (form.dataset.focusAfter) leaving = { form, next: form.dataset.focusAfter };
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!leaving || event.detail.requestConfig?.elt !== leaving.form) return;
  const here = document.activeElement;
  const typing = here?.matches("input, textarea, select") && !leaving.form.contains(here); // they went on meanwhile
  if (!typing) document.querySelector(leaving.next)?.focus({ preventScroll: true });
  leaving = null;
});

// What was fetched while somebody looks at the page counts as read; a page that comes back into view says so.
document.addEventListener("htmx:configRequest", (event) => {
  if (!document.hidden) event.detail.headers["FD-In-View"] = "yes";
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.body.dispatchEvent(new CustomEvent("fd:in-view"));
});
