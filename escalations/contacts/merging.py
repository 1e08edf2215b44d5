"""Two contacts are one person: staff join them, and can take it back for a week.

Nobody is ever joined by a name, a number or what a vendor says: those are only reasons to look. Everything that names
the one contact names the other from then on; which rows those were is kept (`ContactMerge.moved`), so that undoing
gives back exactly them. What came afterwards stays where it is.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext

from agents.models import Fact, Turn
from calendar_sync.models import (
    Appointment,
    AppointmentSeries,
    CampaignCase,
    Hold,
    Patient,
    PatientNews,
    Verification,
    VerificationTry,
    Visit,
    WaitlistEntry,
)
from conversations.models import ConsentChange, Contact, ContactIdentity, Conversation
from escalations.models import ContactLabel, ContactMerge
from tenants import audit, clock
from tenants.events import publish
from tenants.models import Business, User

UNDO_WITHIN = dt.timedelta(days=7)
FOUND_AT_MOST = 20
# Whatever names a contact. A test holds that no model that does is missing.
NAMING: tuple[type[models.Model], ...] = (
    Conversation,
    ContactIdentity,
    ConsentChange,
    ContactLabel,
    Patient,
    Appointment,
    AppointmentSeries,
    Visit,
    Hold,
    Verification,
    VerificationTry,
    CampaignCase,
    WaitlistEntry,
    PatientNews,
    Fact,
    Turn,
)
OWN = ("name", "profile_name", "language", "language_by", "note", "opted_out_at")  # of what is kept
ASKED = (CampaignCase.Status.ASKED, CampaignCase.Status.DECLINED)


class MergeRefused(Exception):
    """They can't be joined now; the text says why to a person."""


def candidates(contact: Contact, words: str) -> list[Contact]:
    """Whom it could be: without words those whom the vendor or a number links, else those who are called like that."""
    others = Contact.objects.filter(merged_into__isnull=True, erased_at__isnull=True).exclude(pk=contact.pk)
    mine = ContactIdentity.objects.filter(contact=contact)
    if words:
        digits = "".join(sign for sign in words if sign.isdecimal()).lstrip("0")
        found = Q(name__icontains=words) | Q(profile_name__icontains=words)
        if len(digits) >= 3:
            found |= Q(pk__in=ContactIdentity.objects.filter(phone__contains=digits).values("contact"))
    else:
        linked = Q(replaced_by__in=mine) | Q(replaces__in=mine)
        phones = mine.exclude(phone="").values("phone")
        found = Q(pk__in=ContactIdentity.objects.filter(linked | Q(phone__in=phones)).values("contact"))
    return list(with_figures(others.filter(found).distinct().order_by("-pk"))[:FOUND_AT_MOST])


def with_figures(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """What helps to recognise somebody: numbers, how many conversations."""
    return rows.annotate(talks=Count("conversations", distinct=True)).prefetch_related("identities")


def merge(business: Business, user: User, kept: Contact, gone: Contact) -> ContactMerge:
    """From now on everything of `gone` is `kept`'s. Raises MergeRefused."""
    with transaction.atomic():
        kept, gone = _locked(kept, gone)
        _may(kept, gone)
        moved: dict[str, Any] = {"own": _take_on(kept, gone)}
        for model in NAMING:
            rows = list(_rows(model, kept, gone).values_list("pk", flat=True))
            if rows:
                model._default_manager.filter(pk__in=rows).update(contact_id=kept.pk)
                moved[model._meta.label_lower] = rows
        Contact.objects.filter(pk=gone.pk).update(merged_into=kept)
        made = ContactMerge.objects.create(kept=kept, gone=gone, staff_id=user.pk, moved=moved)
        audit.record(business, user, "contact.merged", f"contact {kept.pk}", gone=gone.pk)
        _tell(business, kept)
    return made


def _locked(*contacts: Contact) -> Sequence[Contact]:
    """In one order, so that two people who join the same two never wait for each other in a circle."""
    numbers = [each.pk for each in contacts]
    found = Contact.objects.select_for_update().in_bulk(sorted(numbers))
    list(Conversation.objects.select_for_update(no_key=True).filter(contact__in=numbers).order_by("pk").values("pk"))
    return [found[number] for number in numbers]


def _may(kept: Contact, gone: Contact) -> None:
    if kept.pk == gone.pk:
        raise MergeRefused(gettext("That is the same contact."))
    if any(each.merged_into_id or each.erased_at for each in (kept, gone)):
        raise MergeRefused(gettext("One of them was joined or erased meanwhile. Load the page again."))
    if Turn.objects.filter(contact_id__in=[kept.pk, gone.pk], status=Turn.Status.RUNNING).exists():
        raise MergeRefused(gettext("The assistant is answering one of them just now. Try again in a moment."))
    asked = CampaignCase.objects.filter(contact_id__in=[kept.pk, gone.pk], status__in=ASKED)
    if asked.values("contact_id").distinct().count() > 1:
        raise MergeRefused(
            gettext("Both have been asked about another time. Wait for one of the answers, or settle it yourself.")
        )


def _rows(model: type[models.Model], kept: Contact, gone: Contact) -> QuerySet[Any]:
    """What moves: not what the other one has already."""
    rows = model._default_manager.filter(contact_id=gone.pk)
    if model is ContactLabel:
        return rows.exclude(label__in=ContactLabel.objects.filter(contact=kept).values("label"))
    if model is Verification:
        same = Verification.objects.filter(
            contact_id=kept.pk, patient=OuterRef("patient"), withdrawn_at__isnull=True
        ).order_by()
        return rows.exclude(Q(Exists(same), withdrawn_at__isnull=True))
    return rows


def _take_on(kept: Contact, gone: Contact) -> dict[str, list[Any]]:
    """What one of them does not have, it gets from the other; who opted out stays out. {"name": [before, after], …}"""
    before = {name: _stored(getattr(kept, name)) for name in OWN}
    for name in ("name", "profile_name"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    if not kept.language or (kept.language_by is None and gone.language_by is not None):
        kept.language, kept.language_by = gone.language, gone.language_by
    kept.note = "\n".join(each for each in (kept.note, gone.note) if each)
    kept.opted_out_at = kept.opted_out_at or gone.opted_out_at
    kept.save(update_fields=list(OWN))
    return {name: [before[name], _stored(getattr(kept, name))] for name in OWN}


def undoable(contact: Any) -> QuerySet[ContactMerge]:
    """What was joined to this contact and can still be taken back, the newest first: only that one, before others."""
    lately = ContactMerge.objects.filter(kept=contact, undone_at__isnull=True, at__gt=clock.now() - UNDO_WITHIN)
    return lately.order_by("-pk")


def newest_of(contact_id: str) -> ArraySubquery:
    """To annotate a contact with: the one that can be taken back as [{"pk", "at", "name"}], or []."""
    called = Coalesce(NullIf("gone__name", Value("")), "gone__profile_name", output_field=CharField())
    told = JSONObject(pk=F("pk"), at=F("at"), name=called)
    return ArraySubquery(undoable(OuterRef(contact_id)).values(told=told)[:1])


def undo(business: Business, user: User, merge_id: int) -> ContactMerge | None:
    """They are two again. None when it is too late, or something else was joined since (that first)."""
    with transaction.atomic():
        made = ContactMerge.objects.filter(pk=merge_id).select_related("kept").first()
        if made is None:
            return None
        kept, gone = _locked(made.kept, made.gone)
        newest = undoable(kept).first()
        if newest is None or newest.pk != made.pk:
            return None
        for model in NAMING:
            rows = model._default_manager.filter(pk__in=made.moved.get(model._meta.label_lower, []), contact_id=kept.pk)
            rows.update(contact_id=gone.pk)
        _give_back(kept, gone, made.moved["own"])
        Contact.objects.filter(pk=gone.pk).update(merged_into=None)
        ContactMerge.objects.filter(pk=made.pk).update(undone_at=clock.now(), undone_by=user.pk)
        audit.record(business, user, "contact.unmerged", f"contact {kept.pk}", gone=gone.pk)
        _tell(business, kept)
        _tell(business, gone)
    return made


def _give_back(kept: Contact, gone: Contact, own: dict[str, Any]) -> None:
    """Its own words again, where nobody has changed them since; a STOP that came since counts for both."""
    for name, (before, after) in own.items():
        if _stored(getattr(kept, name)) == after:
            setattr(kept, name, _read(name, before))
        elif name == "opted_out_at" and kept.opted_out_at is not None:
            Contact.objects.filter(pk=gone.pk, opted_out_at__isnull=True).update(opted_out_at=kept.opted_out_at)
    kept.save(update_fields=list(OWN))


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _read(name: str, stored: Any) -> Any:
    return dt.datetime.fromisoformat(stored) if name == "opted_out_at" and stored else stored


def _tell(business: Business, contact: Contact) -> None:
    for pk in Conversation.objects.filter(contact=contact).values_list("pk", flat=True):
        publish(business, "conversation", pk)
    publish(business, "diary")
