// <time datetime="…" data-due="Reply"> says how long is left, in the words of escalations/clock_words.py, and the badge
// around it ([data-due-mark]) how near that is. What lies further off than twelve hours stays as the server wrote it.
const SOON = 15;
const FAR = 12 * 60;

function span(minutes) {
  if (minutes < 60) return `${Math.max(1, minutes)} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

function words(left) {
  if (left < 0) return `${span(Math.floor(-left))} late`;
  return left < 1 ? "due now" : `due in ${span(Math.floor(left))}`;
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
