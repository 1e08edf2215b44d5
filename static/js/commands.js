// The command bar: asks for its first list when it opens, arrow keys walk through what was found, Enter opens the
// first. Alt J and Alt K go to the next conversation of the inbox and the one before.
const bar = document.getElementById("command-bar");
const found = () => [...bar.querySelectorAll(".hits__link")];

bar?.addEventListener("toggle", () => bar.open && bar.querySelector("form").dispatchEvent(new CustomEvent("fd:open")));
bar?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = found();
  if (step && links.length) {
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + step;
    if (next < 0) bar.querySelector("input").focus();
    else links[Math.min(next, links.length - 1)].focus();
  } else if (event.key === "Escape") {
    event.preventDefault(); // a search field would only empty itself
    bar.close();
  } else if (event.key === "Enter" && event.target.matches("input") && links.length) {
    event.preventDefault();
    links[0].click();
  }
});

document.addEventListener("keydown", (event) => {
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const links = [...document.querySelectorAll(".conversation-row__link")];
  if (!links.length) return;
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[here < 0 ? 0 : here + step];
  if (!next) return;
  event.preventDefault();
  next.click();
});
