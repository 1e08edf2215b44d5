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

// [data-closes-on-choice] is a popover of forms with one button each: whoever has chosen is done with it.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches?.("[data-closes-on-choice] form")) event.target.closest("[popover]").hidePopover();
});
