"""How two versions differ, word by word, for people to read."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.models import AssistantVersion

_WORDS = re.compile(r"\s+|[^\s]+")
TEXTS = {"name": _("Name"), "tone": _("Tone"), "instructions": _("Instructions")}
ROUTER = _("The router picks one")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of words; `changed`: gone from the older text, or new in the newer one."""

    text: str
    changed: bool


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs, as it was and as it is."""

    label: str
    before: Sequence[Piece]
    after: Sequence[Piece]


def differences(old: AssistantVersion, new: AssistantVersion) -> list[Difference]:
    """What differs, in the order of the editor; empty: nothing."""
    pairs = [(str(label), getattr(old, name), getattr(new, name)) for name, label in TEXTS.items()]
    pairs.append((gettext("Who answers"), _who(old), _who(new)))
    pairs += _keyed(gettext("Rule"), _rules(old), _rules(new))
    pairs += _keyed(gettext("Red flag"), _flags(old), _flags(new))
    return [compared(label, before, after) for label, before, after in pairs if before != after]


def compared(label: str, before: str, after: str) -> Difference:
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    was: list[Piece] = []
    now: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if a < b:
            was.append(Piece(text="".join(one[a:b]), changed=kind != "equal"))
        if c < d:
            now.append(Piece(text="".join(other[c:d]), changed=kind != "equal"))
    return Difference(label=label, before=was, after=now)


def _who(version: AssistantVersion) -> str:
    if version.provider == AssistantVersion.Provider.GUIDED:
        return gettext("The guided flow")
    own = ", ".join(f"{role}: {model}" for role, model in sorted(version.roles.items()) if model)
    return f"Claude · {version.model or ROUTER}" + (f" · {own}" if own else "")


def _rules(version: AssistantVersion) -> dict[str, str]:
    kinds = {"say": gettext("Say or do"), "escalate": gettext("Hand over")}
    return {
        str(each.get("id", "")): f"{kinds.get(each.get('kind', ''), '')}: {each.get('text', '')}"
        for each in version.rules
    }


def _flags(version: AssistantVersion) -> dict[str, str]:
    return {str(each.get("name", "")): _flag(each) for each in version.red_flags}


def _flag(flag: dict[str, Any]) -> str:
    said = [_worded("", flag), *(_worded(f"{code}: ", words) for code, words in flag.get("languages", {}).items())]
    return f"{flag.get('name', '')}: {' · '.join(said)}"


def _worded(language: str, words: dict[str, Any]) -> str:
    return f"{language}{', '.join(words.get('phrases', []))} → {words.get('signpost', '')}"


def _keyed(label: str, old: dict[str, str], new: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(label, old.get(key, ""), new.get(key, "")) for key in dict.fromkeys((*old, *new))]
