"""Proof of who writes: a patient's full name and date of birth, or a person of the team who has checked (codes.py:
the code that they gave).

A failed try answers the same whatever failed: the name, the date, a patient of whom nothing may be told, several
who fit. Tries are counted per contact, and per name over all contacts, so that many phones guess no more than one.
What was right is forgotten with what was wrong: only keyed digests of names are kept.
"""

import datetime as dt
import hmac
from enum import StrEnum

from django.db import connection
from django.db.models import Q
from django.utils.crypto import salted_hmac

from calendar_sync.birth_dates import readings
from calendar_sync.models import BookingRules, Patient, Verification, VerificationTry
from calendar_sync.when.reading import fold
from tenants import clock
from tenants.audit import record
from tenants.models import Business

TRIES = 3  # that may fail, of a contact
TRIES_FOR_A_NAME = 6  # of all contacts together
WITHIN = dt.timedelta(days=1)
LASTS = dt.timedelta(days=30)
UNDO = dt.timedelta(minutes=10)


class Answer(StrEnum):
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    UNREADABLE = "unreadable"  # the date; it counts as no try
    PEOPLE = "people"  # the business wants a person to check, or there were too many tries


def prove(
    business: Business, *, contact_id: int, name: str, born: str, turn_id: int | None = None
) -> tuple[Answer, Patient | None]:
    """Within the caller's transaction, which must commit whatever the answer is; one try at a time in a business."""
    if BookingRules.of_this_business().identity_check != BookingRules.IdentityCheck.BIRTH_DATE:
        return Answer.PEOPLE, None
    days = readings(born, now=clock.local_now(business.timezone), country=business.country)
    if not days:
        return Answer.UNREADABLE, None
    one_at_a_time()
    digest = _digest(name)
    left = _tries_left(contact_id, digest)
    if left <= 0:
        return Answer.PEOPLE, None
    patient = _who(contact_id, digest, days)
    if patient is None:
        VerificationTry.objects.create(contact_id=contact_id, name_digest=digest, at=clock.now())
        record(business, None, "patient.not_verified", f"contact {contact_id}", turn=turn_id)
        return (Answer.NOT_PROVEN if left > 1 else Answer.PEOPLE), None
    note(contact_id, patient, method=Verification.Method.BIRTH_DATE, expires_at=clock.now() + LASTS)
    record(business, None, "patient.verified", f"patient {patient.pk}", contact=contact_id, turn=turn_id)
    return Answer.PROVEN, patient


def one_at_a_time() -> None:
    """Tries of a business, until the transaction ends: many at once guess no more than one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('verification'), hashtext(current_schema()))")


def link(patient: Patient, *, contact_id: int, user_id: int) -> Verification:
    """A person has checked, outside of Frontdesk. Until it is withdrawn. The caller writes the audit entry."""
    return note(contact_id, patient, method=Verification.Method.STAFF, staff_id=user_id)


def withdraw(verification: Verification, *, user_id: int | None) -> bool:
    """From now on it opens nothing; False when it was withdrawn already."""
    rows = Verification.objects.filter(pk=verification.pk, withdrawn_at__isnull=True)
    return bool(rows.update(withdrawn_at=clock.now(), withdrawn_by_id=user_id))


def restore(verification: Verification) -> bool:
    """Undo a withdrawal of the last minutes, unless another one stands by now."""
    lately = Verification.objects.filter(pk=verification.pk, withdrawn_at__gt=clock.now() - UNDO)
    others = Verification.objects.filter(
        contact_id=verification.contact_id, patient=verification.patient_id, withdrawn_at__isnull=True
    )
    return not others.exists() and bool(lately.update(withdrawn_at=None, withdrawn_by_id=None))


def set_born_on(patient: Patient, born_on: dt.date | None, *, user_id: int | None) -> None:
    """A date that is put right proves nothing that the wrong one has proven."""
    if patient.born_on != born_on:
        rows = Verification.objects.filter(patient=patient, method=Verification.Method.BIRTH_DATE)
        rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=clock.now(), withdrawn_by_id=user_id)
    patient.born_on = born_on
    patient.save(update_fields=["born_on"])


def _tries_left(contact_id: int, digest: str) -> int:
    lately = VerificationTry.objects.filter(at__gt=clock.now() - WITHIN)
    tries = list(lately.filter(Q(contact_id=contact_id) | Q(name_digest=digest)))
    mine = sum(each.contact_id == contact_id for each in tries)
    named = sum(each.name_digest == digest for each in tries)
    return min(TRIES - mine, TRIES_FOR_A_NAME - named)


def _who(contact_id: int, digest: str, days: tuple[dt.date, ...]) -> Patient | None:
    """The one patient of that name born on that day. Two who fit are for people to tell apart."""
    born_then = Patient.objects.filter(born_on__in=days).exclude(disclosure=Patient.Disclosure.NOTHING)
    others = born_then.exclude(contact_id=contact_id).order_by("pk")
    fitting = [each for each in others if hmac.compare_digest(_digest(each.name), digest)]
    return fitting[0] if len(fitting) == 1 else None


def _digest(name: str) -> str:
    """Of a full name, without accents, case and the order of its words."""
    words = sorted(fold(name)[0].replace("-", " ").split())
    return salted_hmac("calendar_sync.verification", " ".join(words), algorithm="sha256").hexdigest()


def note(
    contact_id: int,
    patient: Patient,
    *,
    method: Verification.Method,
    staff_id: int | None = None,
    expires_at: dt.datetime | None = None,
) -> Verification:
    """One row stands per contact and patient; what lasts is not cut short by a date of birth."""
    rows = Verification.objects.filter(contact_id=contact_id, patient=patient, withdrawn_at__isnull=True)
    lasting = (Verification.Method.STAFF, Verification.Method.CODE)
    if held := rows.select_for_update().filter(method__in=lasting).first():
        return held
    what = {"method": method, "staff_id": staff_id, "proven_at": clock.now(), "expires_at": expires_at}
    return rows.update_or_create(contact_id=contact_id, patient=patient, withdrawn_at=None, defaults=what)[0]
