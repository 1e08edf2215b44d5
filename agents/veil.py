"""The veil over one conversation: agents.privacy with its placeholders kept, encrypted, in Pseudonym rows."""

from collections.abc import Collection, Sequence
from typing import Any

from agents.errors import RedactionFailed, UnknownPlaceholder
from agents.models import Pseudonym
from agents.privacy.placeholders import leaves_placeholder
from agents.privacy.pseudonyms import Pseudonyms
from agents.privacy.values import Entry, KnownValue
from agents.types import TurnInput
from calendar_sync.told import told
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import add, read

# Of our own making and never personal: dates, tickets, numbers of appointments, names of services and staff.
PLAIN_KEYS = frozenset(
    {"slot", "appointment", "start", "weekday", "service", "practitioner", "practitioners", "status", "minutes"}
    | {"price", "opening_hours", "services", "address", "phone", "name"}
)


class Opened:
    """The real words of a conversation's transcript."""

    def __init__(self, conversation_id: int) -> None:
        rows = Pseudonym.objects.filter(conversation_id=conversation_id).order_by("id")
        self._known = Pseudonyms(entries=[Entry(token=row.token, type=row.kind, value=row.value) for row in rows])

    def read(self, text: str) -> str:
        """As it was written; what looks like a placeholder may have been."""
        return self._known.restore(text)

    def show(self, text: str) -> str:
        """For people to read; raises UnknownPlaceholder when a placeholder would remain."""
        return _whole(self._known.restore(text))


def _whole(real: str) -> str:
    if leaves_placeholder(real):
        raise UnknownPlaceholder("in a text that is to be shown")
    return real


def _in_the_open(business: Business) -> list[str]:
    """What the business publishes: its name, its staff, its services."""
    facts = told(business).facts
    services = [name for each in facts.services for name in (each.name, *each.other_names)]
    return [business.name, *facts.practitioners, *services]


PLACEHOLDERS = Prepared("WHERE conversation_id = %s ORDER BY id")


class ConversationVeil:
    """agents.types.Veil for the conversation of a turn."""

    def __init__(self, turn_input: TurnInput, entries: Sequence[Entry] = ()) -> None:
        """`entries`: placeholders that are no rows."""
        self._conversation_id = turn_input.conversation_id
        rows = read(Pseudonym, PLACEHOLDERS, [turn_input.conversation_id])
        self._saved = {row.token for row in rows}
        known = turn_input.known
        self._others = known.others
        try:
            self._pseudonyms = Pseudonyms(
                known=[
                    *(KnownValue(type="NAME", value=name) for name in known.names),
                    *(KnownValue(type="PHONE", value=phone) for phone in known.phones),
                    *(KnownValue(type="EMAIL", value=email) for email in known.emails),
                ],
                country=turn_input.business.country,
                language=turn_input.business.language,
                plain=_in_the_open(turn_input.business),
                entries=[*(Entry(token=row.token, type=row.kind, value=row.value) for row in rows), *entries],
            )
        except ValueError:
            raise RedactionFailed("A placeholder of this conversation is damaged.") from None

    def hide(self, text: str, answering: str = "") -> str:
        return self._pseudonyms.redact(text, answering=answering).text

    def hide_note(self, text: str, plain: Collection[str] = ()) -> str:
        """What is noted about a contact; `plain`: folded words that are no names here."""
        return self._pseudonyms.redact_note(text, plain=plain)

    def meet(self, text: str) -> None:
        """Other people of the business who are named in a text about the house are hidden from then on."""
        self._pseudonyms.learn(KnownValue(type="NAME", value=name) for name in self._others(text))

    def hide_json(self, value: Any) -> Any:
        return self._pseudonyms.redact_json(value, keep_keys=PLAIN_KEYS)

    def show(self, text: str) -> str:
        return _whole(self._pseudonyms.restore(text))

    def show_arguments(self, value: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = self._pseudonyms.restore_arguments(value)
        return shown

    @property
    def unsaved(self) -> bool:
        return len(self._pseudonyms.export()) > len(self._saved)

    def save(self) -> None:
        new = [entry for entry in self._pseudonyms.export() if entry.token not in self._saved]
        add(
            *(
                Pseudonym(conversation_id=self._conversation_id, token=entry.token, kind=entry.type, value=entry.value)
                for entry in new
            )
        )
        self._saved.update(entry.token for entry in new)
