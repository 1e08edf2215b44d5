"""The page Audit: in words, filtered, with the state of the chain; for owners and admins only."""

from typing import Any

import pytest

from tenants import audit_chain, audit_pages, tasks
from tenants.audit import record
from tenants.models import AuditEntry
from tests.desk.conftest import alices, bobs

__all__ = ["alices", "bobs"]


@pytest.fixture
def entries(clinic: Any, alice: Any, bob: Any) -> None:
    record(clinic, alice, "member.role_changed", "member 2", before="staff", after="admin")
    record(clinic, bob, "calendar.connected", "calendar connection 1")
    record(clinic, None, "business.fenced", "business 1")
    audit_chain.seal(clinic.pk)


def test_it_says_who_did_what(alices: Any, entries: None, alice: Any) -> None:
    page = alices.get("settings/audit/").content.decode()
    for words in ("Changed somebody’s role", "after: admin, before: staff", "member 2", str(alice), "Intact"):
        assert words in page
    assert "Business: fenced" in page
    assert "settings/audit/" in alices.get("settings/").content.decode()


def test_it_filters_by_what_and_who(alices: Any, entries: None, bob: Any) -> None:
    page = alices.get(f"settings/audit/?area=calendar&person={bob.pk}").content.decode()
    assert "calendar connection 1" in page
    assert "member 2" not in page
    assert "Nothing like this was done" in alices.get("settings/audit/?since=2099-01-01").content.decode()
    assert "Select a valid choice" in alices.get("settings/audit/?area=nonsense").content.decode()


def test_a_broken_chain_is_told_at_the_top(alices: Any, entries: None, clinic: Any) -> None:
    broken = AuditEntry.objects.filter(business=clinic).first()
    assert broken is not None
    AuditEntry.objects.filter(pk=broken.pk).update(action="member.left")
    page = alices.get("settings/audit/").content.decode()
    assert "Somebody changed this trail" in page
    assert f"Entry {broken.pk} is not as it was sealed" in page


def test_staff_have_no_such_page(bobs: Any, entries: None) -> None:
    assert bobs.get("settings/audit/").status_code == 404


def test_a_long_trail_is_checked_as_a_whole_in_the_background(alices: Any, clinic: Any) -> None:
    many = audit_pages.CHECKED_ON_THE_PAGE + 5
    AuditEntry.objects.bulk_create(
        AuditEntry(business=clinic, action="channel.connected", subject=f"channel {number}") for number in range(many)
    )
    while audit_chain.seal(clinic.pk):
        pass
    oldest = AuditEntry.objects.filter(business=clinic).earliest("pk")
    AuditEntry.objects.filter(pk=oldest.pk).update(subject="channel 0 of somebody else")
    page = alices.get("settings/audit/").content.decode()
    assert "The whole trail has not been checked yet" in page
    assert "Intact" in page, "the page looks at the newest only, and says so"
    assert alices.post("settings/audit/check/").status_code == 302
    assert "All of it is being checked now" in alices.get("settings/audit/").content.decode()
    tasks.check_audit.body(clinic, clinic.pk)
    page = alices.get("settings/audit/").content.decode()
    assert f"Entry {oldest.pk} is not as it was sealed" in page
    assert "something is wrong" in page
    AuditEntry.objects.filter(pk=oldest.pk).update(subject=oldest.subject)
    alices.post("settings/audit/check/")
    tasks.check_audit.body(clinic, clinic.pk)
    assert "<strong>intact.</strong>" in alices.get("settings/audit/").content.decode()


def test_staff_cannot_ask_for_the_check(bobs: Any) -> None:
    assert bobs.post("settings/audit/check/").status_code == 404
