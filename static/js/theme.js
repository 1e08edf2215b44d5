// Light, dark or the system's choice. A classic script in <head>, so that it runs before the first paint.
// The choice lives in localStorage "fd-theme": "light", "dark" or absent (auto).
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const next = { auto: "light", light: "dark", dark: "auto" };
  const words = { auto: "as the system", light: "light", dark: "dark" };

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
      button.setAttribute("aria-label", `Colours: ${words[chosen]}. Change to ${words[next[chosen]]}.`);
      button.title = `Colours: ${words[chosen]}`;
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
