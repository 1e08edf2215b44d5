// <time datetime="…" data-age> shows how long ago, in the words of the `age` template filter, and keeps it true.
import { gettext, span } from "./words.js";

function words(minutes) {
  if (minutes < 1) return gettext("just now");
  return span(minutes);
}

function renew() {
  for (const element of document.querySelectorAll("time[data-age]")) {
    const text = words(Math.floor((Date.now() - Date.parse(element.dateTime)) / 60000));
    if (element.textContent !== text) element.textContent = text;
  }
}
setInterval(renew, 20000);
