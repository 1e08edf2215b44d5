// Live news. One EventSource per page on <body data-events-url>; the server sends {"name": "conversation", "id": 7}.
// Each becomes the DOM events "fd:conversation" and "fd:conversation:7" on <body> (detail: the message), so that
// hx-trigger="fd:conversation:7 from:body" refetches. "fd:refresh" is sent on every (re)open: whatever happened
// while the stream was closed is then fetched again, and where it can't be opened at all, once. The first is opened when
// everybody listens, so that nobody has to ask by himself as well. <body data-connection> is "open" or "lost".
const body = document.body;
const url = body.dataset.eventsUrl;
const CLOSED = 2;
const RETRY_SECONDS = [1, 2, 5, 10, 30];

let source = null;
let failures = 0;
let retry = 0;
let endBackgroundWatch = null;

const send = (name, detail = {}) => body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

function announce(message) {
  let news;
  try {
    news = JSON.parse(message.data);
  } catch {
    return; // a comment or a ping of a proxy, not ours
  }
  if (typeof news?.name !== "string") return;
  send(`fd:${news.name}`, news);
  if (news.id !== undefined && news.id !== null) send(`fd:${news.name}:${news.id}`, news);
}

function open() {
  clearTimeout(retry);
  if (source && source.readyState !== CLOSED) return;
  source = new EventSource(url);
  source.onmessage = announce;
  source.addEventListener("msg", announce);
  source.onopen = () => {
    failures = 0;
    body.dataset.connection = "open";
    send("fd:refresh");
  };
  source.onerror = () => {
    if (!("connection" in body.dataset)) send("fd:refresh");
    body.dataset.connection = "lost";
    // The browser reopens by itself after a broken connection, but gives up after an error status.
    if (source?.readyState === CLOSED) {
      const wait = RETRY_SECONDS[Math.min(failures++, RETRY_SECONDS.length - 1)];
      retry = setTimeout(open, wait * 1000 * (0.75 + Math.random() / 2));
    }
  };
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

// Hidden tabs give their connection back (browsers allow six to a host), except one that watches for
// notifications when these are wanted.
async function hide() {
  if (!body.dataset.notifyOn || !navigator.locks) return close();
  await navigator.locks.request("fd-background-watch", { ifAvailable: true }, (lock) => {
    if (!document.hidden) return undefined;
    if (!lock) return close();
    return new Promise((resolve) => {
      endBackgroundWatch = resolve;
    });
  });
}

function show() {
  endBackgroundWatch?.();
  endBackgroundWatch = null;
  open();
}

if (url) {
  document.addEventListener("visibilitychange", () => (document.hidden ? hide() : show()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && show());
  document.addEventListener("DOMContentLoaded", () => !document.hidden && open());
}
