"""What a push shows, in a Chromium with windows: the headless shell forgets notifications."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import WITH_WINDOWS, launched
from tests.desk.test_browser import desk_of, people, practice  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    yield from launched(WITH_WINDOWS)


def test_the_worker_shows_what_a_push_brings_and_a_copy_of_it_as_one(practice, desk_of):  # noqa: F811
    window = desk_of("alice", "settings/notifications/")
    page = window.page
    page.context.grant_permissions(["notifications"], origin=window.origin)
    page.evaluate("() => navigator.serviceWorker.register('/static/js/push_worker.js')")
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistration('/static/js/'))?.active?.state === 'activated'"
    )
    browser = page.context.new_cdp_session(page)
    registered = []
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda news: registered.extend(news["registrations"]))
    browser.send("ServiceWorker.enable")
    while not registered:
        page.wait_for_timeout(20)  # the browser tells in its own time
    payload = {"title": "Bright Smile", "text": "An answer is late.", "path": "/b/x/notices/", "tag": "notice-7"}
    for _ in range(2):
        browser.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": window.origin,
                "registrationId": registered[-1]["registrationId"],
                "data": json.dumps(payload),
            },
        )
    page.wait_for_function(
        "async () => (await (await navigator.serviceWorker.getRegistration('/static/js/')).getNotifications()).length"
    )
    shown = page.evaluate(
        """async () => (await (await navigator.serviceWorker.getRegistration('/static/js/')).getNotifications())
            .map(each => [each.title, each.body, each.data.path])"""
    )
    assert shown == [["Bright Smile", "An answer is late.", "/b/x/notices/"]]
