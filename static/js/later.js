// What was kept for later is out of the reply box, and the menu of times is closed.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-later]");
  if (!form || !event.detail.successful) return;
  const box = document.getElementById("reply");
  if (box) box.value = "";
  form.closest("[popover]")?.hidePopover();
  box?.focus();
});
