// A reply that was refused because one is logged out (or the page too old) waits in this tab, and stands in the box again
// once the page is back.
const KEY = `fd-unsent:${location.pathname}`;
const box = document.getElementById("reply");
const kept = sessionStorage.getItem(KEY);

if (box && kept) {
  sessionStorage.removeItem(KEY);
  box.value = kept;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.body.addEventListener("htmx:responseError", (event) => {
  const text = document.getElementById("reply")?.value;
  if (text && [401, 403].includes(event.detail.xhr.status)) sessionStorage.setItem(KEY, text);
});
