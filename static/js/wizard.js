// The wizard works without this; it saves typing. The address follows the name until somebody edits it, timezone
// and country come from the browser, and a form with data-once is sent once and shows that something happens.
const name = document.getElementById("id_name");
const slug = document.getElementById("id_slug");

const slugOf = (text) =>
  text.normalize("NFKD").replace(/[\u0300-\u036f']/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 50).replace(/^-+|-+$/g, "");

if (name && slug) {
  let own = slug.value !== "" && slug.value !== slugOf(name.value);
  slug.addEventListener("input", () => {
    own = slug.value !== "";
    slug.closest(".field").classList.remove("field--error"); // the live answer below takes over
    document.getElementById("id_slug_error")?.remove();
    slug.removeAttribute("aria-invalid");
    slug.removeAttribute("aria-describedby");
  });
  name.addEventListener("input", () => {
    if (!own) slug.value = slugOf(name.value);
  });
  // Who typed faster than this came has not been heard; htmx, which asks whether the address is free, starts first.
  const heard = () => name.value && !own && slug.value === "" && name.dispatchEvent(new Event("input", { bubbles: true }));
  document.addEventListener("DOMContentLoaded", heard);
}

const timezone = document.querySelector("[data-suggest-timezone] #id_timezone");
if (timezone) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const country = document.getElementById("id_country");
  const zones = [...document.querySelectorAll("#timezones option")];
  let chosen = Boolean(name.value); // a form that comes back keeps what it holds
  const follow = () => {
    const zone = zones.find((option) => option.value === timezone.value);
    if (zone?.dataset.country && !chosen) country.value = zone.dataset.country;
  };
  if (!chosen && zones.some((option) => option.value === here)) timezone.value = here;
  follow();
  timezone.addEventListener("change", follow);
  country.addEventListener("change", () => (chosen = true));
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
