"""The calendar's faults, one test each, named after their number; 44 is in test_moved_in_google."""

import datetime as dt

import pytest
from django.core import mail

from agents.skills import find_slots as find_slots_skill
from agents.types import SkillContext
from calendar_sync.errors import CalendarSaysBusy
from calendar_sync.google import busy, push
from calendar_sync.google.errors import EventChanged
from calendar_sync.google.events import event_id
from calendar_sync.models import AppointmentStatus, CalendarMirror, MirroredEvent, ProposedChange
from tenants import clock
from tenants.models import CalendarRoute, WorkItem
from tests.google.both_sides import ADA, book, in_google, look, offer, rosa, to, told
from tests.google.conftest import DAY, HOUR, at
from tests.google.consent import ACCOUNT, connect_through_the_pages

__all__ = ["rosa"]
pytestmark = pytest.mark.django_db
ROSA = "Rosa Blum · Check-up"
RATE = {"error": {"code": 403, "message": "slow", "errors": [{"domain": "usageLimits", "reason": "rateLimitExceeded"}]}}


def test_fault_32_a_slot_taken_in_google_between_offer_and_confirmation(desk, rosa):
    ticket = offer(desk, 10)
    desk.private(at(10), at(11))
    busy.look_again(desk.business, desk.ada.pk, at(10))
    with pytest.raises(CalendarSaysBusy) as refusal:
        book(desk, ticket)
    assert refusal.value.alternatives[0].starts_at >= at(11)

    # In the moment between the last look and the write there is no lock in the world.
    ticket = offer(desk, 12)
    made = book(desk, ticket)
    desk.private(at(12), at(13))
    desk.work()
    look(desk)
    made.refresh_from_db()
    assert made.status == AppointmentStatus.CANCELLED
    look(desk)
    assert [summary for _, summary in desk.events()] == ["Private", "Private"]
    texts = told(desk)
    assert len(texts) == 1
    assert "we are sorry: Monday 23 November at 12:00 was taken by something else" in texts[0]
    assert "Free instead: Monday 23 November at" in texts[0]
    look(desk)
    assert told(desk) == texts, "told once"


def test_fault_32_what_staff_made_is_only_shown(desk, rosa):
    made = desk.book(12)
    desk.private(at(12), at(13))
    desk.work()
    look(desk)
    made.refresh_from_db()
    assert made.status == AppointmentStatus.CONFIRMED
    assert told(desk) == []
    difference = CalendarMirror.objects.get().differences.get()
    assert (difference.kind, difference.appointment) == ("overlap", made)


def test_fault_32_what_came_to_google_later_undoes_nothing(desk, rosa):
    made = book(desk, offer(desk, 12))
    desk.work()
    desk.private(at(12), at(13))
    for _ in range(3):
        look(desk)
    made.refresh_from_db()
    assert made.status == AppointmentStatus.CONFIRMED


def test_fault_34_409_on_our_own_id(desk):
    desk.google.fault(vendor="google", method="POST", path="/events$", kind="drop_after_accept")
    made = desk.book(10)
    desk.work()
    look(desk)
    assert desk.events() == [(at(10), ROSA)]
    assert made.event_links.get().written == made.revision

    other = desk.book(12)
    desk.private(at(16), at(17), id=event_id(desk.business, other.pk, desk.account.pk, ADA))
    look(desk)
    assert (at(16), "Private") in desk.events(), "left alone"
    assert other.event_links.get().last_error.startswith("An event that isn't ours")


def test_fault_35_412_on_reschedule_reads_again_and_asks(desk, manager):
    made = desk.book(10)
    desk.work()
    in_google(desk, made, **to(15))
    desk.move(made, 12)
    WorkItem.objects.exclude(kind=push.KIND).delete()  # the change isn't read in before
    desk.work()
    assert desk.events() == [(at(12), ROSA)], "the diary's word is newer, and promised"
    asked = ProposedChange.objects.get()
    assert (asked.status, asked.both_sides, asked.during.lower) == ("open", True, at(15))
    page = manager.get(f"{desk.business.path}diary/google/").content.decode()
    assert "Changed on both sides" in page
    # Only a colour: nobody is asked, and the write goes on.
    in_google(desk, made, colorId="5")
    with pytest.raises(EventChanged):
        desk.call().update(ADA, made.event_links.get().event_id, {"start": {}, "end": {}}, etag='"old"')
    desk.move(made, 13)
    look(desk)
    assert desk.events() == [(at(13), ROSA)]
    assert ProposedChange.objects.count() == 1


@pytest.mark.parametrize(
    "trouble", [{"kind": "status", "status": 503}, {"kind": "drop"}, {"kind": "wrong_body", "body": {}}]
)
def test_fault_36_410_ends_in_a_whole_reading_and_shows_no_phantom_free_slots(desk, trouble):
    desk.private(at(10), at(11))
    desk.refresh()
    assert 10 not in desk.offered()
    assert 11 in desk.offered()
    desk.private(at(12), at(13))
    desk.google.post("/google/expire-sync", {})
    # httplib2 asks once more when a connection broke: the whole reading fails, and again
    desk.google.fault(vendor="google", path="/events$", times=1, kind="status", status=410)
    desk.google.fault(vendor="google", path="/events$", times=0, **trouble)
    desk.refresh()
    assert desk.offered() == [], "nothing is known until the whole is read"
    desk.google.http.delete("/control/faults")
    desk.later()
    desk.refresh()
    assert set(desk.offered()) & {10, 11, 12} == {11}
    assert desk.lists()[-1] == "whole"


def test_fault_36_410_in_the_middle_of_the_pages(desk):
    desk.refresh()
    desk.private(at(10), at(11))
    desk.google.fault(vendor="google", path="/events$", kind="status", status=410)
    desk.refresh()
    assert desk.lists() == ["whole", "changes", "whole"]
    assert 10 not in desk.offered()


def notify(client, headers, **changed):
    """Google's post, as the sandbox recorded it."""
    sent = {name.upper().replace("-", "_"): value for name, value in {**headers, **changed}.items()}
    return client.post("/calendar/google/notifications/", **{f"HTTP_{name}": value for name, value in sent.items()})


def test_fault_37_watch_channels_are_renewed_and_forged_notifications_ignored(desk, browser_of, settings, monday):
    settings.PUBLIC_ORIGIN = "http://127.0.0.1:9"  # nobody listens: the channel loses every message
    look(desk)
    mirror = CalendarMirror.objects.get()
    assert mirror.channel_expires_at is not None
    stranger, first = browser_of(None), posted(desk)
    due = WorkItem.objects.filter(kind="calendar_sync.sync")
    calm = due.values_list("version", flat=True)[0]

    assert notify(stranger, first, **{"X-Goog-Channel-Token": "forged"}).status_code == 404
    assert notify(stranger, first, **{"X-Goog-Channel-ID": "unknown"}).status_code == 404
    assert notify(stranger, {}).status_code == 404
    assert CalendarRoute.objects.get().forged == 1
    assert notify(stranger, first).status_code == 204  # "sync": the channel's own first word
    assert due.values_list("version", flat=True)[0] == calm
    assert notify(stranger, first, **{"X-Goog-Resource-State": "exists"}).status_code == 204
    assert due.values_list("version", flat=True)[0] == calm + 1

    desk.private(at(10), at(11))  # its message is lost; the poll finds it
    desk.refresh(fresh=False)
    look(desk)
    assert 10 not in desk.offered()

    with clock.pinned(mirror.channel_expires_at - HOUR):  # it would end: a new one before the old one
        look(desk)
    renewed = CalendarMirror.objects.get()
    assert renewed.channel_id != mirror.channel_id
    assert [route.channel_id for route in CalendarRoute.objects.all()] == [renewed.channel_id]
    assert notify(stranger, first, **{"X-Goog-Resource-State": "exists"}).status_code == 404


def test_fault_37_a_channel_that_lost_a_change_is_opened_anew(desk, settings):
    settings.PUBLIC_ORIGIN = "http://127.0.0.1:9"
    real = dt.datetime.now(dt.UTC)
    with clock.pinned(real - DAY):
        look(desk)
        before = CalendarMirror.objects.get().channel_id
        assert before
    desk.private(real + DAY, real + DAY + HOUR)
    with clock.pinned(real + 10 * HOUR):
        look(desk)
    assert CalendarMirror.objects.get().channel_id not in ("", before)


def test_fault_37_disconnecting_stops_the_channel(desk, manager, settings):
    settings.PUBLIC_ORIGIN = "http://127.0.0.1:9"
    look(desk)
    manager.post(f"{desk.business.path}settings/calendars/{desk.account.pk}/disconnect/")
    assert not CalendarRoute.objects.exists()
    assert desk.google.log("google")[0]["path"].endswith("/channels/stop")
    assert CalendarMirror.objects.get().channel_id == ""


def posted(desk):
    """The headers of the newest notification that the sandbox sent."""
    deadline = dt.datetime.now() + dt.timedelta(seconds=20)
    while dt.datetime.now() < deadline:
        sent = [each for each in desk.google.log("google") if each["direction"] == "out"]
        if sent:
            return {name: value for name, value in sent[0]["headers"].items() if name.startswith("X-Goog")}
    raise AssertionError("nothing was posted")


@pytest.mark.parametrize("trouble", [{"status": 403, "body": RATE}, {"status": 429}, {"status": 503}])
def test_fault_38_quota_is_met_by_backing_off_with_no_tight_loop(desk, monday, trouble):
    desk.refresh()
    desk.google.fault(vendor="google", path="/events", times=0, kind="status", **trouble)
    desk.google.http.delete("/control/log")
    for _ in range(20):
        desk.refresh()  # twenty patients ask
        desk.work()
    assert len(desk.lists()) == 1
    mirror = CalendarMirror.objects.get()
    assert dt.timedelta(seconds=1) <= mirror.retry_at - clock.now() <= dt.timedelta(seconds=2)
    with clock.pinned(monday + dt.timedelta(seconds=70)):
        desk.refresh()
        assert desk.offered() == [], "not known is busy"
        assert len(desk.lists()) == 2
        again = CalendarMirror.objects.get()
        assert again.failures == 2
        assert again.retry_at - clock.now() >= dt.timedelta(seconds=2)
    assert desk.now().last_error == "Google asks us to slow down." or trouble["status"] == 503


def test_fault_38_the_patient_is_told_of_a_delay_not_that_nothing_is_free(desk, rosa):
    desk.google.fault(vendor="google", path="/events", times=0, kind="status", status=429)
    local = clock.local_now(desk.business.timezone)
    context = SkillContext(
        business=desk.business,
        conversation_id=rosa.pk,
        contact_id=rosa.contact_id,
        contact_name="",
        turn_id=1,
        now=local,
    )
    wanted = {"service": "Check-up", "date": "2026-11-23", "weekday": "Monday"}
    find_slots_skill.before(context, **wanted)
    answer = find_slots_skill.find_slots(context, **wanted)
    assert answer.data["offers"] == answer.data["nearest"] == []
    assert f"The calendar of {desk.ada.name} can't be read" in answer.data["delay"]
    desk.google.http.delete("/control/faults")
    desk.later()
    find_slots_skill.before(context, **wanted)
    assert "delay" not in find_slots_skill.find_slots(context, **wanted).data


def test_fault_39_invalid_grant_ends_booking_there_and_is_told_once(desk, manager):
    desk.refresh()
    assert desk.offered()
    desk.google.post("/google/revoke", {"email": ACCOUNT})
    desk.book(10)
    for _ in range(5):
        desk.refresh()
        look(desk)
    assert desk.offered() == []
    assert [letter.subject for letter in mail.outbox] == [f"{desk.business.name}: please connect Google Calendar again"]
    calls = len(desk.google.log("google"))
    for _ in range(5):
        desk.refresh()
        look(desk)
    assert len(desk.google.log("google")) == calls, "no retry storm"
    connect_through_the_pages(manager, desk.business, desk.google)
    look(desk)
    assert desk.events() == [(at(10), ROSA)]
    assert desk.offered()


def day(date):
    return {"start": {"date": f"2026-11-{date}"}, "end": {"date": f"2026-11-{date + 1}"}}


def test_fault_41_the_busy_set(desk, monday):
    def free(event, begins=10, ends=11):
        made = desk.private(at(begins), at(ends), **event)
        desk.refresh()
        found = desk.busy()
        desk.google.http.request("DELETE", "/control/google/events", json={"calendar": ADA, "id": made["id"]})
        return found == []

    me = {"email": ADA, "self": True}
    assert not free({})
    assert not free({"status": "tentative"})
    assert not free({"eventType": "outOfOffice"})
    assert not free({"eventType": "focusTime"})
    assert not free({"eventType": "fromGmail"})
    assert not free({"attendees": [{**me, "responseStatus": "accepted"}]})
    assert not free(day(23))
    assert free({"eventType": "fromGmail", "transparency": "transparent"})
    assert free({"transparency": "transparent"})
    assert free({"eventType": "workingLocation"})
    assert free({"eventType": "birthday", **day(23), "transparency": "transparent"})
    assert free({"attendees": [{**me, "responseStatus": "declined"}]})
    assert free(day(24), 10, 11) is (desk.busy() == [])
    assert free({}, 10, 10), "no time at all"
    desk.refresh()
    assert not MirroredEvent.objects.exists()


def test_fault_41_an_all_day_event_is_a_day_of_the_calendars_own_timezone(desk):
    zoned = {"summary": "Far", "id": "far@group.test", "timeZone": "America/New_York"}
    desk.google.post("/google/accounts", {"email": ACCOUNT, "calendars": [zoned]})
    desk.choose(desk.ada, "far@group.test")
    desk.private(None, None, calendar="far@group.test", **day(23))
    desk.refresh()
    assert desk.busy() == [(at(5), at(5) + DAY)]


def test_fault_41_recurring_events_and_their_exceptions(desk):
    made = desk.google.post(
        "/google/events",
        {
            "calendar": ADA,
            "event": {
                "start": {"dateTime": "2026-11-16T10:00:00Z", "timeZone": "Europe/London"},
                "end": {"dateTime": "2026-11-16T11:00:00Z", "timeZone": "Europe/London"},
                "recurrence": ["RRULE:FREQ=DAILY"],
            },
        },
    )
    desk.refresh()
    assert desk.busy(days=3) == [(at(10) + n * DAY, at(11) + n * DAY) for n in range(3)]
    tuesday, wednesday = (f"{made['id']}_202611{n}T100000Z" for n in (24, 25))

    desk.google.post("/google/events", {"calendar": ADA, "id": tuesday, "event": to(14)})
    desk.google.http.request("DELETE", "/control/google/events", json={"calendar": ADA, "id": wednesday})
    desk.refresh()
    assert desk.lists() == ["whole", "changes"]
    assert desk.busy(days=3) == [(at(10), at(11)), (at(14) + 0 * DAY, at(14) + HOUR / 2)]

    # The whole series at another hour: no instance of the old hour stays behind.
    desk.google.post(
        "/google/events",
        {
            "calendar": ADA,
            "id": made["id"],
            "event": {
                "start": {"dateTime": "2026-11-16T16:00:00Z", "timeZone": "Europe/London"},
                "end": {"dateTime": "2026-11-16T17:00:00Z", "timeZone": "Europe/London"},
            },
        },
    )
    desk.refresh()
    assert (at(10), at(11)) not in desk.busy(days=3)
    assert (at(16), at(17)) in desk.busy(days=3)
    desk.google.http.request("DELETE", "/control/google/events", json={"calendar": ADA, "id": made["id"]})
    desk.refresh()
    assert (at(16), at(17)) not in desk.busy(days=3)
