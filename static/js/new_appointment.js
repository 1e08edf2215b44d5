// An appointment's form, wherever it is opened. Free times (diary/_free.html) are put into its date, time and practitioner;
// arrow keys walk through the patients who were found (diary/_patients_found.html): [data-walk] around [data-walked].
document.addEventListener("click", (event) => {
  const chip = event.target.closest("button[name=at]");
  if (!chip?.form) return;
  event.preventDefault();
  const [when, practitioner] = chip.value.split("/");
  const [date, time] = when.split("T");
  Object.assign(chip.form.elements.date, { value: date });
  Object.assign(chip.form.elements.time, { value: time });
  Object.assign(chip.form.elements.practitioner, { value: practitioner });
  chip.form.elements.time.dispatchEvent(new Event("change", { bubbles: true }));
});

// What patients will read comes after the form was opened: the button that has the focus stays in sight.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const here = document.activeElement;
  if (target.matches?.(".told") && here?.matches("button") && target.closest("form")?.contains(here)) here.scrollIntoView({ block: "nearest" });
});

// Enter beside the reason means "anyway", not what the form would do by itself.
document.addEventListener("keydown", (event) => {
  const anyway = event.key === "Enter" && event.target.matches("input[name=reason]") && event.target.form?.elements.overrule;
  if (!anyway) return;
  event.preventDefault();
  anyway.click();
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = step && event.target.closest("[data-walk]");
  if (!list) return;
  const lines = [...list.querySelectorAll("[data-walked]")];
  const here = lines.indexOf(document.activeElement);
  if (!lines.length || (here < 0 && !event.target.matches("input[name=name]"))) return;
  event.preventDefault();
  if (here + step < 0) list.querySelector("input[name=name]").focus();
  else lines[Math.min(here + step, lines.length - 1)].focus();
});
