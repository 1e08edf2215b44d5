// <time datetime="…" data-due="Reply"> says how long is left, in the words of escalations/clock_words.py, and the badge
// around it ([data-due-mark]) how near that is. What lies further off than twelve hours stays as the server wrote it.
import { gettext, span } from "./words.js";

const SOON = 15;
const FAR = 12 * 60;

// late, in, now: whole sentences, as the server's
const SENTENCES = {
  Reply: [
    (time) => gettext("Reply %(time)s late", { time }),
    (time) => gettext("Reply due in %(time)s", { time }),
    () => gettext("Reply due now"),
  ],
  Solve: [
    (time) => gettext("Solve %(time)s late", { time }),
    (time) => gettext("Solve due in %(time)s", { time }),
    () => gettext("Solve due now"),
  ],
  Promise: [
    (time) => gettext("Promise %(time)s late", { time }),
    (time) => gettext("Promise due in %(time)s", { time }),
    () => gettext("Promise due now"),
  ],
};

function words(what, left) {
  const [late, within, now] = SENTENCES[what];
  if (left < 0) return late(span(Math.floor(-left)));
  return left < 1 ? now() : within(span(Math.floor(left)));
}

function renew() {
  for (const element of document.querySelectorAll("time[data-due]")) {
    const left = (Date.parse(element.dateTime) - Date.now()) / 60000;
    if (left > FAR) continue;
    const text = words(element.dataset.due, left);
    if (element.textContent !== text) element.textContent = text;
    const mark = element.closest("[data-due-mark]");
    mark?.classList.toggle("mark--bad", left < 0);
    mark?.classList.toggle("mark--warn", left >= 0 && left <= SOON);
    mark?.classList.toggle("mark--quiet", left > SOON);
  }
}
setInterval(renew, 20000);
