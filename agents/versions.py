"""Versions of the assistant: draft → published → archived, one of the first two each, and every step back.

A version that has answered patients is never changed again: turns name the one that they ran on. A draft that is
discarded is an archived version that was never published, so that it can be brought back.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext

from agents.gates import may_go_back, may_publish
from agents.models import AssistantVersion
from tenants import clock
from tenants.postgres.prepared import Prepared
from tenants.statements import read

EDITABLE = ("provider", "model", "roles", "name", "tone", "instructions", "rules", "red_flags")
Status = AssistantVersion.Status


class VersionRefused(Exception):
    """It can't be done; the text says why to a person."""


ANSWERING = Prepared("WHERE status = 'published' OR shadowing")


class MayNotPublish(VersionRefused):
    """`faults`: what is missing, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def published() -> AssistantVersion:
    """The version that answers patients; there is always one."""
    return AssistantVersion.objects.get(status=Status.PUBLISHED)


def answering() -> tuple[AssistantVersion, bool]:
    """The published version, and whether a draft answers beside it. One query."""
    rows = {each.status: each for each in read(AssistantVersion, ANSWERING)}
    if Status.PUBLISHED not in rows:
        raise AssistantVersion.DoesNotExist("no published assistant version")
    return rows[Status.PUBLISHED], len(rows) > 1


def draft() -> AssistantVersion | None:
    return AssistantVersion.objects.filter(status=Status.DRAFT).first()


def make_draft(base: AssistantVersion, user_id: int) -> AssistantVersion:
    """A copy of `base` to work on. Raises VersionRefused when there is a draft already."""
    try:
        with transaction.atomic():
            return _copy(base, Status.DRAFT, made_by_id=user_id)
    except IntegrityError:
        raise VersionRefused(gettext("There is a draft already: go on with it, or discard it first.")) from None


def draft_to_work_on(user_id: int) -> AssistantVersion:
    """The draft, made from the published version when there is none."""
    while True:
        found = draft()
        if found is not None:
            return found
        try:
            return make_draft(published(), user_id)
        except VersionRefused:
            continue  # somebody made one meanwhile


def edit(version_id: int, changes: Mapping[str, Any]) -> bool:
    """Change the draft (keys of EDITABLE); whether anything differs. Raises VersionRefused when it is none any more."""
    return rework(version_id, lambda _: changes)


def rework(version_id: int, rewritten: Callable[[AssistantVersion], Mapping[str, Any]]) -> bool:
    """As `edit`, by what the draft says at this moment, so that two people at once lose nothing."""
    with transaction.atomic():
        current = _locked_draft(version_id)
        changes = rewritten(current)
        different = {key: changes[key] for key in EDITABLE if key in changes and changes[key] != getattr(current, key)}
        if different:
            AssistantVersion.objects.filter(pk=version_id).update(changed_at=clock.now(), **different)
        return bool(different)


def discard(version_id: int) -> None:
    with transaction.atomic():
        _locked_draft(version_id)
        AssistantVersion.objects.filter(pk=version_id).update(status=Status.ARCHIVED, shadowing=False)


def bring_back(version_id: int) -> None:
    """Undo `discard`. Raises VersionRefused when there is another draft by now, or it was published once."""
    gone = AssistantVersion.objects.filter(pk=version_id, status=Status.ARCHIVED, published_at__isnull=True)
    try:
        with transaction.atomic():
            if not gone.update(status=Status.DRAFT):
                raise VersionRefused(gettext("This is no discarded draft."))
    except IntegrityError:
        raise VersionRefused(gettext("There is another draft by now: discard it first.")) from None


def publish(version_id: int, user_id: int) -> AssistantVersion:
    """The draft answers from the next turn on. Raises VersionRefused, MayNotPublish with what is missing."""
    with transaction.atomic():
        new = _locked_draft(version_id)
        faults = may_publish(new)
        if faults:
            raise MayNotPublish(faults)
        AssistantVersion.objects.filter(status=Status.PUBLISHED).update(status=Status.ARCHIVED)
        AssistantVersion.objects.filter(pk=new.pk).update(
            status=Status.PUBLISHED, shadowing=False, published_at=clock.now(), published_by_id=user_id
        )
    new.refresh_from_db()
    return new


def roll_back(version_id: int, user_id: int) -> AssistantVersion:
    """A copy of an older published version answers from the next turn on, under a new number; the draft stays."""
    with transaction.atomic():
        _lock_all()
        old = AssistantVersion.objects.filter(pk=version_id, status=Status.ARCHIVED, published_at__isnull=False).first()
        if old is None:
            raise VersionRefused(gettext("Only a version that was published before can be gone back to."))
        faults = may_go_back(old)
        if faults:
            raise MayNotPublish(faults)
        AssistantVersion.objects.filter(status=Status.PUBLISHED).update(status=Status.ARCHIVED)
        return _copy(old, Status.PUBLISHED, made_by_id=user_id, published_by_id=user_id, published_at=clock.now())


def shadow(version_id: int, on: bool) -> None:
    """Let the draft answer beside the published version, without effect, or stop it. Raises VersionRefused."""
    if not AssistantVersion.objects.filter(pk=version_id, status=Status.DRAFT).update(shadowing=on):
        raise VersionRefused(gettext("Only a draft can answer in the shadow."))


def _copy(base: AssistantVersion, status: str, **fields: Any) -> AssistantVersion:
    newest = AssistantVersion.objects.aggregate(newest=Max("number"))["newest"] or 0
    kept = {name: getattr(base, name) for name in EDITABLE}
    return AssistantVersion.objects.create(number=newest + 1, status=status, base=base, **kept, **fields)


def _locked_draft(version_id: int) -> AssistantVersion:
    """Raises VersionRefused when it is no draft any more: published or discarded meanwhile."""
    found = next((each for each in _lock_all() if each.pk == version_id), None)
    if found is None or found.status != Status.DRAFT:
        raise VersionRefused(gettext("This draft was published or discarded meanwhile."))
    return found


def _lock_all() -> list[AssistantVersion]:
    """The draft and the published version, in one order, so that two people at once have one winner."""
    live = AssistantVersion.objects.filter(Q(status=Status.DRAFT) | Q(status=Status.PUBLISHED))
    return list(live.select_for_update(no_key=True).order_by("pk"))
