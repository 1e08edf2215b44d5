"""What can go wrong while the assistant thinks; each error carries the decision.

AssistantError
├── ModelError             a model call failed
│   ├── ModelUnavailable   retryable: overloaded, rate limit, timeout, connection, 5xx, a cut stream
│   ├── ModelRefused       permanent; `blames` the request, the model (unknown, not allowed) or the account (key, money)
│   └── CallWithheld       no call was made: switched off, no money left, or the model rests after failures
├── RedactionFailed        permanent for this turn: the call must not happen
├── UnknownPlaceholder     a tool argument names a person or number that this conversation does not know
├── SkillFailed            a tool failed; `retryable` says whether trying again may help
└── LimitReached           steps, tokens, money or time of the turn are used up; `limit` names which
"""

from typing import Literal


class AssistantError(Exception):
    pass


class ModelError(AssistantError):
    """`billed`: the vendor may have charged for the call, and nobody told us how much."""

    def __init__(
        self, message: str, *, retryable: bool, retry_after: float | None = None, billed: bool = False
    ) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after = retry_after
        self.billed = billed


class ModelUnavailable(ModelError):
    """`slow`: it used up its time, so that trying it once more would take as long again."""

    def __init__(
        self, message: str, *, retry_after: float | None = None, slow: bool = False, billed: bool = False
    ) -> None:
        super().__init__(message, retryable=not slow, retry_after=retry_after, billed=billed)
        self.slow = slow


class ModelRefused(ModelError):
    def __init__(self, message: str, *, blames: Literal["request", "model", "account"] = "request") -> None:
        super().__init__(message, retryable=False)
        self.blames = blames


class CallWithheld(ModelError):
    """The message says why, in plain words."""

    def __init__(self, why: str) -> None:
        super().__init__(why, retryable=False)


class RedactionFailed(AssistantError):
    pass


class UnknownPlaceholder(AssistantError):
    pass


class SkillFailed(AssistantError):
    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class LimitReached(AssistantError):
    def __init__(self, limit: str) -> None:
        super().__init__(f"{limit} used up")
        self.limit = limit
