"""The audit trail as a chain: nothing in it can be altered, removed, slipped in or moved without being seen.

Entries are sealed after they are committed, by a periodic task (docs/decisions/0022): an entry's digest is SHA-256 over
its canonical form, which holds the digest of the entry sealed before it. `AuditSeal` holds the end of each chain; its
row is the lock, so that two sealers stand in line and nobody who writes an entry waits for anything.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from tenants import clock
from tenants.models import AuditEntry, AuditSeal, Business
from tenants.worklist import Lease

CHECK = "tenants.check_audit"
MOST_TOLD = 50
BATCH = 1000
LATE = dt.timedelta(hours=1)
"""Entries become visible in another order than they were dated in, but not by more than a transaction lasts."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`kind`: altered, removed, inserted, reordered. `entry` is an id; None where the entry is gone."""

    kind: str
    entry: int | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    faults: tuple[Fault, ...]
    checked: int
    up_to: dt.datetime | None
    head: str

    @property
    def intact(self) -> bool:
        return not self.faults


def digest_of(entry: AuditEntry) -> str:
    """Of plain values as the database gives them back: ids, UTC to the microsecond, keys in order."""
    form = [
        entry.pk,
        entry.business_id,
        entry.actor_number,
        entry.action,
        entry.subject,
        entry.detail,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(form, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def seal_all() -> int:
    """Seal whatever is committed and not sealed, of all businesses; how many entries."""
    waiting = AuditEntry.objects.filter(digest="").order_by().values_list("business_id", flat=True).distinct()
    return sum(seal(business_id) for business_id in list(waiting))


def seal(business_id: int | None) -> int:
    """Seal at most BATCH entries of one chain, in the order of their ids; how many."""
    with transaction.atomic():
        end = AuditSeal.objects.filter(_of(business_id)).first() or _begun(business_id)
        end = AuditSeal.objects.select_for_update().get(pk=end.pk)
        entries = list(AuditEntry.objects.filter(_of(business_id), digest="").order_by("pk")[:BATCH])
        for entry in entries:
            entry.actor_number = entry.actor_number or entry.actor_id
            entry.previous = end.head
            entry.digest = end.head = digest_of(entry)
        if entries:
            AuditEntry.objects.bulk_update(entries, ["actor_number", "previous", "digest"])
            end.count += len(entries)
            end.sealed_at = clock.now()
            end.save()
    return len(entries)


def _begun(business_id: int | None) -> AuditSeal:
    """Two sealers may begin a chain at once: the constraint lets one do it."""
    business = Business.objects.get(pk=business_id) if business_id is not None else None
    return AuditSeal.objects.get_or_create(business=business)[0]


def verify(business_id: int | None, *, newest: int | None = None) -> Verdict:
    """Walk the chain from its end to its beginning; with `newest` only over so many links."""
    rows = AuditEntry.objects.filter(_of(business_id)).exclude(digest="").order_by("-pk")
    with transaction.atomic():
        seals = AuditSeal.objects.filter(_of(business_id))
        # The whole chain is read while nobody seals: what is sealed meanwhile would look as if it had been slipped in.
        end = (seals if newest else seals.select_for_update()).first() or AuditSeal(business_id=business_id)
        sealed = list(rows[: newest + BATCH] if newest else rows.iterator())
    links = {entry.digest: entry for entry in sealed}
    walked, faults = _walk(end, links, newest)
    if newest is None:
        faults += _not_in_chain(sealed, walked)
        faults += _cut(end, walked, faults)
        faults += _slipped_in(business_id, end)
    return Verdict(faults=tuple(faults), checked=len(walked), up_to=end.sealed_at, head=end.head)


def check(business: Business, _: int, lease: Lease) -> None:
    """The whole chain as work in the background: what was found stands with its seal until the next time."""
    verdict = verify(business.pk)
    AuditSeal.objects.filter(business=business).update(
        checked_at=clock.now(), checked=verdict.checked, faults=[fault.words for fault in verdict.faults[:MOST_TOLD]]
    )
    lease.finish()


def _walk(end: AuditSeal, links: dict[str, AuditEntry], newest: int | None) -> tuple[list[AuditEntry], list[Fault]]:
    walked: list[AuditEntry] = []
    faults: list[Fault] = []
    here, seen = end.head, set[str]()
    while here and here not in seen and (newest is None or len(walked) < newest):
        seen.add(here)
        entry = links.get(here)
        if entry is None:
            faults.append(Fault(kind="removed", entry=None, words=_missing(walked)))
            break
        if digest_of(entry) != entry.digest or entry.actor_id not in (None, entry.actor_number):
            words = gettext("Entry %(entry)s is not as it was sealed.") % {"entry": entry.pk}
            faults.append(Fault(kind="altered", entry=entry.pk, words=words))
        if walked and entry.at > walked[-1].at + LATE:
            words = gettext("Entry %(entry)s is dated before the one that it follows.") % {"entry": walked[-1].pk}
            faults.append(Fault(kind="reordered", entry=walked[-1].pk, words=words))
        walked.append(entry)
        here = entry.previous
    return walked, faults


def _missing(walked: Sequence[AuditEntry]) -> str:
    if walked:
        return gettext("An entry is missing before entry %(entry)s.") % {"entry": walked[-1].pk}
    return gettext("An entry is missing at the end.")


def _not_in_chain(sealed: Sequence[AuditEntry], walked: Sequence[AuditEntry]) -> list[Fault]:
    """Sealed entries that no walk reaches: slipped in, or left behind where an entry after them was removed."""
    if not walked:
        return []
    reached = {entry.pk for entry in walked}
    oldest, broken = walked[-1].pk, walked[-1].previous != ""
    return [
        Fault(
            kind="inserted",
            entry=entry.pk,
            words=gettext("Entry %(entry)s does not belong to the chain.") % {"entry": entry.pk},
        )
        for entry in sealed
        if entry.pk not in reached and not (broken and entry.pk < oldest)
    ]


def _cut(end: AuditSeal, walked: Sequence[AuditEntry], faults: Sequence[Fault]) -> list[Fault]:
    if len(walked) == end.count or any(fault.kind == "removed" for fault in faults):
        return []
    words = gettext("%(sealed)s entries were sealed, %(found)s are in the chain.")
    return [Fault(kind="removed", entry=None, words=words % {"sealed": end.count, "found": len(walked)})]


def _slipped_in(business_id: int | None, end: AuditSeal) -> list[Fault]:
    """An entry that nobody sealed, though it claims to be older than the last sealing."""
    if end.sealed_at is None:
        return []
    unsealed = AuditEntry.objects.filter(_of(business_id), digest="", at__lt=end.sealed_at - LATE)
    return [
        Fault(
            kind="inserted",
            entry=pk,
            words=gettext("Entry %(entry)s is dated long before the last sealing, but not sealed.") % {"entry": pk},
        )
        for pk in unsealed.values_list("pk", flat=True)
    ]


def _of(business_id: int | None) -> Q:
    return Q(business_id=business_id) if business_id is not None else Q(business__isnull=True)


def holds(business_id: int | None, head: str) -> bool:
    """Whether an end that somebody noted is still one of the chain's digests."""
    return AuditEntry.objects.filter(_of(business_id), digest=head).exists()
