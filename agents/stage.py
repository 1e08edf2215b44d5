"""Where a turn takes place."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from agents import gateway
from agents.errors import ModelError
from agents.models import Turn
from agents.recalling import recall
from agents.runtime.keeping import Keeper
from agents.runtime.providers import Provider
from agents.runtime.tool_runner import SkillLike
from agents.skills.registry import all_skills
from agents.types import Brief, Memory, ModelAnswer, SkillContext, ToolCall, ToolOutcome, TurnInput
from agents.usage import Purpose, record_usage
from agents.veil import ConversationVeil


class Stage:
    """Live: what skills do is committed, and placeholders are kept. agents.rehearsal has one without effects."""

    on_text: Callable[[str], None] | None = None

    def veil(self, turn_input: TurnInput) -> ConversationVeil:
        return ConversationVeil(turn_input)

    def skills(self, context: SkillContext, veil: ConversationVeil) -> Mapping[str, SkillLike]:
        return all_skills()

    def recall(self, turn_input: TurnInput, brief: Brief, keeper: Keeper, veil: ConversationVeil) -> Memory:
        return recall(turn_input, brief, keeper, veil)

    def looking(self) -> AbstractContextManager[None]:
        """Surrounds every look at what is committed."""
        return nullcontext()

    def note_refused(
        self, context: SkillContext, call: ToolCall, arguments: Mapping[str, Any], outcome: ToolOutcome
    ) -> None:
        """Told of each call that a skill turned down."""
        gateway.note_refused(context, call, arguments, outcome)

    def charge(
        self, turn: Turn, provider: Provider, answer: ModelAnswer | None, error: ModelError | None, ms: float
    ) -> None:
        purpose = Purpose.CHECK if provider.role == "judge" else Purpose.TURN
        name, model = provider.model.name, provider.model_name
        record_usage(turn, name, model, answer, error, ms, purpose=purpose, role=provider.role)
