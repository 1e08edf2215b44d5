"""What would go under a setting: how much at once, and what goes next when nothing does. Read before it is saved."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Min, QuerySet, Sum

from agents.forgetting import turns_before
from conversations.forgetting import messages_before
from conversations.models import Contact, Conversation, Retention, StoredFile
from conversations.models.keeping import older_than
from escalations.retention.sweeping import quiet_contacts
from tenants import clock


@dataclass(frozen=True, kw_only=True)
class Figure:
    what: str  # messages, files, traces, contacts
    due: int = 0  # how many the next sweep deletes
    size: int = 0  # bytes, of files
    next_at: dt.datetime | None = None  # where none is due: when the oldest is; None: nothing is there, or for ever


def what_goes(wanted: Retention) -> list[Figure]:
    """For the setting as given, saved or not."""
    return [
        _of("messages", wanted.messages_days, messages_before, "created_at"),
        _files(wanted.kept_files_days),
        _of("traces", wanted.traces_days, turns_before, "started_at"),
        _contacts(wanted.contacts_days),
    ]


def _of(what: str, days: int, rows_before: Callable[[dt.datetime], QuerySet], column: str) -> Figure:
    before = older_than(days)
    if before is None:
        return Figure(what=what)
    due = rows_before(before).count()
    oldest = None if due else rows_before(clock.now()).order_by().aggregate(at=Min(column))["at"]
    return Figure(what=what, due=due, next_at=_due_at(oldest, days))


def _files(days: int) -> Figure:
    before = older_than(days)
    kept = StoredFile.objects.filter(state=StoredFile.State.KEPT)
    if before is None:
        return Figure(what="files")
    old = kept.filter(created_at__lt=before).aggregate(size=Sum("size", default=0))
    due = kept.filter(created_at__lt=before).count()
    oldest = None if due else kept.aggregate(at=Min("created_at"))["at"]
    return Figure(what="files", due=due, size=old["size"], next_at=_due_at(oldest, days))


def _contacts(days: int) -> Figure:
    before = older_than(days)
    if before is None:
        return Figure(what="contacts")
    due = quiet_contacts(before).count()
    known = Contact.objects.filter(erased_at__isnull=True, merged_into__isnull=True)
    oldest = None if due else Conversation.objects.filter(contact__in=known).aggregate(at=Min("last_message_at"))["at"]
    return Figure(what="contacts", due=due, next_at=_due_at(oldest, days))


def _due_at(oldest: dt.datetime | None, days: int) -> dt.datetime | None:
    return oldest + dt.timedelta(days=days) if oldest else None
