// The diary: @event-calendar with one column per practitioner.
//   <div class="diary sheet" data-diary data-resources-id="…" data-events-src="/…" data-date="2026-11-26" data-view="day">
// data-resources-id names a json_script element: [{"id": 3, "title": "Dr Silva"}, …]. data-events-src answers
// ?start=…&end=… (local, without zone) with [{"id", "resourceId", "start", "end", "title", "classNames", "display",
// "editable", "extendedProps": {"url", "spoken"}}, …]: times in the business's own zone without offset, "display": "background" for what is closed.
// data-library and data-library-style are the addresses of the library, fetched where the grid is seen (css/diary.css): a
// phone shows the list alone. data-hours-from/-to ("08:00"), data-slot ("00:15:00"), data-movable allows dragging. Events on the element, for htmx:
// "fd:diary-pick" {resource, start, end}, "fd:diary-open" {id, url}, "fd:diary-move" {id, url, tells, resource, start, end}; after a
// refused move call event.detail.revert(). It refetches on "fd:diary" and "fd:refresh" of <body>.
import { gettext, language } from "./words.js";

const VIEWS = { day: "resourceTimeGridDay", week: "resourceTimeGridWeek", rooms: "resourceTimeGridDay", list: "listDay" };
const WIDE = matchMedia("(width >= 48rem)");
const pad = (number) => String(number).padStart(2, "0");
const local = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;

function part(tag, css, text) {
  const node = document.createElement(tag);
  node.className = css;
  node.textContent = text;
  return node;
}

// The library marks its boxes as a table, with children that a table may not have (axe: aria-required-children).
function dropTableRoles(element) {
  const roles = ["table", "grid", "row", "rowgroup", "rowheader", "cell", "gridcell", "columnheader"];
  const selector = roles.map((role) => `[role="${role}"]`).join();
  for (const pane of element.querySelectorAll(".ec-main")) pane.tabIndex = 0; // it scrolls: the keyboard must reach it
  for (const box of [element, ...element.querySelectorAll(selector)]) {
    if (!roles.includes(box.getAttribute("role"))) continue;
    box.removeAttribute("role");
    box.removeAttribute("aria-colindex");
    box.removeAttribute("aria-colspan");
  }
}

// Where a week is wider than the window, begin at the day that was asked for.
function showDay(element, date) {
  const head = element.querySelector(`.ec-header time[datetime^="${CSS.escape(date)}"]`);
  const pane = head?.closest(".ec-main");
  if (!pane || pane.scrollWidth <= pane.clientWidth) return;
  const side = element.querySelector(".ec-sidebar")?.getBoundingClientRect().right ?? pane.getBoundingClientRect().left;
  pane.scrollLeft += head.closest(".ec-col-head, .ec-col-group, div").getBoundingClientRect().left - side;
}

function build(element) {
  const data = element.dataset;
  const tell = (name, detail) => element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const resources = JSON.parse(document.getElementById(data.resourcesId)?.textContent ?? "[]");

  const fetchEvents = async ({ start, end }) => {
    const query = new URLSearchParams({ start: local(start), end: local(end) });
    if (data.view === "rooms") query.set("view", "rooms");
    if (data.location) query.set("location", data.location);
    if (data.practitioner) query.set("practitioner", data.practitioner);
    const answer = await fetch(`${data.eventsSrc}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the diary answered ${answer.status}`);
    return answer.json();
  };
  const failed = () => tell("fd:toast", { level: "error", text: gettext("The diary could not be loaded.") });
  const load = (info, show, refuse) => {
    fetchEvents(info).then(show, (error) => {
      failed();
      refuse(error);
    });
  };
  const moved = ({ event, revert }) =>
    tell("fd:diary-move", { id: event.id, ...event.extendedProps, resource: event.resourceIds[0], start: local(event.start), end: local(event.end), revert });

  const calendar = EventCalendar.create(element, {
    view: VIEWS[data.view] ?? VIEWS.day,
    date: data.date,
    resources,
    height: "100%",
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    nowIndicator: true,
    // Several people's week, or many rooms: columns stay wide enough for a name, and the grid scrolls sideways.
    columnWidth: resources.length > 1 ? "minmax(6.5rem, 1fr)" : undefined,
    datesAboveResources: data.view === "week",
    // A week leaves closed weekdays out; a day that was asked for is shown, closed or not.
    hiddenDays: data.view === "week" ? (data.hiddenDays ?? "").split(",").filter(Boolean).map(Number) : [],
    dayHeaderFormat: { weekday: "short", day: "numeric", month: "short" },
    firstDay: 1,
    locale: data.locale || language,
    slotMinTime: data.hoursFrom || "07:00",
    slotMaxTime: data.hoursTo || "21:00",
    slotDuration: data.slot || "00:15:00",
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    eventContent: ({ event, timeText }) => {
      const title = part("span", "ec-event-title", event.title);
      if (event.display === "background") return { domNodes: [title] };
      const spoken = part("span", "visually-hidden", event.extendedProps.spoken ?? "");
      return { domNodes: [part("time", "ec-event-time", timeText), title, spoken] };
    },
    editable: "movable" in data,
    selectable: true,
    eventSources: [{ events: load }],
    datesSet: () => requestAnimationFrame(() => showDay(element, data.date)), // after the library’s own way to today
    select: ({ start, end, resource }) => tell("fd:diary-pick", { resource: resource?.id, start: local(start), end: local(end) }),
    dateClick: ({ date, resource }) => tell("fd:diary-pick", { resource: resource?.id, start: local(date), end: local(date) }),
    eventClick: ({ event, jsEvent }) => {
      jsEvent.preventDefault();
      tell("fd:diary-open", { id: event.id, url: event.extendedProps.url });
    },
    eventDrop: moved,
    eventDurationEditable: false,
  });
  dropTableRoles(element);
  element.closest(".diary-page")?.setAttribute("data-drawn", "");
  new MutationObserver(() => dropTableRoles(element)).observe(element, { childList: true, subtree: true });
  const renew = () => calendar.refetchEvents();
  document.body.addEventListener("fd:diary", renew);
  document.body.addEventListener("fd:refresh", renew);
}

function fetchLibrary({ library, libraryStyle }, then) {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: libraryStyle });
  document.querySelector("link[rel=stylesheet]").before(style); // ours has the last word
  const script = Object.assign(document.createElement("script"), { src: library });
  script.addEventListener("load", then, { once: true });
  document.head.append(script);
}

function buildWhenWide(element) {
  if (!WIDE.matches) WIDE.addEventListener("change", () => buildWhenWide(element), { once: true });
  else fetchLibrary(element.dataset, () => build(element));
}

for (const element of document.querySelectorAll("[data-diary]")) buildWhenWide(element);
