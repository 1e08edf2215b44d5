"""Whoever changes the audit trail behind the application's back is found out."""

import datetime as dt
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tenants import audit_chain, clock
from tenants.audit import record
from tenants.models import AuditEntry, AuditSeal
from tenants.tasks import seal_audit


@pytest.fixture
def trail(clinic: Any, alice: Any) -> list[int]:
    """Six sealed entries of the clinic, in two sealings; their ids."""
    AuditEntry.objects.filter(business=clinic).delete()
    for number in range(6):
        record(
            clinic, alice, "member.role_changed", f"member {number}", before="staff", nested={"b": 1.5, "a": [number]}
        )
        if number == 3:
            audit_chain.seal(clinic.pk)
    audit_chain.seal(clinic.pk)
    ids = list(AuditEntry.objects.filter(business=clinic).order_by("pk").values_list("pk", flat=True))
    assert audit_chain.verify(clinic.pk).intact
    assert audit_chain.verify(clinic.pk).checked == 6
    return ids


def faults(business: Any) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.entry) for fault in audit_chain.verify(business.pk).faults]


@pytest.mark.parametrize(
    "change",
    [
        "action = 'member.left'",
        "subject = 'member 99'",
        """detail = '{"before": "owner"}'""",
        "at = at + interval '1 microsecond'",
        "actor_number = 4711",
        "actor_id = NULL, actor_number = NULL",
        "business_id = NULL",
    ],
)
def test_an_altered_entry_is_found(clinic: Any, trail: list[int], change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE public.tenants_auditentry SET {change} WHERE id = %s", [trail[2]])
    found = audit_chain.verify(clinic.pk)
    assert not found.intact
    if "business_id" not in change:
        assert [(fault.kind, fault.entry) for fault in found.faults] == [("altered", trail[2])]


def test_somebody_else_as_the_actor_is_found(clinic: Any, trail: list[int], bob: Any) -> None:
    AuditEntry.objects.filter(pk=trail[1]).update(actor=bob)
    assert faults(clinic) == [("altered", trail[1])]


@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_removed_entry_is_found(clinic: Any, trail: list[int], place: int) -> None:
    AuditEntry.objects.filter(pk=trail[place]).delete()
    assert {kind for kind, _ in faults(clinic)} == {"removed"}


def test_removing_everything_is_found(clinic: Any, trail: list[int]) -> None:
    AuditEntry.objects.filter(business=clinic).delete()
    assert faults(clinic) == [("removed", None)]


def test_an_inserted_entry_is_found_sealed_by_hand_or_not(clinic: Any, trail: list[int], alice: Any) -> None:
    """With a digest of its own that fits the entry before, and without any but dated long ago."""
    before = AuditEntry.objects.get(pk=trail[2])
    forged = AuditEntry(
        business=clinic, actor=alice, actor_number=alice.pk, action="member.left", previous=before.digest
    )
    forged.save()
    forged.digest = audit_chain.digest_of(forged)
    forged.save()
    assert faults(clinic) == [("inserted", forged.pk)]
    forged.delete()
    late = AuditEntry.objects.create(business=clinic, action="x.y", at=clock.now() - dt.timedelta(days=30))
    assert faults(clinic) == [("inserted", late.pk)]
    audit_chain.seal(clinic.pk)
    assert faults(clinic) == [("reordered", late.pk)]


def test_reordered_entries_are_found(clinic: Any, trail: list[int]) -> None:
    """Two entries change places, with all that stands in them but their ids."""
    first, second = AuditEntry.objects.get(pk=trail[1]), AuditEntry.objects.get(pk=trail[4])
    first.pk, second.pk = second.pk, first.pk
    first.save()
    second.save()
    assert {entry for _, entry in faults(clinic)} == {trail[1], trail[4]}


def test_a_chain_written_anew_no_longer_holds_the_end_that_was_noted(clinic: Any, trail: list[int]) -> None:
    noted = audit_chain.verify(clinic.pk).head
    call_command("verify_audit", business=clinic.slug, head=noted, stdout=StringIO())
    AuditSeal.objects.all().delete()
    AuditEntry.objects.filter(business=clinic).update(digest="", previous="", subject="member 1")
    audit_chain.seal(clinic.pk)
    assert audit_chain.verify(clinic.pk).intact, "by itself it can't be seen"
    with pytest.raises(CommandError, match="written anew"):
        call_command("verify_audit", business=clinic.slug, head=noted, stdout=StringIO())


def test_a_deleted_account_breaks_nothing(clinic: Any, bob: Any) -> None:
    record(clinic, bob, "member.left", "member 2")
    audit_chain.seal(clinic.pk)
    bob.delete()
    assert audit_chain.verify(clinic.pk).intact
    assert AuditEntry.objects.filter(business=clinic).latest("pk").actor_number is not None


def test_chains_of_businesses_do_not_touch(clinic: Any, salon: Any, trail: list[int], charlie: Any) -> None:
    record(salon, charlie, "member.left", "member 9")
    record(None, None, "user.edited", "user 1")
    seal_audit()
    AuditEntry.objects.filter(pk=trail[0]).update(subject="other")
    assert not audit_chain.verify(clinic.pk).intact
    assert audit_chain.verify(salon.pk).intact
    assert audit_chain.verify(None).intact


def test_older_entries_are_covered_from_their_first_sealing_on(clinic: Any) -> None:
    """As a database has them that was made before there were chains: no digest, no actor's number."""
    AuditSeal.objects.all().delete()
    old = AuditEntry.objects.create(business=clinic, action="old.act", at=clock.now() - dt.timedelta(days=400))
    seal_audit()
    assert audit_chain.verify(clinic.pk).intact
    AuditEntry.objects.filter(pk=old.pk).update(action="new.act")
    assert not audit_chain.verify(clinic.pk).intact


def test_the_command_names_what_is_wrong(clinic: Any, trail: list[int]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert f"{clinic.slug}: intact, 6 entries" in out.getvalue()
    AuditEntry.objects.filter(pk=trail[3]).update(subject="member 8")
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit", business=clinic.slug, stdout=out)
    assert f"altered: Entry {trail[3]}" in out.getvalue()
    with pytest.raises(CommandError, match="no business"):
        call_command("verify_audit", business="nobody")


def test_writers_and_sealers_at_once_make_one_unbroken_chain(fresh_business: Any) -> None:
    """Real transactions that commit in any order, some rolled back, with two sealers beside them."""
    failures: list[BaseException] = []
    done = threading.Event()

    def write(number: int) -> None:
        for place in range(15):
            try:
                with transaction.atomic():
                    record(fresh_business, None, "test.written", f"{number} {place}")
                    if place % 5 == 4:
                        raise KeyError("rolled back")
            except KeyError:
                continue

    def seal() -> None:
        while not done.is_set():
            audit_chain.seal(fresh_business.pk)

    def run(act: Any, *given: Any) -> None:
        try:
            act(*given)
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=run, args=(write, number)) for number in range(3)]
    sealers = [threading.Thread(target=run, args=(seal,)) for _ in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in sealers:
        thread.join()
    audit_chain.seal(fresh_business.pk)
    verdict = audit_chain.verify(fresh_business.pk)
    assert failures == []
    assert verdict.intact, verdict.faults
    assert verdict.checked == AuditEntry.objects.filter(business=fresh_business).count() >= 36
