// The phone: shows what the patient sees, sends what the patient writes. It asks for news twice a second.
const byId = (id) => document.getElementById(id);
const fields = ["phone", "profile", "number"];
const screen = byId("screen");
let shown = "";

const asked = new URLSearchParams(location.search);
for (const id of fields) {
  const kept = asked.get(id) ?? localStorage.getItem(`phone.${id}`);
  if (kept && (asked.has(id) || id !== "number" || !byId("number").value)) byId(id).value = kept;
  byId(id).addEventListener("change", () => {
    localStorage.setItem(`phone.${id}`, byId(id).value.trim());
    if (id === "phone") nameOf(byId("phone").value);
    shown = "";
    refresh();
  });
}
byId("who").open = !byId("number").value || matchMedia("(min-width: 52rem)").matches;

function nameOf(number) {
  const known = [...byId("patients").options].find((option) => option.value === number.trim());
  if (known) byId("profile").value = known.textContent;
}

function value(id) { return byId(id).value.trim(); }

function problem(text) {
  const pinned = atEnd();
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
  if (pinned) toEnd();
}

async function send(message) {
  if (!value("number")) { byId("who").open = true; byId("number").focus(); return problem("Choose a business number first."); }
  problem("");
  toEnd();
  const body = { from: value("phone"), to: value("number"), profile_name: value("profile"), ...message };
  const sending = fetch("/control/patient/send", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  setTimeout(refresh, 80);
  try {
    const answer = await sending;
    const result = await answer.json();
    if (!answer.ok) problem(result.error);
    else if (result.status === null) problem("The business’s system could not be reached. The message waits at the provider.");
    else if (result.status >= 400) problem(`The business’s system refused the message (${result.status}).`);
  } catch { problem("The sandbox does not answer."); }
  refresh();
}

byId("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("text").value;
  if (!text.trim()) return;
  byId("text").value = "";
  send({ body: text });
});
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); byId("compose").requestSubmit(); }
});
for (const button of document.querySelectorAll("[data-sample]"))
  button.addEventListener("click", () => send({ media: [{ sample: button.dataset.sample }] }));
byId("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let place = 0; place < bytes.length; place += 32768) text += String.fromCharCode(...bytes.subarray(place, place + 32768));
  event.target.value = "";
  send({ body: byId("text").value, media: [{ name: file.name, content_type: file.type || "application/octet-stream", content_base64: btoa(text) }] });
  byId("text").value = "";
});
document.querySelector("[data-location]").addEventListener("click", () =>
  send({ message_type: "location", extra: { Latitude: "51.5033", Longitude: "-0.1196", Address: "London SE1", Label: "Here" } }));
document.querySelector("[data-empty]").addEventListener("click", () => send({ body: "" }));

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const words = { image: "Image", audio: "Voice note", video: "Video", sticker: "Sticker", location: "Location", document: "Document" };

function bubble(message) {
  const box = element("div", `bubble ${message.by}${message.reached ? "" : " unreached"}`);
  const kind = message.fields.MessageType;
  for (const sid of message.media) box.append(file(sid, kind));
  if (message.body) box.append(element("p", "", message.body));
  else if (message.by === "patient") box.append(element("p", "kind", words[kind] ?? "(empty text)"));
  if (message.content) box.append(choices(message));
  box.append(meta(message));
  return box;
}

function file(sid, kind) {
  const tags = { audio: "audio", video: "video", document: "a" };
  const made = element(tags[kind] ?? "img");
  if (kind === "audio" || kind === "video") { made.controls = true; made.setAttribute("aria-label", words[kind]); }
  else if (kind === "document") { made.href = `/phone/media/${sid}`; made.textContent = "Open"; }
  else made.alt = kind === "sticker" ? "Sticker" : "Picture";
  if (kind !== "document") made.src = `/phone/media/${sid}`;
  return made;
}

function choices(message) {
  const list = element("div", "choices");
  const { kind, definition } = message.content;
  for (const action of definition.actions ?? []) {
    const button = element("button", "", action.title);
    button.addEventListener("click", () => send({ body: action.title, message_type: "button", extra: {
      ButtonText: action.title, ButtonPayload: action.id ?? action.title, OriginalRepliedMessageSid: message.sid } }));
    list.append(button);
  }
  if (kind === "twilio/list-picker") for (const item of definition.items) {
    const button = element("button", "", item.item);
    if (item.description) button.append(element("small", "", item.description));
    button.addEventListener("click", () => send({ body: item.item, message_type: "interactive", extra: {
      ListId: item.id, ListTitle: item.item, OriginalRepliedMessageSid: message.sid } }));
    list.append(button);
  }
  for (const button of list.querySelectorAll("button")) button.type = "button";
  return list;
}

function meta(message) {
  const time = new Date(message.time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (message.by === "business") {
    const note = message.reached ? "" : message.error_code ? ` · not delivered (${message.error_code})` : " · on its way";
    return element("span", "meta", time + note);
  }
  const taken = message.webhook_status;
  const [tick, label] = taken === null ? ["✓", "sent"] : taken < 400 ? ["✓✓", "delivered"] : ["!", "not taken"];
  const made = element("span", `meta${tick === "✓✓" ? " read" : ""}`, `${time} ${tick}`);
  made.append(element("span", "visually-hidden", ` ${label}`));
  return made;
}

function atEnd() { return screen.scrollHeight - screen.scrollTop - screen.clientHeight < 80; }
function toEnd() { screen.scrollTop = screen.scrollHeight; }

function draw(messages) {
  const pinned = atEnd() || !shown;
  const rows = [];
  let day = "";
  for (const message of messages) {
    const date = new Date(message.time).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
    if (date !== day) rows.push(element("span", "day", date));
    day = date;
    rows.push(bubble(message));
  }
  screen.replaceChildren(...rows);
  if (!pinned) return;
  toEnd();
  // Pictures get their height only when they are loaded.
  for (const picture of screen.querySelectorAll("img")) picture.addEventListener("load", toEnd, { once: true });
}

let asking = false;
async function refresh() {
  const number = value("number");
  byId("with").textContent = number || "Choose a business number";
  if (!number || !value("phone") || asking) return;
  asking = true;
  try {
    const visible = document.visibilityState === "visible" ? "1" : "0";
    const answer = await fetch(`/phone/screen?${new URLSearchParams({ phone: value("phone"), number, visible })}`);
    const state = await answer.json();
    if (!answer.ok) { byId("state").textContent = state.error; return; }
    byId("state").textContent = state.typing ? "typing…" : "";
    const text = JSON.stringify(state.messages);
    if (text !== shown) { draw(state.messages); shown = text; }
  } catch { byId("state").textContent = "The sandbox does not answer."; }
  finally { asking = false; }
}
refresh();
setInterval(refresh, 500);
