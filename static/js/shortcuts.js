// data-shortcut="mod+k" focuses a field or presses a button; "mod" is Ctrl, or Cmd on a Mac. Only combinations:
// single letters would get in the way of people who dictate (WCAG 2.1.4).

// Alt types another sign on a Mac ("†" for T): there the key's place says what is meant. A sign like "/" may itself want
// Shift (on a German keyboard), which then isn't part of the combination.
export const keyOf = (event) => {
  const typed = /^([a-z]|\w{2,})$/i.test(event.key) || !event.altKey || event.ctrlKey || event.metaKey;
  return (typed ? event.key : event.code.replace(/^Key/, "")).toLowerCase();
};

const written = (event) => {
  const [mod, key] = [event.ctrlKey || event.metaKey, keyOf(event)];
  const parts = [];
  if (mod) parts.push("mod");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && key !== "/") parts.push("shift");
  return parts.length ? [...parts, key].join("+") : "";
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
  const dialog = document.querySelector("dialog:modal"); // what lies behind it rests
  if (!target) return;
  event.preventDefault();
  if (dialog && !dialog.contains(target)) return;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});
