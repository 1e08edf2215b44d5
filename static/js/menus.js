// <details class="menu"> works alone; this closes it on Escape, on a click outside, and when the focus leaves.
const closeAll = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeAll(event.target.closest("details.menu")));
document.addEventListener("focusin", (event) => closeAll(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// [data-closes-on-choice] is a popover of forms with one button each: once the choice was carried out, it closes. Not
// before: closing one may fetch its content anew, and a form that is taken away takes its answer with it.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig?.verb === "post") document.querySelector("[data-closes-on-choice]:popover-open")?.hidePopover();
});
