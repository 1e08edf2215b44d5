"""The veil of a rehearsal: knows the conversation's placeholders, stores none."""

from collections.abc import Sequence

from agents.privacy.placeholders import RESTORABLE, canonical
from agents.privacy.values import Entry as Pseudonym
from agents.types import Entry, TurnInput
from agents.veil import ConversationVeil

STAND_IN = "Somebody"


class RehearsalVeil(ConversationVeil):
    """A placeholder of the transcript whose value is gone (its conversation was deleted) stands for a stand-in."""

    def __init__(self, turn_input: TurnInput, pseudonyms: Sequence[Pseudonym], transcript: Sequence[Entry]) -> None:
        super().__init__(turn_input, pseudonyms)
        known = {each.token for each in self._pseudonyms.export()}
        found = (match for entry in transcript for match in RESTORABLE.finditer(entry.text))
        missing = {canonical(match): match for match in found}
        self._pseudonyms.add(
            Pseudonym(token=token, type=match["type"].upper(), value=f"{STAND_IN} {int(match['number'])}")
            for token, match in missing.items()
            if token not in known
        )

    def save(self) -> None:
        """Nothing of a rehearsal is kept."""

    def export(self) -> tuple[Pseudonym, ...]:
        return tuple(self._pseudonyms.export())
