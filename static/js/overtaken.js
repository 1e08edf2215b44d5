// An act's own news may bring the page up to date before its answer comes, and take the form away that asked. htmx looks
// upwards from that form for how the answer is put in, and would put it inside its target; so it is put in from there.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const asked = detail.requestConfig?.elt;
  if (!asked || asked.isConnected || !detail.shouldSwap) return;
  detail.shouldSwap = false;
  const { target, serverResponse, swapOverride } = detail;
  const swapStyle = swapOverride ?? asked.getAttribute("hx-swap") ?? "innerHTML";
  const style = { swapStyle, swapDelay: 0, settleDelay: 0 };
  htmx.swap(target, serverResponse, style, { contextElement: target, eventInfo: detail });
});
