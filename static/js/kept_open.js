// What somebody has opened stays open while news brings the page around it up to date; what they send themselves may close it.
const { callbacks } = window.Idiomorph.defaults;
const before = callbacks.beforeAttributeUpdated;
let news = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  news = detail.requestConfig?.triggeringEvent?.type.startsWith("fd:") ?? false;
});
const isKept = (node) => node.matches("details[data-kept-open]") || (news && node.matches("details"));
callbacks.beforeAttributeUpdated = (name, node, ...rest) => (name === "open" && isKept(node) ? false : before?.(name, node, ...rest));
