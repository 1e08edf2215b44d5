"""Where a turn takes place."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext

from agents.models import UsageRecord
from agents.runtime.tool_runner import SkillLike
from agents.skills.registry import all_skills
from agents.types import SkillContext, TurnInput
from agents.veil import ConversationVeil


class Stage:
    """Live: what skills do is committed, and placeholders are kept. agents.rehearsal has one without effects."""

    purpose: str = UsageRecord.Purpose.TURN
    on_text: Callable[[str], None] | None = None

    def veil(self, turn_input: TurnInput) -> ConversationVeil:
        return ConversationVeil(turn_input)

    def skills(self, context: SkillContext, veil: ConversationVeil) -> Mapping[str, SkillLike]:
        return all_skills()

    def charging(self) -> AbstractContextManager[None]:
        """Surrounds the record of what a model's call cost."""
        return nullcontext()

    def looking(self) -> AbstractContextManager[None]:
        """Surrounds every look at what is committed."""
        return nullcontext()
