// What the model wrote goes into the reply box; Undo brings back what stood there.
let before = null;

const put = (text) => {
  const box = document.getElementById("reply");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

document.addEventListener("htmx:afterSwap", () => {
  const written = document.querySelector("#writing-help textarea[data-written]:not([data-used])");
  if (!written) return;
  written.dataset.used = "";
  before = document.getElementById("reply").value;
  put(written.value);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-writing-undo]");
  if (!button || before === null) return;
  put(before);
  before = null;
  button.closest("[role=status]").remove();
});
