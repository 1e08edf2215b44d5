"""Waiting list and campaign in a real Chromium: live, by keyboard, in three widths, light and dark."""

import datetime as dt
import re

import pytest

from calendar_sync import booking, by_hand, lateness, practitioner_out
from calendar_sync.models import Appointment, BookedBy, CampaignCase, OutCampaign, WaitlistEntry
from conversations.models import Channel
from tenants import clock
from tenants.models import ChannelKind, User
from tests.tenants.serving import log_in
from tests.waitlist.scene import LONDON, Scene

pytestmark = pytest.mark.browser
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def scene(fresh_business):
    channel = Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:browser")
    made = Scene(fresh_business, channel)
    made.rules(quiet_from=dt.time(0), quiet_until=dt.time(0))
    made.colleague()
    return made


@pytest.fixture
def open_page(scene, web, browser_page):
    session = log_in(User.objects.get(email="alice@clinic.test"))

    def visit(path, **options):
        window = browser_page(f"http://127.0.0.1:{web.port}", session, **options)
        window.open(scene.business.path + path)
        return window

    return visit


def at(days, hour, minute=0):
    local = clock.now().astimezone(LONDON) + dt.timedelta(days=days)
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0)


def busy_list(scene):
    """One offered by message, one to be called, two waiting, one answered."""
    gone = scene.book(scene.somebody("Tom Reed"), at(1, 10))
    later = scene.book(scene.somebody("Ann Lee"), at(1, 15))
    scene.joins(scene.somebody("Rosa Blum"), earliest=at(1, 0).date(), time_to=dt.time(12))
    scene.joins(scene.somebody("Nora Field", reachable=False), urgent=True, time_from=dt.time(14))
    scene.joins(scene.somebody("Amélie Durand-Castaignède"), weekdays=((at(1, 0).weekday() + 2) % 7,))
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    booking.cancel(scene.business, later, by=BookedBy.STAFF)
    scene.work()


def campaign_with_every_state(scene):
    patients = [scene.somebody(f"Patient {place}", reachable=place != 5) for place in range(7)]
    for place, who in enumerate(patients):
        scene.book(who, at(3, 9 + place))
    campaign = practitioner_out.start(
        scene.business,
        scene.ada,
        begin=at(3, 0),
        end=at(4, 0),
        reason="Ill",
        user_id=User.objects.get(email="alice@clinic.test").pk,
    )
    scene.plan()
    practitioner_out.send_now(scene.business, campaign)
    scene.work(2)
    patients[0].use("answer_offer", accept=True)
    patients[1].use("answer_offer", accept=True, choice=2)
    patients[2].use("answer_offer", accept=False)
    case = CampaignCase.objects.get(appointment__patient=patients[3].patient)
    patients[3].use("cancel_appointment", appointment=case.appointment.reference)
    scene.work(2)
    return campaign


def test_every_page_is_readable_by_everybody(scene, open_page):
    pages = {"waitlist-empty": "waitlist/", "out-empty": "diary/out/"}
    look(open_page, pages)
    busy_list(scene)
    campaign = campaign_with_every_state(scene)
    entry = WaitlistEntry.objects.filter(status="waiting").first()
    pages = {
        "waitlist": "waitlist/",
        "waitlist-offer": f"waitlist/{entry.pk}/offer/",
        "out": f"diary/out/?practitioner={scene.ada.pk}&date={at(2, 0).date()}",
        "board": f"diary/out/{campaign.pk}/",
    }
    look(open_page, pages)


def look(open_page, pages):
    for name, path in pages.items():
        window = open_page(path)
        assert window.faults(f"campaigns/{name}") == []
        window.page.context.close()


def test_from_the_diary_to_the_board_and_back(scene, open_page):
    scene.book(scene.somebody("Rosa Blum"), at(3, 10))
    scene.book(scene.somebody("Tom Reed"), at(3, 11))
    window = open_page(f"diary/?date={at(3, 0).date()}&practitioner={scene.ada.pk}")
    page = window.page
    page.get_by_role("link", name="Somebody is out").click()
    page.get_by_label("From", exact=True).fill(str(at(3, 0).date()))
    page.get_by_label("Reason").fill("Ill")
    page.get_by_label("Reason").press("Tab")
    page.get_by_text("2 appointments can’t take place.").wait_for()
    page.get_by_role("button", name="Find everybody other times").click()
    page.get_by_text("Other times are being looked for.").wait_for()
    page.locator("body[data-connection=open]").wait_for()
    assert window.faults("campaigns/board-looking") == []
    scene.plan()
    page.get_by_text("Nothing has been sent yet.").wait_for()
    page.get_by_role("heading", name="0 of 2 taken care of").wait_for()
    page.locator("body[data-connection=open]").wait_for()
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("The messages are going out.").first.wait_for()
    page.locator("body[data-connection=open]").wait_for()
    scene.work(1)
    page.get_by_text("Waiting for an answer").first.wait_for()
    scene.everybody[0].use("answer_offer", accept=True)
    page.get_by_role("heading", name="1 of 2 taken care of").wait_for()
    page.get_by_text("Handle by hand: Tom Reed").click()
    with page.expect_response("**/diary/out/**"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('fd:refresh'))")
    window.settle()
    page.get_by_role("button", name=re.compile("Move to")).last.click()
    page.get_by_role("heading", name="Everybody is taken care of").wait_for()
    assert OutCampaign.objects.get().status == "closed"
    assert window.problems == []


def test_an_offer_and_its_answer_appear_by_themselves(scene, open_page):
    rosa = scene.somebody("Rosa Blum")
    scene.joins(rosa)
    window = open_page("waitlist/")
    page = window.page
    page.locator("body[data-connection=open]").wait_for()
    gone = scene.book(scene.somebody("Tom Reed"), at(1, 10))
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    scene.work()
    page.get_by_role("heading", name="Offered now").wait_for()
    rosa.use("answer_offer", accept=True)
    page.get_by_text("Accepted").wait_for()
    page.get_by_text("Nobody is waiting").wait_for()
    assert window.problems == []


def test_somebody_is_put_on_the_list_by_keyboard(scene, open_page):
    window = open_page("waitlist/", width=390)
    page = window.page
    page.get_by_label("Patient’s name").focus()
    page.keyboard.type("Nora Field")
    page.keyboard.press("Tab")
    page.keyboard.type("07911 123456")
    page.keyboard.press("Enter")
    page.get_by_text("Nora Field is on the waiting list.").first.wait_for()
    assert WaitlistEntry.objects.get().patient.name == "Nora Field"


def test_a_late_patient_shows_on_the_desk_and_in_the_diary(scene, open_page):
    now = clock.now()
    rosa = scene.somebody("Rosa Blum")
    made = by_hand.book_by_hand(
        scene.business,
        service=scene.service,
        practitioner=scene.ada,
        starts_at=now + dt.timedelta(minutes=1),
        patient=rosa.patient,
        user_id=None,
        overrule=True,
    )
    window = open_page(f"diary/appointments/{made.pk}/")
    page = window.page
    page.locator("body[data-connection=open]").wait_for()
    lateness.note(scene.business, Appointment.objects.get(pk=made.pk), 10)
    page.get_by_text("A patient is running late.").first.wait_for()
    page.reload()
    page.get_by_text("10 minutes late").first.wait_for()
    window.shoot("campaigns/late-appointment")
