"""Proof of who writes by a code: the team gives it to somebody of whom they are sure, by phone or at the desk.

Three letters and three figures, said easily and mistaken for no date, phone or appointment. A code works once, for one
patient, for a day; a new one ends the last. Like a date of birth it may be tried three times a day by a contact, and
so often by all contacts together that none can be guessed.
"""

import datetime as dt
import re
import secrets

from django.db import transaction
from django.utils.crypto import salted_hmac

from calendar_sync import verifying
from calendar_sync.models import Patient, Verification, VerificationCode, VerificationTry
from calendar_sync.verifying import Answer
from tenants import clock
from tenants.audit import record
from tenants.models import Business

LASTS = dt.timedelta(days=1)
TRIES_OF_ALL = 20  # that may fail in a day, with eight million codes to guess among
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: it spells no word
_CODE = re.compile(rf"\b([{LETTERS}]{{3}})[ -]?(\d{{3}})\b", re.IGNORECASE)
_SURELY = re.compile(rf"\b(?:[{LETTERS}]{{3}}[ -]?|[{LETTERS.lower()}]{{3}}-)\d{{3}}\b")


def code_in(text: str) -> str:
    """The first code in what somebody has written, as "KTR-482"; "" for none. Small letters need the dash, as in
    "pls 100" there is no code."""
    found = _SURELY.search(text)
    return _plainly(found[0]) if found else ""


def spans_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where codes stand in what somebody has written: their letters and figures say nothing else ("FDS" is a weekend
    to people in Lisbon, 930 a time)."""
    return tuple(match.span() for match in _SURELY.finditer(text))


@transaction.atomic
def make(business: Business, patient: Patient, *, user_id: int) -> str:
    """A new code for this patient, told only here; the last one that nobody has used ends."""
    VerificationCode.objects.filter(patient=patient, used_at__isnull=True).delete()
    code = _new()
    while VerificationCode.objects.filter(digest=_digest(code)).exists():
        code = _new()
    now = clock.now()
    VerificationCode.objects.create(
        patient=patient, digest=_digest(code), made_by_id=user_id, made_at=now, expires_at=now + LASTS
    )
    return code


def prove(
    business: Business, *, contact_id: int, code: str, turn_id: int | None = None
) -> tuple[Answer, Patient | None]:
    """Within the caller's transaction, which must commit whatever the answer is; one try at a time in a business."""
    given = _plainly(code)
    if not given:
        return Answer.UNREADABLE, None
    verifying.one_at_a_time()
    left = _tries_left(contact_id)
    if left <= 0:
        return Answer.PEOPLE, None
    row = _standing(given)
    if row is None:
        VerificationTry.objects.create(contact_id=contact_id, at=clock.now())
        record(business, None, "patient.not_verified", f"contact {contact_id}", turn=turn_id)
        return (Answer.NOT_PROVEN if left > 1 else Answer.PEOPLE), None
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    verifying.note(contact_id, row.patient, method=Verification.Method.CODE, staff_id=row.made_by_id)
    record(business, None, "patient.verified_by_code", f"patient {row.patient_id}", contact=contact_id, turn=turn_id)
    return Answer.PROVEN, row.patient


def _standing(code: str) -> VerificationCode | None:
    rows = VerificationCode.objects.filter(digest=_digest(code), used_at__isnull=True, expires_at__gt=clock.now())
    rows = rows.exclude(patient__disclosure=Patient.Disclosure.NOTHING)
    return rows.select_related("patient").first()


def _tries_left(contact_id: int) -> int:
    lately = VerificationTry.objects.filter(at__gt=clock.now() - verifying.WITHIN)
    mine = lately.filter(contact_id=contact_id).count()
    return min(verifying.TRIES - mine, TRIES_OF_ALL - lately.filter(name_digest="").count())


def _new() -> str:
    return f"{''.join(secrets.choice(LETTERS) for _ in range(3))}-{secrets.randbelow(1000):03}"


def _plainly(code: str) -> str:
    found = _CODE.search(code)
    return f"{found[1].upper()}-{found[2]}" if found else ""


def _digest(code: str) -> str:
    return salted_hmac("calendar_sync.code", code, algorithm="sha256").hexdigest()
