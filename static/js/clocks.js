// <time datetime="…" data-due="Reply"> says how long is left, in the words of escalations/clock_words.py, and the badge
// around it ([data-due-mark]) how near that is. What lies further off than twelve hours stays as the server wrote it.
import { gettext, span } from "./words.js";

const SOON = 15;
const FAR = 12 * 60;

function words(left) {
  if (left < 0) return gettext("%(span)s late", { span: span(Math.floor(-left)) });
  return left < 1 ? gettext("due now") : gettext("due in %(span)s", { span: span(Math.floor(left)) });
}

function renew() {
  for (const element of document.querySelectorAll("time[data-due]")) {
    const left = (Date.parse(element.dateTime) - Date.now()) / 60000;
    if (left > FAR) continue;
    const text = `${element.dataset.due} ${words(left)}`;
    if (element.textContent !== text) element.textContent = text;
    const mark = element.closest("[data-due-mark]");
    mark?.classList.toggle("mark--bad", left < 0);
    mark?.classList.toggle("mark--warn", left >= 0 && left <= SOON);
    mark?.classList.toggle("mark--quiet", left > SOON);
  }
}
setInterval(renew, 20000);
