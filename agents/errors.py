"""What can go wrong while the assistant thinks; each error carries the decision.

AssistantError
├── ModelError             a model call failed
│   ├── ModelUnavailable   retryable: overloaded, rate limit, timeout, connection, 5xx, a cut stream
│   └── ModelRefused       permanent: bad request, bad key, no money at the vendor
├── RedactionFailed        permanent for this turn: the call must not happen
├── UnknownPlaceholder     a tool argument names a person or number that this conversation does not know
├── SkillFailed            a tool failed; `retryable` says whether trying again may help
└── LimitReached           steps, tokens, money or time of the turn are used up; `limit` names which
"""


class AssistantError(Exception):
    pass


class ModelError(AssistantError):
    def __init__(self, message: str, *, retryable: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after = retry_after


class ModelUnavailable(ModelError):
    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message, retryable=True, retry_after=retry_after)


class ModelRefused(ModelError):
    def __init__(self, message: str) -> None:
        super().__init__(message, retryable=False)


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
