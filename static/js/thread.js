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

// A reply that was accepted empties its box: <form data-clear-on-success> with htmx.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-clear-on-success]");
  if (form && event.target === form && event.detail.successful) form.reset();
});
