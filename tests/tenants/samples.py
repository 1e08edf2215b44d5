"""A real object for whatever a route's parameter asks for, made from the model itself.

`<int:conversation_id>` gets the id of a Conversation, with whatever that needs. A parameter that is neither
`<model>_id` nor listed in OTHERS fails loudly: add it there.
"""

import datetime as dt
import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tenants import clock
from tenants.models import Business, Invitation, Membership

OTHERS: dict[str, str] = {
    "date": "2026-11-24",
    "day": "2026-11-24",
    "week": "2026-11-23",
    "index": "0",
    "number": "1",
    "position": "0",
    "view": "all",
    "kind": "twilio",
    "verb": "take-over",
    "how": "write",
}

# Where a parameter's name fits more than one model.
MEANT = {
    "scheduled": "scheduled_message",
    "entry": "waitlist_entry",
    "case": "campaign_case",
    "campaign": "out_campaign",
}

# What a sample must hold beyond its fields' kinds, by model.
FIELDS: dict[str, dict[str, Any]] = {
    "Appointment": {"status": "cancelled"},  # one that stands would have to take its time, too
    "WaitlistOffer": {
        "deadline": dt.datetime(2040, 1, 2, tzinfo=dt.UTC),
        "starts_at": dt.datetime(2040, 1, 3, tzinfo=dt.UTC),
    },
    "Fact": {"made_by": "staff"},  # one of the assistant's would have to name its message
    "Verification": {"method": "staff", "staff_id": 1},
    "KnowledgeEntry": {"language": "en"},
    "CalendarConnection": {"status": "disconnected"},  # a connected one would be asked for its calendars
}


class NoSample(LookupError):
    pass


def value_for(parameter: str, business: Business) -> str:
    """The text for a parameter of a route; the business's schema is entered."""
    if parameter in OTHERS:
        return OTHERS[parameter]
    name = re.sub(r"_?(id|pk)$", "", parameter)
    if name == "membership":
        return str(Membership.objects.filter(business=business).order_by("pk").last().pk)
    if name == "user":
        return str(Membership.objects.filter(business=business).order_by("pk").last().user_id)
    if name == "invitation":
        row = Invitation.objects.filter(business=business).first()
        return str((row or _invitation(business)).pk)
    model = None if name == parameter else model_called(name)
    if model is None:
        raise NoSample(f"no sample for the parameter {parameter!r}: add it to tests/tenants/samples.py")
    return str((model._default_manager.order_by("pk").last() or make(model)).pk)


def model_called(name: str) -> type[models.Model] | None:
    """conversation → Conversation; connection → CalendarConnection, as long as no other model ends so."""
    known = _models()
    name = MEANT.get(name, name)
    ending = [model for each, model in known.items() if each.endswith(f"_{name}")]
    return known.get(name) or (ending[0] if len(ending) == 1 else None)


def make(model: type[models.Model]) -> models.Model:
    """A row with something valid in every field that must have something."""
    fields: dict[str, Any] = dict(FIELDS.get(model.__name__, {}))
    for field in model._meta.concrete_fields:
        needless = (
            field.null or field.has_default() or field.primary_key or (field.blank and field.empty_strings_allowed)
        )
        if not needless and field.name not in fields:
            fields[field.name] = _something(field)
    return model._default_manager.create(**fields)


def _something(field: models.Field) -> Any:
    if isinstance(field, models.ForeignKey):
        return field.related_model._default_manager.order_by("pk").last() or make(field.related_model)
    if field.choices:
        return field.choices[0][0]
    now = clock.now()
    for kind, value in (
        (DateTimeRangeField, DateTimeTZRange(now, now + dt.timedelta(days=365))),
        (models.DateTimeField, now),
        (models.DateField, now.date()),
        (models.TimeField, now.time()),
        (models.DecimalField, 0),
        (models.IntegerField, 30),
        (models.JSONField, []),
        (models.TextField, "sample"),
        (models.CharField, "sample"[: field.max_length]),
    ):
        if isinstance(field, kind):
            return value
    raise NoSample(f"no sample for {field}: add its kind to tests/tenants/samples.py")


def _models() -> dict[str, type[models.Model]]:
    found = (model for app in settings.TENANT_APPS for model in apps.get_app_config(app).get_models())
    return {re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower(): model for model in found}


def _invitation(business: Business) -> Invitation:
    return Invitation.objects.create(business=business, email="sample@new.test", expires_at=clock.now())
