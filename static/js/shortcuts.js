// data-shortcut="mod+k" focuses a field or presses a button; "mod" is Ctrl, or Cmd on a Mac. Only combinations:
// single letters would get in the way of people who dictate (WCAG 2.1.4).
const written = (event) => {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey) parts.push("shift");
  return parts.length ? [...parts, event.key.toLowerCase()].join("+") : "";
};

document.addEventListener("keydown", (event) => {
  const keys = written(event);
  if (!keys || event.isComposing) return;
  if (keys === "mod+enter") {
    const form = event.target.closest?.("form[data-send-on-mod-enter]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  const target = document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});
