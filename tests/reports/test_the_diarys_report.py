"""Who booked, who came, which freed times were filled, for whom people work."""

import csv
import datetime as dt
import html
import io
import re

from calendar_sync import by_hand, undo
from calendar_sync.models import AppointmentStatus, BookedBy, Patient
from tenants import clock


def page_of(client):
    return " ".join(html.unescape(client.get("reports/diary/").content.decode()).split())


def figure(client, label):
    found = re.search(
        rf'card__label">{label} .*?card__value">(.*?)</p>(?: <p class="figure-card__note">(.*?)</p>)?', page_of(client)
    )
    return found.groups()


def table(client, name):
    return list(csv.reader(io.StringIO(client.get(f"reports/diary/table.csv?table={name}").content.decode())))


def test_bookings_are_told_apart_by_who_made_them(alices, desk):
    desk.book_at("09:00")
    desk.book_at("10:00", contact_id=2, name="Tom Becker")
    desk.staff_book("11:00")
    assert figure(alices, "Booked") == ("3", None)
    assert figure(alices, "By the assistant") == ("67 %", "2 of 3")
    assert table(alices, "days")[-1] == ["2026-11-23", "2026-11-23", "2", "1", "0", "0"]


def test_a_no_show_is_one_among_those_that_are_over(alices, clinic, desk, bob):
    made = [desk.staff_book(time) for time in ("09:00", "10:00", "11:00")]
    with clock.pinned(made[-1].ends_at):
        by_hand.mark(clinic, made[0], AppointmentStatus.COMPLETED, user_id=bob.pk)
        by_hand.mark(clinic, made[1], AppointmentStatus.NO_SHOW, user_id=bob.pk)
        assert figure(alices, "No-shows") == ("50 %", "1 of 2 that are over")


def test_a_freed_time_is_filled_when_another_appointment_lies_in_it(alices, clinic, desk, ada, bob):
    kept, moved, gone = (desk.staff_book(time) for time in ("09:00", "10:00", "11:00"))
    assert figure(alices, "Freed times filled") == ("–", "0 of 0")
    desk.cancel(gone, by=BookedBy.STAFF)
    later = moved.starts_at + dt.timedelta(hours=6)
    by_hand.move_by_hand(clinic, moved, starts_at=later, practitioner=ada, user_id=bob.pk)
    assert figure(alices, "Freed times filled") == ("0 %", "0 of 2")
    desk.staff_book("11:00", patient=Patient.objects.create(name="Nora Lind"))
    assert figure(alices, "Freed times filled") == ("50 %", "1 of 2")
    assert kept.status == AppointmentStatus.CONFIRMED


def test_a_colleagues_appointment_at_that_time_fills_nothing(alices, desk):
    gone = desk.staff_book("11:00")
    desk.cancel(gone, by=BookedBy.STAFF)
    desk.staff_book("11:00", practitioner=desk.colleague())
    assert figure(alices, "Freed times filled") == ("0 %", "0 of 1")


def test_an_undone_cancellation_freed_nothing(alices, clinic, desk):
    appointment = desk.book_at("11:00")
    desk.cancel(appointment)
    assert figure(alices, "Freed times filled") == ("0 %", "0 of 1")
    undo.undo_last(clinic, contact_id=1, by=BookedBy.PATIENT)
    assert figure(alices, "Freed times filled") == ("–", "0 of 0")


def test_people_and_services_are_counted_apart(alices, desk, ada):
    bea = desk.colleague("=cmd|' /C calc'!A0")
    desk.book_at("09:00")
    desk.cancel(desk.staff_book("09:00", practitioner=bea), by=BookedBy.STAFF)
    desk.staff_book("10:00", practitioner=bea)
    rows = {row[0]: row[1:] for row in table(alices, "practitioners")[1:]}
    assert rows[ada.name] == ["1", "1", "0", "0", "0", "0.5"]
    assert rows[f"'{bea.name}"] == ["1", "0", "0", "0", "1", "0.5"]
    assert [row[:2] for row in table(alices, "services")[1:]] == [["Check-up", "2"]]


def test_an_empty_diary_says_what_will_be_here(alices, monday):
    assert "No appointments in these days" in page_of(alices)
