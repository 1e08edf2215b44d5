"""What has arrived enters the transcript: redacted, marked, and looked through for red flags in its real words."""

from collections.abc import Iterable, Sequence

from agents.flags import flags_of
from agents.markers import VOICE, marked, tamed
from agents.models import AssistantVersion, Step
from agents.runtime import red_flags
from agents.runtime.checkpoints import NewEntry
from agents.runtime.keeping import Keeper
from agents.types import TurnInput
from agents.veil import ConversationVeil

ROLES = {"contact": "patient", "staff": "staff", "system": "assistant"}
UNREADABLE = {
    "image": "photo",
    "voice": "voice note",
    "video": "video",
    "document": "document",
    "sticker": "sticker",
    "location": "location",
    "contacts": "contact card",
    "unsupported": "message of a kind that can't be shown",
}


def read_arrivals(
    turn_input: TurnInput, version: AssistantVersion, checkpoints: Keeper, veil: ConversationVeil
) -> red_flags.Raised | None:
    """Redact what arrived into the transcript; look for red flags in the real words first."""
    flags = flags_of(turn_input.business, version.red_flags)
    raised = None
    asked = checkpoints.last_said()  # "Anna Berg" is a name because we asked for one
    entries = []
    for arrival in turn_input.arrivals:
        if arrival.author == "contact":
            raised = raised or red_flags.find(arrival.text, flags)
        entries.append(
            NewEntry(
                message_id=arrival.message_id,
                role=ROLES[arrival.author],
                text=marked(
                    _readable(arrival.kind, tamed(veil.hide(arrival.text, answering=asked))),
                    choice=arrival.choice,
                    about=arrival.about,
                    quoted=tamed(veil.hide(arrival.quoted)) if arrival.quoted else "",
                ),
                at=arrival.at,
            )
        )
    checkpoints.append_arrivals(entries, flag=raised, save_names=veil.save)
    return raised or _remembered_flag(checkpoints.steps(), flags)


def _remembered_flag(steps: Iterable[Step], flags: Sequence[red_flags.RedFlag]) -> red_flags.Raised | None:
    """What a killed worker has found, in the language in which it was written."""
    for step in steps:
        if step.kind == Step.Kind.CHECK and step.name == "red_flag":
            alike = [flag for flag in flags if flag.name == step.output.get("flag")]
            spoken = [flag for flag in alike if flag.language == step.output.get("language")]
            if alike:
                flag = (*spoken, *alike)[0]
                return red_flags.Raised(name=flag.name, signpost=flag.signpost, language=flag.language)
    return None


def _readable(kind: str, text: str) -> str:
    """What can't be read is named, so that no content is invented for it."""
    if kind == "voice" and text:
        return f"{text}\n{VOICE}"
    if kind not in UNREADABLE:
        return text
    note = f"(The patient sent a {UNREADABLE[kind]}, which you can't open.)"
    return f"{text}\n{note}".strip()
