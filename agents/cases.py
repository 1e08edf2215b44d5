"""Saved cases: a conversation that went wrong once, asked of a version again and judged by rules."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from agents.models import AssistantVersion, CaseRun, SavedCase
from agents.rehearsal import ANYBODY, Rehearsed, RehearsedContact, rehearse
from agents.runtime.providers import Provider
from agents.types import Blocks, Entry
from tenants.models import Business
from tenants.sentences import Stored, sentence


def waiting(version: AssistantVersion) -> QuerySet[SavedCase]:
    """Active cases that were not run on the version as its words are now."""
    ran = CaseRun.objects.filter(version=version, at__gte=version.changed_at)
    return SavedCase.objects.filter(active=True).exclude(pk__in=ran.values("case_id")).order_by("pk")


def run(
    business: Business,
    case: SavedCase,
    version: AssistantVersion,
    contact: RehearsedContact = ANYBODY,
    providers: Sequence[Provider] | None = None,
) -> CaseRun:
    """Rehearse the case at the moment at which it was heard, with the diary as it is, and keep how it went."""
    heard = entries_of(case.heard)
    done = rehearse(
        business,
        version,
        transcript=heard,
        conversation_id=case.correction.conversation_id if case.correction else None,
        contact=contact,
        now=heard[-1].at if heard else None,
        providers=providers,
    )
    faults = judge(case.wanted, done)
    return CaseRun.objects.create(case=case, version=version, passed=not faults, said=done.said, faults=faults)


def entries_of(heard: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            role=each["role"],
            blocks=Blocks.validate_python(each["blocks"]),
            at=dt.datetime.fromisoformat(each["at"]) if each.get("at") else None,
        )
        for each in heard
    )


def judge(wanted: Mapping[str, Any], done: Rehearsed) -> list[Stored]:
    """What was wrong, one sentence each ({"skill"} and {"reason"} are codes). Words are compared without regard to case
    and spaces; a call counts when it was asked for, whether or not the diary agreed."""
    said, called = _folded(done.said), {call.name for call in done.calls}
    faults = []
    for words in wanted.get("must_say", ()):
        if _folded(words) not in said:
            faults.append(sentence(N_("It did not say “%(words)s”."), words=words))
    for words in wanted.get("must_not_say", ()):
        if _folded(words) in said:
            faults.append(sentence(N_("It said “%(words)s”."), words=words))
    for name in wanted.get("must_call", ()):
        if name not in called:
            faults.append(sentence(N_("It did not try this: %(act)s."), act={"skill": name}))
    for name in wanted.get("must_not_call", ()):
        if name in called:
            faults.append(sentence(N_("It tried this: %(act)s."), act={"skill": name}))
    handoff = wanted.get("handoff")
    if handoff is not None and handoff != (done.kind == "handoff"):
        over = sentence(N_("It handed over (%(reason)s)."), reason={"reason": done.reason})
        faults.append(sentence(N_("It did not hand over.")) if handoff else over)
    return faults


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
