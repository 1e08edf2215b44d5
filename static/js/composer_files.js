// Files for a reply: chosen, dropped or pasted into form#reply-form, shown before they go, refused at once where the
// vendor would (data-file-limits, as the server checks it again). The input itself holds them, so that the form sends them.
import { gettext } from "./words.js";

const form = () => document.getElementById("reply-form");
const input = () => form()?.querySelector("input[data-file-limits]");
const place = () => document.getElementById("composer-files");
const MB = 1024 * 1024;
let kept = []; // what is attached; a box that was drawn anew gets it back

function put(files) {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input().files = carrier.files;
  kept = files;
  draw();
}

function wrong(file, limits) {
  const most = limits.types[file.type];
  if (file.type && most === undefined) return gettext("%(name)s is of a kind that WhatsApp does not take.", { name: file.name });
  const limit = most ?? Math.max(...Object.values(limits.types));
  if (file.size > limit) return gettext("%(name)s is too large: WhatsApp takes at most %(size)s MB of its kind.", { name: file.name, size: limit / MB });
  return file.size ? "" : gettext("%(name)s is empty.", { name: file.name });
}

function add(files) {
  if (!input() || !files.length) return;
  const limits = JSON.parse(input().dataset.fileLimits);
  const problems = [];
  const taken = [...kept];
  for (const file of files) {
    const problem = wrong(file, limits) || (taken.length >= limits.most ? gettext("At most %(most)s files at once.", { most: limits.most }) : "");
    if (problem) problems.push(problem);
    else taken.push(file);
  }
  put(taken);
  for (const problem of new Set(problems)) place().append(element("p", "field__error", problem));
  if (taken.length) document.getElementById("reply").focus();
}

function element(tag, css, text) {
  const made = document.createElement(tag);
  made.className = css;
  if (text) made.textContent = text;
  return made;
}

function draw() {
  for (const picture of place().querySelectorAll("img")) URL.revokeObjectURL(picture.src);
  place().replaceChildren(...kept.map(chip));
}

function chip(file, number) {
  const made = element("div", "file-chip");
  if (/^image\/(jpeg|png)$/.test(file.type)) {
    const picture = element("img", "file-chip__picture");
    picture.src = URL.createObjectURL(file);
    picture.alt = "";
    made.append(picture);
  }
  const words = element("span", "file-chip__words");
  const size = file.size < MB ? `${Math.max(1, Math.round(file.size / 1024))} KB` : `${(file.size / MB).toFixed(1)} MB`;
  words.append(element("span", "file-chip__name", file.name), element("span", "file-chip__size", size));
  const off = element("button", "file-chip__off", "×");
  off.type = "button";
  off.setAttribute("aria-label", gettext("Take %(name)s away", { name: file.name }));
  off.addEventListener("click", () => {
    put(kept.filter((_, each) => each !== number));
    (place().querySelector(".file-chip__off") ?? document.getElementById("reply")).focus();
  });
  made.append(words, off);
  return made;
}

document.addEventListener("change", (event) => event.target === input() && add([...event.target.files]));
document.addEventListener("paste", (event) => {
  if (event.target.closest?.("#reply-form") && event.clipboardData?.files.length && input()) {
    event.preventDefault();
    add([...event.clipboardData.files]);
  }
});
const thread = (event) => input() && event.target.closest?.(".thread") && event.dataTransfer?.types.includes("Files");
document.addEventListener("dragover", (event) => {
  if (!thread(event)) return;
  event.preventDefault();
  form().classList.add("composer--over");
});
for (const end of ["dragleave", "drop", "dragend"])
  document.addEventListener(end, (event) => {
    if (end === "dragleave" && event.relatedTarget?.closest?.(".thread")) return;
    form()?.classList.remove("composer--over");
  });
document.addEventListener("drop", (event) => {
  if (!thread(event)) return;
  event.preventDefault();
  add([...event.dataTransfer.files]);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (input() && event.target === form() && event.detail.successful) put([]); // some numbers take no files
});
// After a refusal the box is drawn anew: what was attached is still there.
document.addEventListener("htmx:afterSettle", () => {
  if (input() && kept.length && !input().files.length) put(kept);
});
