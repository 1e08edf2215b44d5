"""The pages of the red flags in a real browser: by keyboard, on a phone, light and dark, without JavaScript too."""

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from agents import versions
from agents.flag_changes import Flags
from tenants.models import User
from tests.versions.desk import scored

pytestmark = pytest.mark.browser
PAGE = "assistant/red-flags/"
FLAG = PAGE + "flag/?name=Emergency"


@pytest.fixture
def worked_on(fresh_business):
    """A flag of its own in force, and a draft with another one, more phrases and other words."""
    with tenant_context(fresh_business):
        alice = User.objects.get(email="alice@clinic.test")
        flags = Flags(business=fresh_business, user_id=alice.pk)
        flags.add("Needle injury", ["pricked by a needle"], "Rinse it now and call 111.")
        draft = versions.draft()
        scored(draft)
        versions.publish(draft.pk, alice.pk)
        flags.remove("Needle injury")
        flags.add("Swallowed instrument", ["swallowed the crown", "swallowed a crown"], "Call us on 0113 496 0000 now.")
        flags.add_phrases("Emergency", "en", ["tooth got knocked out"])
        flags.add_phrases("Emergency", "de", ["zahn ganz ausgeschlagen", "riesige eiterbeule*"])
        flags.word("Emergency", {"en": "Call 999 now, or us on 0113 496 0000."})


def test_every_page_is_readable_at_every_width_in_light_and_dark(alice_at, fresh_business, worked_on):
    window = alice_at(PAGE)
    faults = []
    pages = {
        "flags": f"{PAGE}?say=Ich+bekomme+keine+Luft",
        "flags-now": f"{PAGE}?show=now",
        "flag": f"{FLAG}&changed=1",
        "flag-own": f"{PAGE}flag/?name=Swallowed+instrument",
    }
    for name, path in pages.items():
        window.open(fresh_business.path + path)
        if name == "flag":
            window.page.locator(".fold summary").nth(1).click()
        faults += window.faults(f"red-flags/{name}")
    assert faults == []


def test_a_flag_is_added_tried_taken_away_and_brought_back_by_keyboard(alice_at, fresh_business):
    window = alice_at(PAGE)
    page = window.page
    page.get_by_label("What it is about").fill("Needle injury")
    page.get_by_label("Words that raise it").fill("pain")
    page.get_by_label("What is said at once").fill("Come to us.")
    page.get_by_role("button", name="Add to the draft").press("Enter")
    expect(page.get_by_text("“pain” is heard in ordinary messages too")).to_be_visible()
    expect(page.get_by_text("Say whom to call or where to turn")).to_be_visible()
    assert window.violations() == []
    window.shoot("red-flags/refused")
    page.get_by_label("Words that raise it").fill("pricked by a needle")
    page.get_by_label("What is said at once").fill("Rinse it now and call 111.")
    page.get_by_role("button", name="Add to the draft").press("Enter")
    expect(page.get_by_text("“Needle injury” is added to the draft.")).to_be_visible()
    page.get_by_role("link", name="Red flags").first.press("Enter")
    page.get_by_label("A message").fill("I was pricked by a needle!")
    page.get_by_label("A message").press("Enter")
    expect(page.locator("#flag-said")).to_contain_text("Rinse it now and call 111.")
    page.get_by_role("link", name="Needle injury").press("Enter")
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.get_by_text("“Needle injury” is removed from the draft.")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("heading", name="Needle injury")).to_be_visible()
    assert versions.draft().red_flags[-1]["name"] == "Needle injury"
    assert [each for each in window.problems if "422" not in each] == []


def test_it_works_without_javascript_on_a_phone(alice_at, fresh_business):
    window = alice_at(FLAG, javascript=False, width=390)
    page = window.page
    page.get_by_label("Language").select_option("de")
    page.get_by_label("More words that raise it").fill("zahn ganz ausgeschlagen")
    page.get_by_role("button", name="Add to the draft").click()
    expect(page.get_by_text("The phrases are added to the draft.")).to_be_visible()
    page.get_by_label("German").fill("Rufen Sie sofort 144 an.")
    page.get_by_role("button", name="Save in the draft").click()
    page.get_by_role("link", name="Red flags").first.click()
    page.get_by_label("A message").fill("Mein Zahn ist ganz ausgeschlagen")
    page.get_by_role("button", name="Try").click()
    expect(page.locator("#flag-said")).to_contain_text("Rufen Sie sofort 144 an.")
    page.goto(f"{window.origin}{fresh_business.path}{FLAG}")
    page.get_by_role("button", name="Take away “zahn ganz ausgeschlagen”").click()
    expect(page.get_by_text("The phrase is taken from the draft.")).to_be_visible()
    assert window.problems == []
