// The try-it chat: what is written is sent as the form would, and the answer is shown as it comes.
const box = document.querySelector("#try");
const form = box?.querySelector("form");

function add(parent, words, kind) {
  const bubble = document.createElement("p");
  bubble.className = `bubble bubble--${kind}`;
  bubble.textContent = words;
  parent.append(bubble);
  return bubble;
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const [, kind, data] = part.match(/^event: (\w+)\ndata: (.*)$/s) ?? [];
      if (kind) yield { kind, data: JSON.parse(data) };
    }
  }
}

async function send(body) {
  const coming = box.querySelector("[data-coming]");
  const steps = box.querySelector("[data-steps]");
  coming.className = "trace-talk";
  box.querySelector(".empty-state")?.remove();
  add(coming, body.get("text"), "patient");
  const waits = add(coming, "", "waits htmx-request"); // a model thinks for seconds
  waits.append(Object.assign(document.createElement("span"), { className: "spinner", ariaHidden: "true" }));
  steps.replaceChildren();
  const response = await fetch(box.dataset.stream, { method: "POST", body });
  if (!response.ok || !response.headers.get("content-type").startsWith("text/event-stream")) return false;
  let bubble = null;
  for await (const { kind, data } of events(response)) {
    if (kind === "text") {
      waits.remove();
      bubble ??= add(coming, "", "assistant");
      bubble.textContent += data.text;
    } else if (kind === "step") {
      bubble?.remove(); // a draft that was not sent, or words before a tool
      bubble = null;
      coming.append(waits);
      steps.insertAdjacentHTML("beforeend", data.html);
    } else if (kind === "done") {
      box.querySelector("#try-talk").innerHTML = data.html;
      box.querySelector("#try-steps").innerHTML = data.steps;
      form.elements.state.value = data.state;
      return true;
    } else return false;
  }
  return false;
}

form?.addEventListener("submit", async (event) => {
  if (event.submitter?.name === "again") return;
  event.preventDefault();
  const body = new FormData(form);
  const button = event.submitter ?? form.querySelector(".btn-primary");
  button.disabled = true;
  const told = await send(body).catch(() => false);
  button.disabled = false;
  if (!told) return form.submit(); // the plain page says what is wrong
  if (form.elements.text.value === body.get("text")) form.elements.text.value = ""; // or they wrote on meanwhile
  form.elements.text.focus({ preventScroll: true });
  const said = [...box.querySelectorAll(".trace-talk > .bubble")].pop();
  said?.scrollIntoView({ block: "center" });
});

form?.elements.text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
