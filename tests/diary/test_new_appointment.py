"""A new appointment: somebody known is found and chosen, free times are pressed, and what is overruled has a reason."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import holds
from calendar_sync.models import Appointment, Hold, Patient, Practitioner, Service
from conversations.models import Contact, ContactIdentity
from tenants import clock
from tenants.models import ChannelKind

BASE = "/b/bright-smile/diary"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def found(staff, clinic):
    """What is found while this is typed."""

    def ask(typed):
        answer = staff.get(f"{BASE}/patients/found/", {"name": typed})
        connection.set_tenant(clinic)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


@pytest.fixture
def send(staff, clinic, check_up, ada):
    """Send the form with these entries; the answer."""

    def press(path="appointments/new/", **other):
        data = {"service": check_up.pk, "practitioner": ada.pk, "date": "2026-11-23", "time": "11:00"}
        answer = staff.post(f"{BASE}/{path}", data | other, headers=HTMX)
        connection.set_tenant(clinic)
        return answer

    return press


def writes(name, phone):
    contact = Contact.objects.create(name=name)
    ContactIdentity.objects.create(contact=contact, kind=ChannelKind.TWILIO, address=f"whatsapp:{phone}", phone=phone)
    return Patient.objects.create(name=name, contact_id=contact.pk)


class TestFinding:
    def test_accents_and_capitals_do_not_count_and_any_part_of_a_name_does(self, found):
        Patient.objects.create(name="Amélie Durand-Castaignède")
        assert "Amélie Durand" in found("durand AMELIE")
        assert "Amélie Durand" in found("castaignede")
        assert "Known already" not in found("amelie silva")

    def test_namesakes_are_told_apart_by_birth_and_phone(self, found, rosa):
        Patient.objects.create(name="Rosa Blum", born_on="1986-04-03")
        writes("Rosa Blum", "+447911100007")
        page = found("rosa bl")
        assert page.count('name="pick"') == 3
        assert "born 3 Apr 1986" in page
        assert "+447911100007" in page
        assert "next: Mon 23 Nov 2026, 10:00" in page

    def test_a_phone_is_found_however_it_was_written(self, found):
        Patient.objects.create(name="Tom Reed", phone="07911 123 456")
        writes("Rosa Blum", "+447911100007")
        assert "Tom Reed" in found("(07911) 123")
        assert "Rosa Blum" in found("07911100007")

    def test_the_number_of_an_appointment_finds_whom_it_is_for(self, found, rosa):
        Patient.objects.create(name="Tom Reed")
        page = found(rosa.reference)
        assert "Rosa Blum" in page
        assert "Tom Reed" not in page

    @pytest.mark.parametrize("typed", ["", " ", "r", "#", "12", "a\0", "%", "'; --", "9" * 300])
    def test_what_says_nothing_finds_nobody(self, found, rosa, typed):
        assert 'name="pick"' not in found(typed)

    def test_more_than_a_screen_of_them_asks_for_more(self, found):
        Patient.objects.bulk_create(Patient(name=f"Rosa {number}") for number in range(12))
        page = found("rosa")
        assert page.count('name="pick"') == 8
        assert "There are more." in page

    def test_another_business_finds_nobody_here(self, client, charlie, rosa):
        client.force_login(charlie)
        assert client.get(f"{BASE}/patients/found/", {"name": "rosa"}).status_code == 404
        assert "Rosa" not in client.get("/b/cut-and-co/diary/patients/found/", {"name": "rosa"}).content.decode()


class TestChoosing:
    def test_whoever_is_chosen_is_booked_and_stays_one_person(self, send):
        known = writes("Rosa Blum", "+447911100007")
        page = send(pick=known.pk, name="ros", note="Tooth 14").content.decode()
        assert f'<input type="hidden" name="patient" value="{known.pk}"' in page
        assert "Tooth 14" in page, "what was entered stays"
        assert "Patient’s name" not in page
        assert send(patient=known.pk).status_code == 200
        made = Appointment.objects.get()
        assert (made.patient, made.contact_id) == (known, known.contact_id)
        assert Patient.objects.count() == 1

    def test_it_can_be_somebody_else_after_all(self, send):
        known = Patient.objects.create(name="Rosa Blum")
        assert "Patient’s name" in send(patient=known.pk, pick="").content.decode()
        assert not Appointment.objects.exists()

    @pytest.mark.parametrize("nonsense", ["999999", "x", "-1", "1" * 40])
    def test_nobody_is_booked_for_a_patient_who_is_not_there(self, send, nonsense):
        assert send(patient=nonsense).status_code == 422
        assert not Appointment.objects.exists()

    def test_the_patients_page_leads_to_a_form_that_knows_them(self, staff, rosa):
        page = staff.get(f"{BASE}/patients/{rosa.patient_id}/").content.decode()
        address = f"{BASE}/appointments/new/?patient={rosa.patient_id}"
        assert address in page
        assert "Somebody else" in staff.get(address).content.decode()

    def test_a_blocked_patient_is_said_to_be_blocked(self, send):
        known = Patient.objects.create(name="Rosa Blum", blocked_at=clock.now())
        assert "Blocked" in send(pick=known.pk).content.decode()


class TestFreeTimes:
    def free(self, staff, clinic, **asked):
        answer = staff.get(f"{BASE}/free/", asked)
        connection.set_tenant(clinic)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_the_day_and_the_first_time_of_the_next_days(self, staff, clinic, check_up, ada, rosa):
        page = self.free(staff, clinic, service=check_up.pk, practitioner=ada.pk, date="2026-11-23", time="11:00")
        assert "Free on Monday 23 November with Dr Ada Silva" in page
        assert f'value="2026-11-23T10:30/{ada.pk}"' in page
        assert f'value="2026-11-23T10:15/{ada.pk}"' not in page, "Rosa is there"
        assert f'value="2026-11-23T11:00/{ada.pk}" aria-pressed="true"' in page
        assert f'value="2026-11-24T08:30/{ada.pk}"' in page
        assert f'value="2026-11-24T08:45/{ada.pk}"' not in page, "one of each further day"

    def test_a_day_of_another_year_says_which(self, staff, clinic, check_up, ada):
        page = self.free(staff, clinic, service=check_up.pk, practitioner=ada.pk, date="2027-02-02")
        assert "Free on Tuesday 2 February 2027 with Dr Ada Silva" in page

    def test_where_nothing_is_left_somebody_else_is_named(self, staff, clinic, check_up, ada):
        bea = Practitioner.objects.create(name="Dr Bea Wolf", location=ada.location, position=1)
        bea.services.set(Service.objects.all())
        bea.working_hours.create(weekday=0, starts=dt.time(9), ends=dt.time(17))
        ada.working_hours.filter(weekday=0).delete()
        page = self.free(staff, clinic, service=check_up.pk, practitioner=ada.pk, date="2026-11-23")
        assert "Nothing free on Monday 23 November with Dr Ada Silva. With somebody else:" in page
        assert f'value="2026-11-23T09:00/{bea.pk}"' in page
        assert "Dr Bea Wolf" in page

    def test_for_a_move_its_own_time_is_free(self, staff, clinic, ada, rosa):
        page = self.free(staff, clinic, moving=rosa.pk, practitioner=ada.pk, date="2026-11-23", time="10:00")
        assert f'value="2026-11-23T10:00/{ada.pk}" aria-pressed="true"' in page

    @pytest.mark.parametrize(
        "asked",
        [{}, {"date": "x"}, {"date": "0001-01-01"}, {"practitioner": "9999"}, {"service": "a\0"}, {"moving": "x"}],
    )
    def test_what_cannot_be_read_offers_nothing(self, staff, clinic, ada, asked):
        assert "time-chip" not in self.free(staff, clinic, **({"practitioner": ada.pk} | asked))

    def test_without_javascript_the_form_comes_back_with_the_time(self, staff, clinic, check_up, ada):
        data = {"service": check_up.pk, "practitioner": ada.pk, "date": "2026-11-23", "time": "", "name": "Tom Reed"}
        page = staff.post(f"{BASE}/appointments/new/", data | {"at": f"2026-11-24T08:30/{ada.pk}"}).content.decode()
        assert 'value="2026-11-24"' in page
        assert 'value="08:30"' in page
        assert 'value="Tom Reed"' in page

    def test_of_two_services_both_have_to_fit(self, staff, clinic, check_up, ada, rosa):
        also = Service.objects.create(name="X-ray", duration=40, grid=30)
        also.practitioners.set([ada])
        asked = {"service": check_up.pk, "practitioner": ada.pk, "date": "2026-11-23", "also": also.pk}
        page = self.free(staff, clinic, **asked)
        assert "For Check-up and X-ray, one right after the other:" in page
        assert f'value="2026-11-23T08:45/{ada.pk}"' in page, "it is over at 09:55, before Rosa"
        assert f'value="2026-11-23T09:00/{ada.pk}"' not in page
        assert f'value="2026-11-23T09:00/{ada.pk}"' in self.free(staff, clinic, **asked | {"also": ""})

    def test_the_second_service_may_be_somebody_elses(self, staff, clinic, check_up, ada):
        """Dr Wolf begins at eleven; the buffers are each one's own."""
        bea = Practitioner.objects.create(name="Dr Bea Wolf", location=ada.location, position=1)
        bea.working_hours.create(weekday=0, starts=dt.time(11), ends=dt.time(17))
        also = Service.objects.create(name="X-ray", duration=40, buffer_before=10)
        also.practitioners.set([bea])
        visit = {"service": check_up.pk, "practitioner": ada.pk, "also": also.pk, "date": "2026-11-23"}
        page = self.free(staff, clinic, **visit, also_by=bea.pk)
        assert f'value="2026-11-23T10:30/{ada.pk}"' in page, "over at eleven"
        assert f'value="2026-11-23T10:15/{ada.pk}"' not in page
        asked = visit | {"name": "Rosa Blum", "time": "10:30"}
        refused = staff.post(f"{BASE}/appointments/new/", asked).content.decode()
        assert "Dr Ada Silva doesn’t perform this service." in refused
        staff.post(f"{BASE}/appointments/new/", asked | {"also_by": bea.pk})
        connection.set_tenant(clinic)
        first, second = Appointment.objects.order_by("during")
        assert (second.practitioner, second.starts_at, second.visit_id) == (bea, first.ends_at, first.visit_id)

    def test_without_javascript_times_and_patients_are_asked_for_by_button(self, staff, clinic, check_up, ada, rosa):
        data = {"service": check_up.pk, "practitioner": ada.pk, "date": "2026-11-24", "time": "", "name": "Ros"}
        page = staff.post(f"{BASE}/appointments/new/", data | {"show": "1"}).content.decode()
        assert "Free on Tuesday 24 November with Dr Ada Silva" in page
        assert "This field is required" not in page
        connection.set_tenant(clinic)
        page = staff.post(f"{BASE}/appointments/new/", data | {"find": "1"}).content.decode()
        assert f'name="pick" value="{rosa.patient_id}"' in page
        connection.set_tenant(clinic)
        page = staff.post(f"{BASE}/appointments/new/", data | {"find": "1", "name": "Xaver"}).content.decode()
        assert "Nobody is known by that." in page

    def test_a_patients_own_held_time_is_free_to_them(self, staff, clinic, check_up, ada):
        known = writes("Rosa Blum", "+447911100007")
        start = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
        holds.keep(clinic, service=check_up, practitioner=ada, starts_at=start, contact_id=known.contact_id,
                   reason=Hold.Reason.OFFER)  # fmt: skip
        asked = {"service": check_up.pk, "practitioner": ada.pk, "date": "2026-11-23"}
        eleven = f'value="2026-11-23T11:00/{ada.pk}"'
        assert eleven not in self.free(staff, clinic, **asked)
        assert eleven in self.free(staff, clinic, patient=known.pk, **asked)


class TestOverruling:
    def test_without_a_reason_it_is_asked_for(self, send):
        page = send(name="Tom Reed", time="19:00", overrule="on").content.decode()
        assert "Write in a few words why." in page
        assert not Appointment.objects.exists()

    def test_the_reason_stands_in_the_history(self, staff, send):
        send(name="Tom Reed", time="19:00", overrule="on", reason="In pain, comes late")
        made = Appointment.objects.get()
        assert made.changes.get().reason == "In pain, comes late"
        assert "In pain, comes late" in staff.get(f"{BASE}/appointments/{made.pk}/").content.decode()

    def test_a_reason_without_anything_to_overrule_is_not_kept(self, send):
        send(name="Tom Reed", overrule="on", reason="In pain")
        assert Appointment.objects.get().changes.get().reason == ""

    def test_a_hold_is_shown_with_whose_it_is_and_until_when(self, send, clinic, check_up, ada):
        known = writes("Rosa Blum", "+447911100007")
        start = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
        hold = holds.keep(clinic, service=check_up, practitioner=ada, starts_at=start, contact_id=known.contact_id,
                          reason=Hold.Reason.OFFER, minutes=10)  # fmt: skip
        page = send(name="Tom Reed").content.decode()
        assert "Kept for <strong>Rosa Blum</strong> until Mon 23 Nov, 08:10 (Read back to a patient)." in page
        assert f"/contacts/{known.contact_id}/conversation/" in page
        assert send(name="Tom Reed", overrule="on", reason="Was first on the phone").status_code == 200
        assert Appointment.objects.get().changes.get().overruled == ["held"]
        hold.refresh_from_db()
        assert hold.released_at is not None
