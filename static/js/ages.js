// <time datetime="…" data-age> shows how long ago, in the words of the `age` template filter, and keeps it true.
function words(minutes) {
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

function renew() {
  for (const element of document.querySelectorAll("time[data-age]")) {
    const text = words(Math.floor((Date.now() - Date.parse(element.dateTime)) / 60000));
    if (element.textContent !== text) element.textContent = text;
  }
}
setInterval(renew, 20000);
