// What is said to people, in the page's language. The catalog (tenants/script_words.py) is loaded before modules run;
// English has none. Only plain strings as arguments, so that `make words` finds them; blanks are %(name)s.
const fill = (text, blanks) => text.replace(/%\((\w+)\)s/g, (_, name) => blanks[name]);

export const gettext = (text, blanks = {}) => fill(window.django?.gettext(text) ?? text, blanks);

export const ngettext = (one, many, count, blanks = {}) =>
  fill(window.django?.ngettext(one, many, count) ?? (count === 1 ? one : many), { count, ...blanks });

// What Intl is asked with: its "pt" is Brazilian.
export const language = document.documentElement.lang === "pt" ? "pt-PT" : document.documentElement.lang;

// A duration in one unit, as the `age` template filter says it.
export function span(minutes) {
  if (minutes < 60) return gettext("%(n)s min", { n: Math.max(1, minutes) });
  if (minutes < 48 * 60) return gettext("%(n)s h", { n: Math.floor(minutes / 60) });
  return gettext("%(n)s d", { n: Math.floor(minutes / 1440) });
}
