"""What the flow can do next: say something, or ask skills to act."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Act:
    """One skill to be called."""

    skill: str
    arguments: dict[str, object] = field(default_factory=dict)


Step = str | tuple[Act, ...]  # a text to the patient, or skills to run first


def act(skill: str, **arguments: object) -> tuple[Act, ...]:
    return (Act(skill=skill, arguments=arguments),)
