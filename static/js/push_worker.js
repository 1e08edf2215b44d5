// Runs in the background: shows what Web Push brings, and opens the page it is about. Same tag, same notification.
self.addEventListener("push", (event) => {
  const news = event.data?.json() ?? {};
  event.waitUntil(
    self.registration.showNotification(news.title ?? "Frontdesk", {
      body: news.text,
      tag: news.tag,
      data: { path: news.path },
      icon: "/static/img/favicon.svg",
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path } = event.notification.data ?? {};
  if (path) event.waitUntil(self.clients.openWindow(path));
});
