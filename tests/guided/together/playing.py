"""Dialogues about visits, series and classes, played with an agreeable patient until nothing more is asked."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.llm.guided.languages import all_languages
from tests.guided.desk import brief_of
from tests.guided.together.house import House, chat_with

FILE = Path(__file__).parent / "dialogues.jsonl"
YES = {"en": "yes please", "de": "ja bitte", "es": "sí", "fr": "oui", "pt": "sim"}
MOST = 4  # answers after what is written down


@dataclass(frozen=True, kw_only=True)
class Ending:
    booked: list[list[str]]
    waiting: int
    lines: list[str]
    calls: list[tuple[str, dict[str, Any]]]
    handed_over: bool

    def is_right_for(self, dialogue: dict[str, Any]) -> bool:
        wanted = dialogue["booked"]
        fits = len(wanted) == len(self.booked) and all(
            (not want[0] or made[0] == want[0]) and made[1].startswith(want[1])
            for want, made in zip(wanted, self.booked, strict=True)
        )
        return fits and self.waiting == dialogue.get("waiting", 0) and not self.handed_over


def dialogues() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text().splitlines()]


def play(dialogue: dict[str, Any]) -> Ending:
    house = House(
        brief_of(dialogue["kind"], language=dialogue["language"]),
        taken={dt.datetime.fromisoformat(each) for each in dialogue.get("taken", ())},
        sessions={dt.datetime.fromisoformat(s): left for s, left in dialogue.get("sessions", {}).items()},
    )
    chat = chat_with(house)
    lines: list[str] = []
    asked = ""
    answers = [*dialogue["say"], *[None] * (0 if dialogue.get("plain") else MOST)]
    for each in answers:
        words = each or _agrees(asked, dialogue["language"])
        if words:
            asked = chat.say(words)
            lines += [f"P: {words}", f"A: {asked}"]
    return Ending(
        booked=sorted(([e["service"], e["start"]] for e in house.appointments.values()), key=lambda e: e[1]),
        waiting=len(house.waiting),
        lines=lines,
        calls=chat.calls,
        handed_over=chat.handed_over is not None,
    )


def _agrees(asked: str, language: str) -> str:
    """What somebody answers who takes the first of whatever is offered."""
    for table in all_languages(language):
        if table.questions["choose"] in asked:
            return "1"
        if any(table.questions[name] in asked for name in ("confirm", "confirm_cancel", "confirm_move")):
            return YES[language]
    return ""
