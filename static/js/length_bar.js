// The bar below a service's length: what one appointment blocks, to scale, redrawn while the minutes are typed.
import { gettext, ngettext } from "./words.js";

const bar = document.querySelector("[data-length-bar]");
const form = document.querySelector("[data-service-form]");
const BEGINS = 9 * 60; // an example that starts at nine

const minutes = (name) => Math.max(0, Number.parseInt(form.elements[name].value, 10) || 0);
const clock = (time) => `${Math.floor(time / 60) % 24}:${String(time % 60).padStart(2, "0")}`;

function draw() {
  const found = { before: minutes("buffer_before"), length: minutes("duration"), after: minutes("buffer_after") };
  for (const [name, value] of Object.entries(found)) {
    const part = bar.querySelector(`[data-part="${name}"]`);
    part.style.flexGrow = value;
    part.hidden = value === 0;
    part.textContent = value >= 5 ? value : "";
  }
  bar.hidden = found.length === 0; // a new service says nothing yet
  const total = found.before + found.length + found.after;
  const buffered = total > found.length;
  const [begins, from, until] = [BEGINS, BEGINS - found.before, BEGINS + found.length + found.after].map(clock);
  bar.querySelector("[data-length-words]").textContent = buffered
    ? gettext("An appointment at %(begins)s blocks %(from)s–%(until)s: %(total)s minutes.", { begins, from, until, total })
    : ngettext("An appointment blocks %(count)s minute.", "An appointment blocks %(count)s minutes.", total);
}

if (bar && form) {
  form.addEventListener("input", draw);
  draw();
}
