"""The diary as it was: what a turn was answered then is answered again, when the same is asked in the same way."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from agents.errors import AssistantError
from agents.models import Step, Turn
from agents.runtime.tool_runner import SkillLike
from agents.types import SkillContext, ToolResult

LOOKS_INTO_THE_DIARY = frozenset({"find_slots", "my_appointments"})


class Recording:
    """The diary's answers of one past turn. `asked_anew` counts looks that had none, and went to today's diary."""

    def __init__(self, turn: Turn) -> None:
        tools = turn.steps.filter(kind=Step.Kind.TOOL, name__in=LOOKS_INTO_THE_DIARY, status=Step.Status.OK)
        self._steps = list(tools.order_by("index"))
        self.asked_anew = 0

    def over(self, skills: Mapping[str, SkillLike]) -> dict[str, SkillLike]:
        """The skills, with those that look into the diary answering from the recording where they can."""
        known: dict[str, dict[str, Any]] = {}
        for step in self._steps:
            key = _key(skills.get(step.name), step.name, step.input)
            if key:
                known[key] = step.output
        return {
            name: _Answered(skill, name, known, self) if name in LOOKS_INTO_THE_DIARY else skill
            for name, skill in skills.items()
        }


class _Answered:
    before = None

    def __init__(self, skill: SkillLike, name: str, known: dict[str, dict[str, Any]], recording: Recording) -> None:
        self._skill, self._name, self._known, self._recording = skill, name, known, recording

    def parse(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._skill.parse(arguments)

    def act(self, context: SkillContext, **arguments: Any) -> ToolResult:
        output = self._known.get(_written(self._name, arguments))
        if output is None:
            self._recording.asked_anew += 1
            result: ToolResult = self._skill.act(context, **arguments)
            return result
        data = {name: value for name, value in output.items() if name not in ("status", "message", "retryable")}
        return ToolResult(data=data, message=str(output.get("message", "")))


def _key(skill: SkillLike | None, name: str, arguments: dict[str, Any]) -> str:
    """ "" for what can't be asked any more: the skill takes other arguments now."""
    if skill is None:
        return ""
    try:
        return _written(name, skill.parse(dict(arguments)))
    except (AssistantError, ValidationError, ValueError):
        return ""


def _written(name: str, arguments: dict[str, Any]) -> str:
    return f"{name} {json.dumps(arguments, sort_keys=True, default=str)}"
