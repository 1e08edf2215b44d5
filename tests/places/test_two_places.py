"""One practitioner in two places: on Tuesdays Cleo is in Park Street in the morning, then in Headingley."""

import dataclasses
import datetime as dt

import pytest
from django.db import transaction
from icalendar import Calendar

from calendar_sync import booking, by_hand, holds, series, slots, tickets, undo, waitlist
from calendar_sync.errors import Elsewhere, OnTheWay, OutsideHours, SlotTaken
from calendar_sync.fitting import why_not
from calendar_sync.ics.links import file_at, link_for
from calendar_sync.models import (
    Appointment,
    BookedBy,
    BookingRules,
    Hold,
    HoursException,
    Patient,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    WaitlistEntry,
    WorkingHours,
)
from calendar_sync.offering_freed import fitting
from calendar_sync.pages.history import history
from calendar_sync.places import move_practitioner, why_not_close, works_at
from calendar_sync.several_by_hand import ByHand, SeriesRefused, book_series, book_visit, date_of
from calendar_sync.wanted import Actor
from calendar_sync.whereabouts import where_at
from conversations.automatic import values_of
from tenants import clock

TUESDAY = dt.date(2026, 11, 24)


def at(time, day=TUESDAY):
    return dt.datetime.combine(day, dt.time.fromisoformat(time), dt.UTC)


@pytest.fixture
def cleo(headingley, park_street, check_up):
    made = Practitioner.objects.create(name="Cleo Marsh", location=park_street, position=2)
    made.services.set([check_up])
    made.working_hours.create(weekday=1, starts=dt.time(9), ends=dt.time(12))
    made.working_hours.create(weekday=1, starts=dt.time(12), ends=dt.time(16), location=headingley)
    return made


@pytest.fixture
def find(clinic, cleo, check_up):
    def times(**options):
        """{"Park Street": ["09:00", …], …}"""
        window = (at("00:00"), at("00:00") + dt.timedelta(days=1))
        found: dict[str, list[str]] = {}
        names = {park.pk: park.name for park in type(cleo.location).objects.all()}
        for each in slots.find_slots(clinic, service=check_up, window=window, practitioner=cleo, **options):
            found.setdefault(names[each.location_id], []).append(f"{each.starts_at:%H:%M}")
        return found

    return times


@pytest.fixture
def staff_book(clinic, cleo, check_up):
    def book(time, **options):
        patient = Patient.objects.create(name=f"Patient at {time}")
        asked = {"service": check_up, "practitioner": cleo, "starts_at": at(time), "patient": patient, "user_id": 1}
        return by_hand.book_by_hand(clinic, **asked, **options)

    return book


@pytest.fixture
def ticket_at(clinic, cleo, check_up):
    def issue(time, contact_id=1):
        window = (at(time), at(time) + dt.timedelta(minutes=1))
        (slot,) = slots.find_slots(clinic, service=check_up, window=window, practitioner=cleo)
        return tickets.issue(clinic, slot, contact_id=contact_id)

    return issue


@pytest.fixture
def assistant_book(clinic, ticket_at):
    def book(time, contact_id=1):
        patient = Patient.objects.create(name="Rosa Blum", contact_id=contact_id)
        asked = {"ticket": ticket_at(time, contact_id), "contact_id": contact_id, "patient": patient}
        return booking.book(clinic, **asked, by=BookedBy.ASSISTANT)

    return book


def travel(minutes):
    BookingRules.objects.update_or_create(pk=1, defaults={"travel_minutes": minutes})


def test_each_time_is_where_they_are_then(find):
    found = find()
    assert (found["Park Street"][0], found["Park Street"][-1]) == ("09:00", "11:30")
    assert (found["Headingley"][0], found["Headingley"][-1]) == ("12:00", "15:30")


def test_a_search_for_one_place_finds_what_is_there(find, headingley):
    assert set(find(location_id=headingley.pk)) == {"Headingley"}


def test_no_treatment_goes_from_one_place_into_the_other(find, check_up):
    Service.objects.filter(pk=check_up.pk).update(duration=60)
    check_up.refresh_from_db()
    assert find()["Park Street"][-1] == "11:00"


def test_the_opening_hours_of_the_place_hold(find, headingley):
    headingley.opening_hours.filter(weekday=1).update(opens=dt.time(13))
    assert find()["Headingley"][0] == "13:00"


def test_a_closed_day_of_one_place_leaves_the_other_open(find, headingley):
    HoursException.objects.create(location=headingley, date=TUESDAY, periods=[])
    assert set(find()) == {"Park Street"}


def test_a_shorter_day_of_everybody_is_worked_where_they_would_be(find):
    HoursException.objects.create(date=TUESDAY, periods=[["11:00", "13:00"]])
    assert find() == {"Park Street": ["11:00", "11:15", "11:30"], "Headingley": ["12:00", "12:15", "12:30"]}


def test_a_day_of_their_own_may_name_the_place(find, cleo, headingley):
    HoursException.objects.create(practitioner=cleo, date=TUESDAY, periods=[["10:00", "10:30", headingley.pk]])
    assert find() == {"Headingley": ["10:00"]}


def test_alternating_weeks_may_be_in_different_places(find, cleo, headingley):
    WorkingHours.objects.filter(practitioner=cleo, location=None).update(weeks="a")
    WorkingHours.objects.filter(practitioner=cleo, location=headingley).update(weeks="b")
    Practitioner.objects.filter(pk=cleo.pk).update(fortnight_from=dt.date(2026, 11, 23))
    assert set(find()) == {"Park Street"}
    Practitioner.objects.filter(pk=cleo.pk).update(fortnight_from=dt.date(2026, 11, 16))
    assert set(find()) == {"Headingley"}


def test_rooms_are_those_of_the_place(find, staff_book, check_up, park_street, headingley):
    kind = ResourceKind.objects.create(name="Chair")
    check_up.needs.create(kind=kind)
    chair = Resource.objects.create(kind=kind, location=headingley, name="Chair 1")
    assert set(find()) == {"Headingley"}
    booked = staff_book("13:00")
    assert list(booked.taken_times.exclude(resource=None).values_list("resource_id", flat=True)) == [chair.pk]
    Resource.objects.create(kind=kind, location=park_street, name="Chair 2")
    assert set(find()) == {"Park Street", "Headingley"}


def test_what_is_booked_says_where(assistant_book, staff_book, park_street, headingley):
    here, there = assistant_book("09:00"), staff_book("14:00")
    assert (here.where, there.where) == (park_street, headingley)
    assert here.location is None
    assert Appointment.objects.get(pk=there.pk).where == headingley


def test_a_ticket_is_for_its_place(clinic, cleo, ticket_at, headingley):
    """Their hours are changed between the offer and the yes: nobody is sent to another place than they were told."""
    ticket = ticket_at("14:00")
    assert tickets.read(clinic, ticket, contact_id=1).location_id == headingley.pk
    cleo.working_hours.filter(location=headingley).update(location=None)
    with pytest.raises(OutsideHours), transaction.atomic():
        booking.book(
            clinic,
            ticket=ticket,
            contact_id=1,
            patient=Patient.objects.create(name="Rosa Blum"),
            by=BookedBy.ASSISTANT,
        )


def test_nobody_is_at_two_places_at_once(cleo, staff_book, find, headingley, clinic, check_up):
    """Overlapping hours are a mistake of whoever entered them; the diary still takes the time once."""
    cleo.working_hours.create(weekday=1, starts=dt.time(9), ends=dt.time(12), location=headingley)
    assert "10:00" in find()["Park Street"]
    assert "10:00" in find()["Headingley"]
    staff_book("10:00")
    assert not {"09:45", "10:00", "10:15"} & {*find()["Park Street"], *find()["Headingley"]}
    with pytest.raises(SlotTaken):
        holds.keep(
            clinic,
            service=check_up,
            practitioner=cleo,
            starts_at=at("10:00"),
            contact_id=1,
            reason=Hold.Reason.OFFER,
            location_id=headingley.pk,
        )


def test_the_way_between_two_places_is_kept_free(find, assistant_book, staff_book, check_up, cleo, clinic):
    travel(30)
    assert find()["Headingley"][0] == "12:00"  # nothing to come from
    assistant_book("11:30")
    assert find()["Headingley"][0] == "12:30"
    assert "11:00" in find()["Park Street"]  # nothing to go to
    assert why_not(clinic, check_up, cleo, at("12:15"), now=clock.now()).rule == "travel"
    with pytest.raises(OnTheWay), transaction.atomic():
        staff_book("12:15")
    assert list(staff_book("12:15", overrule=True).changes.get().overruled) == ["travel"]


def test_the_way_there_is_kept_free_before_what_is_booked(find, staff_book):
    travel(45)
    staff_book("12:00")
    assert find()["Park Street"][-1] == "10:45"


def test_without_a_travel_time_they_are_back_to_back(find, staff_book):
    staff_book("11:30")
    assert find()["Headingley"][0] == "12:00"


def test_a_move_goes_to_where_they_are_then_and_its_undoing_back(clinic, staff_book, cleo, park_street, headingley):
    booked = staff_book("14:00")
    moved = by_hand.move_by_hand(clinic, booked, starts_at=at("10:00"), practitioner=cleo, user_id=1)
    assert moved.where == park_street
    cleo.working_hours.filter(location=headingley).update(location=None)  # since then
    back = by_hand.undo(clinic, moved, user_id=1)
    assert back.where == headingley


def test_a_patient_who_undoes_a_move_is_back_at_the_old_place(clinic, assistant_book, ticket_at, headingley):
    booked = assistant_book("14:00")
    moved = booking.reschedule(clinic, booked, ticket=ticket_at("09:00"), contact_id=1, by=BookedBy.ASSISTANT)
    assert moved.where != headingley
    (back,) = undo.undo_last(clinic, contact_id=1, by=BookedBy.ASSISTANT).appointments
    assert back.where == headingley


def test_what_is_kept_is_booked_where_it_was_kept(clinic, cleo, check_up, headingley):
    hold = holds.keep(
        clinic,
        service=check_up,
        practitioner=cleo,
        starts_at=at("14:00"),
        contact_id=1,
        reason=Hold.Reason.OFFER,
    )
    assert hold.where == headingley
    booked = booking.book_held(clinic, hold, patient=Patient.objects.create(name="Rosa"), by=BookedBy.ASSISTANT)
    assert booked.where == headingley


def test_a_group_meets_where_it_began(clinic, cleo, headingley, find):
    yoga = Service.objects.create(name="Brushing class", duration=60, seats=3)
    yoga.practitioners.set([cleo])
    asked = {"service": yoga, "practitioner": cleo, "starts_at": at("14:00"), "user_id": 1}
    first = by_hand.book_by_hand(clinic, **asked, patient=Patient.objects.create(name="Rosa"))
    assert first.session.location == headingley
    window = (at("14:00"), at("14:01"))
    (slot,) = slots.find_slots(clinic, service=yoga, window=window)
    assert (slot.seats_left, slot.location_id) == (2, headingley.pk)


def test_out_of_hours_it_is_where_the_nearest_hours_of_the_day_are(clinic, cleo, park_street, headingley):
    where = [where_at(clinic, cleo, at(time)) for time in ("07:00", "11:59", "12:00", "18:00")]
    assert where == [park_street.pk, park_street.pk, headingley.pk, headingley.pk]
    assert where_at(clinic, cleo, at("10:00", TUESDAY + dt.timedelta(days=1))) == park_street.pk


def test_who_moves_leaves_what_is_booked_and_kept_where_it_is(clinic, cleo, staff_book, park_street, headingley):
    here, there = staff_book("09:00"), staff_book("14:00")
    cleo.location = headingley
    cleo.save()
    move_practitioner(cleo, park_street)
    assert [Appointment.objects.get(pk=each.pk).where for each in (here, there)] == [park_street, headingley]


def test_a_place_is_not_closed_while_somebody_has_hours_there(cleo, bea, headingley, park_street):
    bea.delete()
    assert works_at([cleo]) == {cleo.pk: [park_street.pk, headingley.pk]}
    assert "Cleo Marsh" in why_not_close(headingley)


def test_the_calendar_file_and_the_reminder_say_where(clinic, staff_book):
    there = staff_book("14:00")
    token = link_for(clinic, there).rpartition("/")[2].removesuffix(".ics")
    (event,) = Calendar.from_ical(file_at(token, clinic)).events
    assert str(event["location"]) == "Headingley, 2 Otley Road, Leeds"
    assert values_of(clinic, there, "en")["business"] == "Bright Smile, Headingley"


def test_whoever_waits_for_one_place_is_offered_times_there(clinic, cleo, check_up, park_street):
    rosa = Patient.objects.create(name="Rosa Blum", contact_id=1)
    wish = waitlist.Wish(patient=rosa, service=check_up, location=park_street)
    entry = waitlist.join(clinic, wish, contact_id=1, actor=Actor(by=BookedBy.STAFF))
    assert list(fitting(clinic, cleo, at("14:00"), at("15:00"))) == []
    ((found, slot),) = fitting(clinic, cleo, at("09:00"), at("10:00"))
    assert (found, slot.location_id) == (entry, park_street.pk)
    offer = waitlist.offer(clinic, entry, practitioner=cleo, starts_at=slot.starts_at, location_id=slot.location_id)
    assert offer.hold.where == park_street
    assert waitlist.accept(clinic, offer, actor=Actor(by=BookedBy.STAFF)).where == park_street
    assert WaitlistEntry.objects.get().status == "booked"


def test_the_skills_say_where_each_time_is(cleo, skill):
    asked = {"service": "Check-up", "date": "2026-11-24", "weekday": "Tuesday", "practitioner": "Cleo Marsh"}
    assert {each["location"] for each in skill("find_slots", **asked).data["offers"]} == {"Park Street", "Headingley"}
    there = skill("find_slots", **asked, location="Headingley").data["offers"]
    booked = skill("book_appointment", slot=there[0]["slot"], patient_name="Rosa Blum").data
    assert "'location': 'Headingley'" in str(booked)


def test_a_series_stays_at_its_place(clinic, cleo, ticket_at, headingley):
    """In B weeks they are elsewhere on Tuesdays: these dates don't fit, and nobody is sent there unasked."""
    cleo.fortnight_from = dt.date(2026, 11, 23)
    cleo.save()
    cleo.working_hours.update(weeks="a")
    cleo.working_hours.create(weekday=1, weeks="b", starts=dt.time(9), ends=dt.time(12), location=headingley)
    rosa = Patient.objects.create(name="Rosa Blum")
    asked = {"ticket": ticket_at("09:00"), "every_weeks": 1, "times": 3, "contact_id": 1, "patient": rosa}
    planned = series.look(clinic, **asked)
    assert [each.refused is None for each in planned] == [True, False, True]


def test_time_off_may_be_from_one_place_only(clinic, cleo, find, headingley, staff_book):
    off = cleo.time_off.create(starts_at=at("00:00"), ends_at=at("23:00"), location=headingley)
    assert set(find()) == {"Park Street"}
    with pytest.raises(OutsideHours):
        staff_book("13:00")
    assert staff_book("13:00", overrule=True).changes.get().overruled == ["time_off"]
    assert staff_book("10:00").location is None
    off.delete()
    assert set(find()) == {"Park Street", "Headingley"}


def test_staff_may_book_somebody_against_the_place_of_their_hours(clinic, staff_book, headingley):
    with pytest.raises(Elsewhere):
        staff_book("10:00", location_id=headingley.pk)
    booked = staff_book("10:00", location_id=headingley.pk, overrule=True, reason="Covers for Bea")
    assert booked.location == headingley
    assert booked.changes.get().overruled == ["elsewhere"]


def test_staff_may_move_one_to_another_place_alone(clinic, cleo, staff_book, headingley, park_street):
    booked = staff_book("10:00")
    asked = {"starts_at": at("10:00"), "practitioner": cleo, "user_id": 1}
    assert by_hand.move_by_hand(clinic, booked, **asked).revision == 1
    assert by_hand.move_by_hand(clinic, booked, **asked, location_id=park_street.pk).revision == 1
    moved = by_hand.move_by_hand(clinic, booked, **asked, location_id=headingley.pk, overrule=True)
    assert (moved.location, moved.starts_at) == (headingley, at("10:00"))
    assert history(moved, "patient")[-1].text == "Moved from Park Street to another location"
    back = by_hand.undo(clinic, moved, user_id=1)
    assert back.location is None


def test_a_second_service_stays_where_the_first_is(clinic, cleo, check_up):
    patient = Patient.objects.create(name="Rosa Blum")
    asked = {"service": check_up, "practitioner": cleo, "patient": patient, "user_id": 1}
    with pytest.raises(Elsewhere):
        book_visit(clinic, ByHand(starts_at=at("11:30"), **asked), check_up)
    assert {each.location for each in book_visit(clinic, ByHand(starts_at=at("11:00"), **asked), check_up)} == {None}


def test_a_series_by_hand_says_where_each_of_it_is(clinic, cleo, check_up, headingley, park_street):
    HoursException.objects.create(
        practitioner=cleo, date=TUESDAY + dt.timedelta(weeks=1), periods=[["09:00", "12:00", headingley.pk]]
    )
    wanted = ByHand(
        service=check_up,
        practitioner=cleo,
        starts_at=at("10:00"),
        patient=Patient.objects.create(name="Rosa Blum"),
        user_id=1,
    )
    made = book_series(clinic, wanted, every_weeks=1, times=3)
    assert [date_of(each).place for each in made] == [park_street.pk, headingley.pk, park_street.pk]
    there = dataclasses.replace(wanted, starts_at=at("10:30"), location_id=park_street.pk)
    with pytest.raises(SeriesRefused) as refused:
        book_series(clinic, there, every_weeks=1, times=3)
    assert [each.refused for each in refused.value.dates] == [
        "",
        "The practitioner works at another location then.",
        "",
    ]


def test_the_assistants_series_offers_what_is_free_elsewhere_on_such_a_day(clinic, cleo, headingley, ticket_at):
    HoursException.objects.create(
        practitioner=cleo, date=TUESDAY + dt.timedelta(weeks=1), periods=[["09:00", "12:00", headingley.pk]]
    )
    patient = Patient.objects.create(name="Rosa Blum", contact_id=1)
    planned = series.look(clinic, ticket=ticket_at("10:00"), every_weeks=1, times=2, contact_id=1, patient=patient)
    assert [each.refused and each.refused.rule for each in planned] == [None, "elsewhere"]
    assert {each.location_id for each in planned[1].instead} == {headingley.pk}
