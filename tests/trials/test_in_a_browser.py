"""The go-live page in a real Chromium: progress that moves by itself, the score, how it looks at every width."""

import pytest
from playwright.sync_api import expect

from agents.models import Trial
from conversations.evaluation import trials
from tenants import events
from tests.trials.results import trial_with

pytestmark = pytest.mark.browser


@pytest.fixture
def window(alice_at, fresh_business):
    opened = alice_at()
    opened.path = f"{fresh_business.path}assistant/go-live/"
    return opened


def look(window, name):
    assert window.faults(f"trials-{name}", tall=1500) == []


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
    expect(window.page.locator("#score-title")).to_have_text(f"23 of {trials.SCENARIOS} played")
    assert window.page.evaluate("() => window.notReloaded")
    look(window, "playing")


def test_the_score_and_what_went_wrong(window):
    trial_with(right=57, wrong=3)
    window.open(window.path)
    window.page.locator(".trial-talk > summary").first.press("Enter")
    expect(window.page.locator(".trial-talk__lines").first).to_be_visible()
    with window.page.expect_response(lambda answer: answer.url.endswith(window.path)):
        window.page.evaluate("() => document.body.dispatchEvent(new Event('fd:refresh'))")
    window.page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    expect(window.page.locator(".trial-talk__lines").first).to_be_visible()
    assert not window.page.evaluate("() => window.broken")
    look(window, "score")


def test_a_missed_red_flag_is_seen_at_once(window):
    trial_with(right=57, wrong=3, missed=2)
    window.open(window.path)
    expect(window.page.get_by_role("alert")).to_contain_text("2 red flags missed")
    look(window, "missed")
