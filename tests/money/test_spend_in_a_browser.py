"""The page about money in a real browser: by keyboard, at every width, in light and dark, through axe."""

import datetime as dt

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from agents.errors import ModelRefused
from agents.models import SpendLimit, SpendWarning
from agents.runtime.breaker import Circuits
from tenants import clock
from tenants.models import User
from tests.stories.looking import Looker
from tests.tenants.serving import log_in

pytestmark = pytest.mark.browser


def test_the_page_can_be_read_used_and_looked_at(web, fresh_business, used, browser_page):
    alice = User.objects.get(email="alice@clinic.test")
    path = f"{fresh_business.path}assistant/spend/"
    window = browser_page(f"http://127.0.0.1:{web.port}", log_in(alice))
    looker = Looker(window)
    with tenant_context(fresh_business):
        looker.visit("spend-empty", path)
        today = clock.local_now(fresh_business.timezone).date()
        for number in range(today.day * 6):
            model = "claude-sonnet-5-5" if number % 5 == 0 else "claude-haiku-5-5"
            more = {"input_tokens": 900, "cache_read_tokens": 5200, "output_tokens": 160, "model": model}
            used(90_000 + number * 7_000 % 400_000, days_ago=number // 6, **more)
        used(None, model="claude-next", purpose="trial")
        used(0, ok=False, error="overloaded_error")
        SpendWarning.objects.create(
            period="day", starts_on=today, percent=80, spent_micro=4_100_000, limit_micro=5_000_000
        )
    circuits = Circuits(business=fresh_business.schema_name, vendor="anthropic", model="claude-haiku-5-5")
    circuits.failed(ModelRefused("401: Anthropic refuses the API key", blames="account"))
    try:
        looker.visit("spend", path)
        page = window.page
        page.get_by_text("The days as a table").click()
        expect(page.get_by_role("region", name="Spend by day")).to_be_visible()
        looker.look("spend-table")
        page.get_by_label("A day, in dollars", exact=True).fill("500")
        page.keyboard.press("Enter")
        expect(page.get_by_text("A day can’t be allowed more than a month.")).to_be_visible()
        looker.look("spend-wrong")
        page.get_by_label("A day, in dollars", exact=True).fill("7.5")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The new limits hold from the next call on.")).to_be_visible()
        page.get_by_role("button", name="Try again now").click()
        expect(page.get_by_text("The next message asks the language model again.")).to_be_visible()
        expect(page.get_by_text("is not asked for now")).to_have_count(0)
        before = (clock.local_now("Europe/London").replace(day=1) - dt.timedelta(days=1)).strftime("%B")
        page.get_by_role("link", name=before).click()
        expect(page.get_by_text("No language model was asked this month")).to_be_visible()
    finally:
        circuits.succeeded()
    with tenant_context(fresh_business):
        assert SpendLimit.objects.get().per_day_micro == 7_500_000
    faults = [each for each in looker.faults if "422" not in each]  # the browser notes the refused form, too
    assert faults == []
