"""Known patients by a name, a phone number or an appointment's number, for whoever books at the desk."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Func, Max, Min, OuterRef, Q, Subquery, TextField, Value, When

from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentStatus, Patient
from conversations.models import ContactIdentity
from tenants import clock
from tenants.folding import Fold, fold

MOST = 8
SHORTEST = 2  # letters of a name
FEWEST = 3  # digits of a phone number
LONGEST = 80
_READ = ("pk", "name", "born_on", "phone", "contact_id", "blocked_at", "contact_phone", "next_at", "last_at")
_REFERENCE = re.compile(r"#?([0-9]{4,12})")


class _Digits(Func):
    """What of a phone number are digits, however it was written."""

    template = r"regexp_replace(%(expressions)s, '\D', '', 'g')"
    output_field = TextField()


@dataclass(frozen=True, kw_only=True)
class Known:
    """One patient, with what tells namesakes apart; `next_at` and `last_at`: when an appointment is, or was."""

    pk: int
    name: str
    born_on: dt.date | None
    phone: str
    writes: bool
    blocked: bool
    next_at: dt.datetime | None
    last_at: dt.datetime | None


def known_patients(words: str) -> list[Known]:
    """The best first, one more than MOST where there are more; accents and capitals don't count. One query."""
    typed = " ".join(words.replace("\x00", " ").split())[:LONGEST]
    wanted = _wanted(typed)
    if wanted is None:
        return []
    worse = Case(When(folded__startswith=fold(typed), then=Value(0)), default=Value(1))
    rows = Patient.objects.annotate(folded=Fold("name"), digits=_Digits("phone"), worse=worse, **_beside())
    return [
        Known(
            pk=each["pk"],
            name=each["name"],
            born_on=each["born_on"],
            phone=each["phone"] or each["contact_phone"] or "",
            writes=each["contact_id"] is not None,
            blocked=each["blocked_at"] is not None,
            next_at=each["next_at"],
            last_at=each["last_at"],
        )
        for each in rows.filter(wanted).order_by("worse", "folded", "pk").values(*_READ)[: MOST + 1]
    ]


def _wanted(typed: str) -> Q | None:
    """All words of a name, and what is in figures: a part of a phone number, or an appointment's number."""
    names = [word for word in fold(typed).split() if any(sign.isalpha() for sign in word)]
    figures = "".join(sign for sign in typed if sign in "0123456789")
    wanted, asked = Q(), sum(map(len, names)) >= SHORTEST
    for word in names:
        wanted &= Q(folded__contains=word)
    number = figures.lstrip("0")  # the nought of national numbers
    if len(number) >= FEWEST:
        reached = ContactIdentity.objects.filter(phone__contains=number).values("contact")
        meant = Q(digits__contains=number) | Q(contact_id__in=reached)
        if reference := _REFERENCE.fullmatch(typed):
            meant |= Q(pk__in=Appointment.objects.filter(pk=int(reference[1]) - 1000).values("patient"))
        wanted, asked = wanted & meant, True
    return wanted if asked else None


def _beside() -> dict[str, Any]:
    phones = ContactIdentity.objects.filter(contact=OuterRef("contact_id"), replaced_by=None).exclude(phone="")
    own, now = Appointment.objects.filter(patient=OuterRef("pk")).values("patient").order_by(), clock.now()
    coming = own.filter(status__in=HOLDS_TIME, during__startswith__gte=now)
    been = own.exclude(status=AppointmentStatus.CANCELLED).filter(during__startswith__lt=now)
    return {
        "contact_phone": Subquery(phones.order_by("-pk").values("phone")[:1]),
        "next_at": Subquery(coming.annotate(at=Min(F("during__startswith"))).values("at")),
        "last_at": Subquery(been.annotate(at=Max(F("during__startswith"))).values("at")),
    }
