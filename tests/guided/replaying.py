"""Dialogues held with the flow alone, in memory: what stands in the diary at their end."""

import datetime as dt
from dataclasses import dataclass

from conversations.evaluation.recorded import (
    Dialogue,
    answer_of_agreeable_patient,
    asks_something,
    said_in_answer,
)
from tests.guided.desk import Chat, brief_of
from tests.guided.together.house import House

MORE_ANSWERS = 5


@dataclass(frozen=True, kw_only=True)
class Ending:
    starts: tuple[dt.datetime, ...]
    services: tuple[str, ...]
    handed_over: bool
    lines: tuple[str, ...]

    def is_right_for(self, dialogue: Dialogue) -> bool:
        service = not dialogue.service or dialogue.service in self.services
        return self.starts == dialogue.booked and service and self.handed_over == dialogue.handed_over


def replay(dialogue: Dialogue) -> Ending:
    """The recorded texts, then the agreeable patient's answers."""
    brief = brief_of(
        dialogue.business.replace(" ", "_"),
        now=f"{dialogue.today}T09:00",
        language=dialogue.language,
        country=dialogue.country,
    )
    chat = Chat(House(brief))
    now = brief.now.replace(tzinfo=None)
    for start in dialogue.before:
        chat.practice.stand(start)
    lines: list[str] = []

    def say(text: str) -> str:
        said = chat.say(text)
        lines.extend((f"patient: {text}", f"assistant: {said}"))
        return said

    asked = ""
    for text in dialogue.said:
        words = said_in_answer(dialogue, text, asked, now)
        asked = say(words) if words else asked
    for _ in range(MORE_ANSWERS):
        if dialogue.wish and asks_something(asked, settled=bool(chat.practice.appointments)):
            asked = say(answer_of_agreeable_patient(dialogue, asked, now))
    made = sorted(chat.practice.appointments.values(), key=lambda each: each["start"])
    return Ending(
        starts=tuple(dt.datetime.fromisoformat(each["start"]) for each in made),
        services=tuple(each["service"] for each in made),
        handed_over=chat.handed_over is not None,
        lines=tuple(lines),
    )
