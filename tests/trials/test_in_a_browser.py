"""The go-live page in a real Chromium: progress that moves by itself, the score, how it looks at every width."""

import itertools

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from agents.models import Trial
from conversations.evaluation import trials
from tenants import events
from tenants.models import User
from tests.tenants.serving import log_in, running
from tests.trials.results import trial_with

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, chromium):
    with django_db_blocker.unblock(), running() as server:
        yield server


@pytest.fixture
def window(server, fresh_business, browser_page):
    session = log_in(User.objects.get(email="alice@clinic.test"))
    with tenant_context(fresh_business):
        opened = browser_page(f"http://127.0.0.1:{server.port}", session)
        opened.path = f"{fresh_business.path}assistant/go-live/"
        yield opened


def look(window, name):
    for width, scheme in itertools.product((390, 820, 1440), ("light", "dark")):
        window.resize(width, scheme)
        assert (window.violations(), window.overflows()) == ([], False), (name, width, scheme)
        window.page.set_viewport_size({"width": width, "height": 1500})
        window.shoot(f"trials-{name}-{width}-{scheme}")
    assert window.problems == []


def test_playing_is_asked_for_and_its_progress_moves_without_reload(window, fresh_business):
    window.open(window.path)
    look(window, "empty")
    window.page.get_by_role("button", name="Play the simulated patients").press("Enter")
    expect(window.page.locator("#score-title")).to_have_text(f"0 of {trials.SCENARIOS} played")
    expect(window.page.locator("body")).to_have_attribute("data-connection", "open")
    window.page.evaluate("() => { window.notReloaded = true }")
    trial = Trial.objects.get()
    Trial.objects.filter(pk=trial.pk).update(status=Trial.Status.RUNNING, played=23)
    events.publish(fresh_business, "trial", trial.pk)
    expect(window.page.locator("#score-title")).to_have_text(f"23 of {trials.SCENARIOS} played", timeout=10_000)
    assert window.page.evaluate("() => window.notReloaded")
    look(window, "playing")


def test_the_score_and_what_went_wrong(window):
    trial_with(right=57, wrong=3)
    window.open(window.path)
    window.page.locator(".trial-talk > summary").first.press("Enter")
    expect(window.page.locator(".trial-talk__lines").first).to_be_visible()
    assert not window.page.evaluate("() => window.broken")
    look(window, "score")


def test_a_missed_red_flag_is_seen_at_once(window):
    trial_with(right=57, wrong=3, missed=2)
    window.open(window.path)
    expect(window.page.get_by_role("alert")).to_contain_text("2 red flags missed")
    look(window, "missed")
