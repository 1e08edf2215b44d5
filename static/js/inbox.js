// The inbox's list by keyboard: arrow keys, Home and End walk through the conversations while one of them has the
// focus; Enter opens it, as any link.
const KEYS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

document.addEventListener("keydown", (event) => {
  const here = event.target.closest?.(".conversation-row__link");
  if (!here || !(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...document.querySelectorAll(".conversation-row__link")];
  const place = links.indexOf(here) + KEYS[event.key];
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, place))].focus();
});

// Where one was in a long list is kept from page to page.
const rows = () => document.getElementById("inbox-rows");
const KEY = `fd-inbox:${location.pathname.split("/")[2]}`;
addEventListener("pagehide", () => rows() && sessionStorage.setItem(KEY, String(rows().scrollTop)));
if (rows()) rows().scrollTop = Number(sessionStorage.getItem(KEY) ?? 0);
rows()?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
