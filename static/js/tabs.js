// A row of tabs that is wider than the screen begins with the one that is open in sight.
for (const open of document.querySelectorAll(".tab-row [aria-current]")) {
  const row = open.closest(".tab-row");
  const place = open.getBoundingClientRect();
  const frame = row.getBoundingClientRect();
  row.scrollLeft += place.left + place.width / 2 - (frame.left + frame.width / 2);
}
