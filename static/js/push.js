// Web Push: <button data-push-key data-push-url data-push-worker> switches this browser on. The worker shows what comes.
import { gettext } from "./words.js";

const button = document.querySelector("[data-push-key]");
const note = document.querySelector("[data-push-note]");
const possible = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const say = (text) => note && (note.textContent = text);
const named = () => {
  const agent = navigator.userAgent;
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((each) => agent.includes(each)) ?? gettext("A browser");
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((each) => agent.includes(each));
  const name = browser === "Edg" ? "Edge" : browser;
  return system ? gettext("%(browser)s on %(system)s", { browser: name, system }) : name;
};

async function switchOn() {
  const worker = await navigator.serviceWorker.register(button.dataset.pushWorker);
  if ((await Notification.requestPermission()) !== "granted") return say(gettext("Notifications are blocked in this browser."));
  const key = bytes(button.dataset.pushKey);
  const told = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = told.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, browser: named() });
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const answer = await fetch(button.dataset.pushUrl, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (!answer.ok) return say(gettext("The server did not take this browser."));
  location.reload();
  return undefined;
}

if (button && possible) {
  button.hidden = false;
  say("");
  button.addEventListener("click", () => switchOn().catch(() => say(gettext("This browser’s push service could not be reached."))));
}
