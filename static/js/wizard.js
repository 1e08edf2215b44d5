// The wizard works without this; it saves typing. The address follows the name until somebody edits it, the
// timezone comes from the browser, and a form with data-once is sent once and shows that something happens.
const name = document.getElementById("id_name");
const slug = document.getElementById("id_slug");

const slugOf = (text) =>
  text.normalize("NFKD").replace(/[\u0300-\u036f']/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 50).replace(/^-+|-+$/g, "");

if (name && slug) {
  let own = slug.value !== "" && slug.value !== slugOf(name.value);
  slug.addEventListener("input", () => (own = slug.value !== ""));
  name.addEventListener("input", () => {
    if (!own) slug.value = slugOf(name.value);
  });
}

const timezone = document.querySelector("[data-suggest-timezone] #id_timezone");
if (timezone) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...document.querySelectorAll("#timezones option")].some((option) => option.value === here);
  if (known && !name.value && timezone.value === timezone.defaultValue) timezone.value = here;
  timezone.addEventListener("focus", () => timezone.select()); // typing then searches the list at once
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.busyWords) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    button.setAttribute("aria-disabled", "true");
    button.classList.add("htmx-request");
    button.querySelector("[data-busy-label]").textContent = button.dataset.busyWords;
    form.querySelector("[data-busy-status]").textContent = button.dataset.busyWords;
  });
}
addEventListener("pageshow", (event) => event.persisted && location.reload());
