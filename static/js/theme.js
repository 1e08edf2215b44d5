// Light, dark or the system's choice. A classic script in <head>, so that it runs before the first paint.
// The choice lives in localStorage "fd-theme": "light", "dark" or absent (auto).
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const next = { auto: "light", light: "dark", dark: "auto" };
  // A classic script can't import words.js; each pair is whole, since languages bend the second.
  const gettext = (text) => window.django?.gettext(text) ?? text;
  const words = () => ({
    auto: [gettext("Colours: as the system"), gettext("Change to as the system.")],
    light: [gettext("Colours: light"), gettext("Change to light.")],
    dark: [gettext("Colours: dark"), gettext("Change to dark.")],
  });

  const choice = () => {
    try {
      return localStorage.getItem("fd-theme") || "auto";
    } catch {
      return "auto";
    }
  };

  const apply = () => {
    const chosen = choice();
    const dark = chosen === "dark" || (chosen === "auto" && system.matches);
    root.setAttribute("data-bs-theme", dark ? "dark" : "light");
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      const [now] = words()[chosen];
      button.setAttribute("aria-label", `${now}. ${words()[next[chosen]][1]}`);
      button.title = now;
      for (const icon of button.querySelectorAll("[data-theme-icon]")) {
        icon.hidden = icon.dataset.themeIcon !== chosen;
      }
    }
  };

  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const chosen = next[choice()];
    try {
      if (chosen === "auto") localStorage.removeItem("fd-theme");
      else localStorage.setItem("fd-theme", chosen);
    } catch {
      root.setAttribute("data-bs-theme", chosen);
    }
    apply();
  });
})();
