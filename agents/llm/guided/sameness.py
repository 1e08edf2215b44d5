"""Things that are equal to themselves only: within a turn, which has one brief and one transcript, the story is told
again for each step of it, and what was told before needn't be thought through once more."""

from typing import Any


class Same:
    """`it`, as a key."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it
