"""The veil over one conversation: agents.privacy with its placeholders kept, encrypted, in Pseudonym rows."""

from collections.abc import Sequence
from typing import Any

from agents.errors import UnknownPlaceholder
from agents.models import Pseudonym
from agents.privacy.placeholders import leaves_placeholder
from agents.privacy.pseudonyms import Pseudonyms
from agents.privacy.values import Entry, KnownValue
from agents.types import TurnInput

# Of our own making and never personal: dates, tickets, numbers of appointments, names of services and staff.
PLAIN_KEYS = frozenset(
    {"slot", "appointment", "start", "weekday", "service", "practitioner", "practitioners", "status", "minutes"}
    | {"price", "opening_hours", "services", "address", "phone", "name"}
)


class ConversationVeil:
    """agents.types.Veil for the conversation of a turn."""

    def __init__(self, turn_input: TurnInput, entries: Sequence[Entry] = ()) -> None:
        """`entries`: placeholders that are no rows."""
        self._conversation_id = turn_input.conversation_id
        rows = Pseudonym.objects.filter(conversation_id=turn_input.conversation_id).order_by("id")
        self._saved = {row.token for row in rows}
        known = turn_input.known
        self._pseudonyms = Pseudonyms(
            known=[
                *(KnownValue(type="NAME", value=name) for name in known.names),
                *(KnownValue(type="PHONE", value=phone) for phone in known.phones),
                *(KnownValue(type="EMAIL", value=email) for email in known.emails),
            ],
            country=turn_input.business.country,
            language=turn_input.business.language,
            entries=[*(Entry(token=row.token, type=row.kind, value=row.value) for row in rows), *entries],
        )

    def hide(self, text: str, answering: str = "") -> str:
        return self._pseudonyms.redact(text, answering=answering).text

    def hide_json(self, value: Any) -> Any:
        return self._pseudonyms.redact_json(value, keep_keys=PLAIN_KEYS)

    def show(self, text: str) -> str:
        real = self._pseudonyms.restore(text)
        if leaves_placeholder(real):
            raise UnknownPlaceholder("in the reply")
        return real

    def show_arguments(self, value: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = self._pseudonyms.restore_arguments(value)
        return shown

    def save(self) -> None:
        new = [entry for entry in self._pseudonyms.export() if entry.token not in self._saved]
        Pseudonym.objects.bulk_create(
            Pseudonym(conversation_id=self._conversation_id, token=entry.token, kind=entry.type, value=entry.value)
            for entry in new
        )
        self._saved.update(entry.token for entry in new)
