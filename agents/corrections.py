"""Corrections: somebody says that a reply was wrong; a person decides; then it is a rule or knowledge, and a case.

candidate ──approve──▶ approved ──revert──▶ reverted
    └──────reject────▶ rejected

Nothing that a patient writes gets any further than a candidate. All is of one business, in its own schema.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from agents import versions
from agents.knowledge import entries, gaps
from agents.knowledge.entries import Writing
from agents.models import Correction, KnowledgeEntry, SavedCase, TranscriptEntry, Turn
from agents.types import Blocks, Text
from tenants import clock

Status = Correction.Status
HEARD_AT_MOST = 40  # entries of a saved case


class CorrectionRefused(Exception):
    """It can't be done any more; the text says why to a person."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a saved case is judged; see agents.cases."""

    must_say: list[str] = field(default_factory=list)
    must_not_say: list[str] = field(default_factory=list)
    must_call: list[str] = field(default_factory=list)
    must_not_call: list[str] = field(default_factory=list)
    handoff: bool | None = None  # None: either will do


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What a person makes of a correction. `text`: the rule, or the entry's body."""

    becomes: Literal["say", "escalate", "knowledge"]
    text: str
    case_name: str
    wanted: Wanted
    title: str = ""  # of the knowledge entry
    language: str = "en"


def mark(turn: Turn, message_id: int, because: str, *, should_say: str, user_id: int | None, **more: Any) -> Correction:
    """A reply was wrong; `should_say` is redacted. Once per message: CorrectionRefused."""
    try:
        with transaction.atomic():
            return Correction.objects.create(
                turn=turn,
                conversation_id=turn.conversation_id,
                message_id=message_id,
                because=because,
                said=said_in(turn),
                should_say=should_say,
                made_by_id=user_id,
                **more,
            )
    except IntegrityError:
        raise CorrectionRefused(gettext("This reply is marked already and waits for a decision.")) from None


def said_in(turn: Turn) -> str:
    """What a turn replied, redacted; "" where it said nothing."""
    rows = TranscriptEntry.objects.filter(turn=turn, role=TranscriptEntry.Role.ASSISTANT).order_by("-index")
    for row in rows:
        words = [block.text for block in Blocks.validate_python(row.blocks) if isinstance(block, Text)]
        if "".join(words).strip():
            return "\n".join(words)
    return ""


def heard_before(turn: Turn) -> list[dict[str, Any]]:
    """The transcript up to where the turn began to work, newest part: what a version is asked again."""
    rows = TranscriptEntry.objects.filter(conversation_id=turn.conversation_id)
    begun = rows.filter(turn=turn, role__in=["assistant", "tools"]).order_by("index").first()
    if begun is not None:
        rows = rows.filter(index__lt=begun.index)
    newest = list(rows.order_by("-index")[:HEARD_AT_MOST])[::-1]
    while newest and newest[0].role != TranscriptEntry.Role.PATIENT:
        newest.pop(0)
    return [{"role": each.role, "blocks": each.blocks, "at": each.at.isoformat()} for each in newest]


def approve(correction_id: int, approval: Approval, user_id: int) -> Correction:
    """A person says yes: in one transaction the rule (in the draft) or entry, and the saved case."""
    with transaction.atomic():
        correction = _decide(correction_id, Status.CANDIDATE, Status.APPROVED, user_id)
        if approval.becomes == "knowledge":
            correction.entry = _entry(approval, user_id)
            gaps.answer_those_of(correction.turn_id, correction.entry, user_id=user_id)
        else:
            correction.rule_id = _add_rule(correction, approval, user_id)
        correction.save(update_fields=["entry", "rule_id"])
        SavedCase.objects.create(
            correction=correction,
            name=approval.case_name,
            heard=heard_before(correction.turn) if correction.turn else [],
            wanted=vars(approval.wanted),
        )
    return correction


def reject(correction_id: int, user_id: int) -> Correction:
    with transaction.atomic():
        return _decide(correction_id, Status.CANDIDATE, Status.REJECTED, user_id)


def revert(correction_id: int, user_id: int) -> Correction:
    """Its rule leaves the draft (one is made where only the published version has it), its entry and case rest."""
    with transaction.atomic():
        correction = _decide(correction_id, Status.APPROVED, Status.REVERTED, user_id)
        SavedCase.objects.filter(correction=correction).update(active=False)
        if correction.entry is not None:
            entries.remove(correction.entry)
            gaps.reopen_those_of(correction.entry)
        if correction.rule_id:
            draft = versions.draft_to_work_on(user_id)
            kept = [rule for rule in draft.rules if rule.get("correction") != correction.pk]
            versions.edit(draft.pk, {"rules": kept})
    return correction


def _decide(correction_id: int, before: str, after: str, user_id: int) -> Correction:
    """The conditional step: of two who decide at once one does."""
    rows = Correction.objects.filter(pk=correction_id, status=before)
    if not rows.update(status=after, decided_by_id=user_id, decided_at=clock.now()):
        raise CorrectionRefused(gettext("A colleague has decided this meanwhile."))
    return Correction.objects.select_related("turn", "entry").get(pk=correction_id)


def _add_rule(correction: Correction, approval: Approval, user_id: int) -> str:
    draft = versions.draft_to_work_on(user_id)
    rule = {
        "id": f"c{correction.pk}",
        "kind": approval.becomes,
        "text": approval.text,
        "correction": correction.pk,
    }
    versions.edit(draft.pk, {"rules": [*draft.rules, rule]})
    return str(rule["id"])


def _entry(approval: Approval, user_id: int) -> KnowledgeEntry:
    answer = KnowledgeEntry.Origin.ANSWER
    writing = Writing(title=approval.title, body=approval.text, language=approval.language, origin=answer)
    return entries.add(writing, user_id=user_id)
