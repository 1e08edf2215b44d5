"""Past conversations once more, turn by turn, on another version: what would have come out differently.

Each turn is rehearsed without effect from the transcript as it was then (redacted), at the moment at which it took
place. The diary answers as it did then where the same is asked; what this turn and later ones of the conversation
changed is taken back before; anything else is looked up in today's diary, and counted.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as N_

from agents import cases, corrections, shadowing
from agents.models import AssistantVersion, ShadowAnswer, TranscriptEntry, Trial, TrialResult, Turn
from agents.recording import Recording
from agents.rehearsal import RehearsedContact, rehearse
from agents.types import Entry
from conversations.models import Conversation
from conversations.rehearsing import contact_of
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.sentences import Stored, sentence

CONVERSATIONS = 20  # the newest ones
TURNS = 8  # of each, the newest ones
SORT = "replay"
Compared = ShadowAnswer.Compared
FAULTS = {
    Compared.DIFFERENT: N_("Answer %(number)s does something else."),
    Compared.ONLY_DRAFT_HANDS_OVER: N_("Answer %(number)s: only the draft hands over."),
    Compared.ONLY_LIVE_HANDS_OVER: N_("Answer %(number)s: only the published version hands over."),
    Compared.FAILED: N_("Answer %(number)s: the draft gave no answer."),
}


@dataclass(kw_only=True)
class Replayed:
    """One conversation. `lines` are redacted: who is patient, assistant (what was said then) or draft; a draft that
    says nothing has the reason of its handing over, if it does.
    """

    scenario: str
    faults: list[Stored] = field(default_factory=list)
    lines: list[dict[str, str]] = field(default_factory=list)
    turns: int = 0
    looked_up_today: int = 0

    @property
    def got(self) -> dict[str, Any]:
        return {"turns": self.turns, "different": len(self.faults), "looked_up_today": self.looked_up_today}


def ask_for_replay(business: Business, version: AssistantVersion, user_id: int | None, *, kind_of_work: str) -> Trial:
    """The replay that is open for this version, made if there is none."""
    try:
        with transaction.atomic():
            now = clock.now()
            trial = Trial.objects.create(
                kind=Trial.Kind.REPLAY, version=version, model=version.provider, asked_by_id=user_id, asked_at=now
            )
            Trial.objects.filter(pk=trial.pk).update(scenarios=len(conversations_of(trial)))
            worklist.call_for(business.pk, kind_of_work, trial.pk)
            events.publish(business, "trial", trial.pk)
            return trial
    except IntegrityError:
        open_ = [Trial.Status.WAITING, Trial.Status.RUNNING]
        return Trial.objects.get(version=version, kind=Trial.Kind.REPLAY, status__in=open_)


def conversations_of(trial: Trial) -> list[int]:
    """The newest conversations of before it was asked for, that the assistant answered in."""
    turns = Turn.objects.filter(status=Turn.Status.DONE, started_at__lt=trial.asked_at)
    rows = turns.values("conversation_id").annotate(newest=Max("pk")).order_by("-newest")
    return [row["conversation_id"] for row in rows[:CONVERSATIONS]]


def scenario_of(conversation_id: int) -> str:
    return f"conversation {conversation_id}"


def conversation_of(result: TrialResult) -> int:
    return int(result.scenario.rpartition(" ")[2])


def replay(business: Business, trial: Trial, conversation_id: int) -> Replayed:
    replayed = Replayed(scenario=scenario_of(conversation_id))
    conversation = Conversation.objects.select_related("contact").filter(pk=conversation_id).first()
    if conversation is None:
        return replayed
    contact = contact_of(conversation)
    turns = Turn.objects.filter(
        conversation_id=conversation_id, status=Turn.Status.DONE, started_at__lt=trial.asked_at
    ).prefetch_related("steps")
    newest_first = list(turns.order_by("-pk")[:TURNS])
    for place, turn in reversed(list(enumerate(newest_first))):
        later = [each.pk for each in newest_first[:place]]
        _replay_turn(business, trial.version, turn, contact, replayed, later)
    return replayed


def _replay_turn(
    business: Business,
    version: AssistantVersion,
    turn: Turn,
    contact: RehearsedContact,
    replayed: Replayed,
    later: list[int],
) -> None:
    heard = cases.entries_of(corrections.heard_before(turn))
    if not heard:
        return
    recording = Recording(turn)
    done = rehearse(
        business,
        version,
        transcript=heard,
        conversation_id=turn.conversation_id,
        contact=contact,
        undone_turn_id=turn.pk,
        later_turn_ids=later,
        now=turn.started_at,
        recording=recording,
    )
    compared = shadowing.compared(turn, done)
    replayed.turns += 1
    replayed.looked_up_today += recording.asked_anew
    replayed.lines += [{"who": "patient", "text": each.text} for each in _unanswered(heard)]
    replayed.lines.append({"who": "assistant", "text": _said_then(turn)})
    if compared != Compared.SAME:
        replayed.faults.append(sentence(FAULTS[Compared(compared)], number=replayed.turns))
        replayed.lines.append({"who": "draft", "text": done.said, "reason": "" if done.said else done.reason})


def _unanswered(heard: tuple[Entry, ...]) -> list[Entry]:
    spoken = max((place for place, entry in enumerate(heard) if entry.role != "patient"), default=-1)
    return list(heard[spoken + 1 :])


def _said_then(turn: Turn) -> str:
    rows = TranscriptEntry.objects.filter(turn=turn, role=TranscriptEntry.Role.ASSISTANT).order_by("index")
    texts = [text for row in rows for each in row.blocks if (text := str(each.get("text", "")))]
    return "\n".join(texts[-1:])
