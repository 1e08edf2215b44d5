"""From the diary to the board, by the team's browser without JavaScript."""

import pytest
from django.db import connection

from calendar_sync.models import Appointment, CampaignCase, OutCampaign, TimeOff
from tests.waitlist.scene import local

BASE = "/b/bright-smile/diary/out/"
DAY = {"first": "2026-12-03", "last": "2026-12-03", "first_time": "", "last_time": "", "reason": "Ill"}


@pytest.fixture
def page(client, scene, bob):
    client.force_login(bob)

    def ask(path="", query=None, **form):
        try:
            return client.post(BASE + path, form) if form else client.get(BASE + path, query or {})
        finally:
            connection.set_tenant(scene.business)

    return ask


def started(page, scene):
    page(practitioner=scene.ada.pk, **DAY)
    scene.plan()
    return OutCampaign.objects.get()


def test_the_diary_fills_the_form_in_and_it_says_whom_it_hits(page, scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    shown = page(query={"practitioner": scene.ada.pk, "date": "2026-12-03"}).content.decode()
    assert 'value="2026-12-03"' in shown
    assert "Nobody has been out yet" in shown
    assert "Rosa Blum" in shown
    shown = page(query={"practitioner": scene.ada.pk, **DAY}).content.decode()
    assert "1 appointment can’t take place" in shown
    assert "Rosa Blum" in shown
    assert not OutCampaign.objects.exists()


def test_a_day_that_ends_before_it_begins_is_refused_beside_its_field(page, scene):
    answer = page(practitioner=scene.ada.pk, **(DAY | {"last": "2026-12-02"}))
    assert answer.status_code == 422
    assert "It ends before it begins" in answer.content.decode()
    assert not TimeOff.objects.exists()


def test_the_board_counts_and_can_be_undone_until_it_is_sent(page, scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    campaign = started(page, scene)
    shown = page(f"{campaign.pk}/").content.decode()
    assert "Nothing has been sent yet" in shown
    assert "0 of 1 taken care of" in shown
    page(f"{campaign.pk}/undo/", sure="yes")
    assert "This was undone" in page(f"{campaign.pk}/").content.decode()
    assert not TimeOff.objects.exists()


def test_a_case_is_handled_by_hand(page, scene, bob):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    scene.book(scene.somebody("Tom Reed"), "2026-12-03 11:00")
    campaign = started(page, scene)
    page(f"{campaign.pk}/send/", sure="yes")
    scene.work(1)
    rosa, tom = CampaignCase.objects.order_by("rank")
    page(f"cases/{rosa.pk}/take/", sure="yes")
    rosa.refresh_from_db()
    assert (rosa.status, rosa.owner_id, rosa.why) == ("staff", bob.pk, "taken")
    assert "Bob Colleague sees to it" in page(f"{campaign.pk}/").content.decode()
    page(f"cases/{rosa.pk}/settle/", option="2")
    moved = Appointment.objects.get(patient__name="Rosa Blum")
    assert moved.starts_at != local("2026-12-03 10:00")
    page(f"cases/{tom.pk}/settle/", sure="yes")
    assert "Everybody is taken care of" in page(f"{campaign.pk}/").content.decode()


def test_it_cannot_be_undone_once_sent_and_says_so(page, scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    campaign = started(page, scene)
    page(f"{campaign.pk}/send/", sure="yes")
    scene.work(1)
    page(f"{campaign.pk}/undo/", sure="yes")
    assert "somebody has been written to" in page(f"{campaign.pk}/").content.decode()
    assert TimeOff.objects.exists()


def test_another_business_sees_nothing(client, scene, page, charlie):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    campaign = started(page, scene)
    client.force_login(charlie)
    assert client.get(f"{BASE}{campaign.pk}/").status_code == 404
    assert client.get(f"/b/cut-and-co/diary/out/{campaign.pk}/").status_code == 404
