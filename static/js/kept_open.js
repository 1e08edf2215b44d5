// What somebody has opened to read stays open while the page around it is brought up to date.
const { callbacks } = window.Idiomorph.defaults;
const before = callbacks.beforeAttributeUpdated;
callbacks.beforeAttributeUpdated = (name, node, ...rest) =>
  name === "open" && node.matches("details[data-kept-open]") ? false : before?.(name, node, ...rest);
