// A new escalation: a short message in the corner of every open page, and the browser's own notification. Permission is asked by <button data-notify-ask>, never unasked.
// It follows the event "fd:escalation_opened" (detail: {id}).
import { gettext } from "./words.js";

const KEY = "fd-notify";
const body = document.body;

const possible = () => "Notification" in window;
const wanted = () => {
  try {
    return possible() && Notification.permission === "granted" && localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
};

function render() {
  if (wanted()) body.dataset.notifyOn = "yes";
  else delete body.dataset.notifyOn;
  for (const button of document.querySelectorAll("[data-notify-ask]")) {
    button.hidden = !possible();
    button.setAttribute("aria-pressed", String(wanted()));
    const words = button.querySelector("[data-notify-words]");
    if (!words) continue;
    if (possible() && Notification.permission === "denied") words.textContent = gettext("Notifications are blocked in this browser");
    else words.textContent = wanted() ? gettext("Notifications are on") : gettext("Notify me here");
  }
}

async function toggle() {
  if (!possible()) return;
  const on = !wanted();
  if (on && Notification.permission !== "granted") await Notification.requestPermission();
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Private windows may refuse storage; the choice then holds for nothing, and the button says so.
  }
  render();
}

function tell(detail) {
  if (!wanted() || document.hasFocus()) return;
  const note = new Notification(body.dataset.businessName || "Frontdesk", {
    body: gettext("A conversation needs you."), // no names here: other people may see the screen
    tag: `fd-escalation-${detail.id}`,
    icon: body.dataset.notifyIcon,
  });
  note.onclick = () => {
    window.focus();
    if (body.dataset.escalationsUrl) location.assign(body.dataset.escalationsUrl);
  };
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-notify-ask]")) toggle();
});
document.addEventListener("htmx:afterSwap", render);
const NEWS = {
  late: gettext("A patient is running late. The diary shows it."),
  waitlist_needs_you: gettext("A time is held for somebody who has to be called. It is on the waiting list."),
  case_needs_you: gettext("A patient of somebody who is out needs you. The diary’s board shows who."),
};
for (const [name, text] of Object.entries(NEWS)) {
  body.addEventListener(`fd:${name}`, () => {
    body.dispatchEvent(new CustomEvent("fd:toast", { detail: { level: "warning", text } }));
  });
}
body.addEventListener("fd:escalation_opened", (event) => {
  const text = gettext("A conversation needs a person. It is under Escalations.");
  body.dispatchEvent(new CustomEvent("fd:toast", { detail: { level: "warning", text } }));
  tell(event.detail);
});
render();
