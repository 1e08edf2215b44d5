"""The placeholders of one conversation: personal data out, `[NAME_1]` in; and back."""

import re
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from agents.errors import RedactionFailed, UnknownPlaceholder
from agents.privacy.dates import meanings
from agents.privacy.finding import SECONDS, find
from agents.privacy.notes import names_in_note
from agents.privacy.phones import e164
from agents.privacy.placeholders import RESTORABLE, canonical, leaves_placeholder, placeholder
from agents.privacy.shadow import Shadow, folded
from agents.privacy.values import (
    ADDRESS,
    BIRTH_DATE,
    EMAIL,
    NAME,
    PHONE,
    TEXT,
    TYPES,
    Entry,
    KnownValue,
    Redacted,
    Span,
)

_NAME_KEYS = frozenset(
    {"patient", "contact", "patient_name", "contact_name", "client_name", "customer_name", "full_name", "first_name",
     "last_name", "surname", "profile_name"}
)  # fmt: skip
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")
_LONG_NUMBER = 10
_READINGS = 3
SECONDS_OF_ALL = 20.0
"""What all texts of a turn may take together; an ordinary message takes a thousandth of a second."""
_MOST_MENTIONED = 100
"""So many names out of a conversation's own texts are looked for; a flood of them must not slow it down."""


class Pseudonyms:
    """Maps values to placeholders and back. The same value, however it is spelled, has the same placeholder.

    Give it the entries that were stored for the conversation, and store what `redact` adds (`Redacted.new`) before
    the redacted text is used. Names and birth dates that patients mention are known from then on. Not thread-safe.
    """

    def __init__(
        self,
        known: Iterable[KnownValue] = (),
        *,
        country: str = "GB",
        language: str = "en",
        entries: Iterable[Entry] = (),
        plain: Iterable[str] = (),
    ) -> None:
        """`plain`: names of staff and services, which stay readable where nobody says that they are a patient's."""
        self._plain = _words_of(tuple(plain))
        self.country, self.language = country.upper(), language
        self._known = tuple(dict.fromkeys(known))
        self._values: dict[str, Entry] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._seconds_left = SECONDS_OF_ALL
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Raises ValueError for one that is damaged or contradicts another."""
        for entry in entries:
            self._remember(entry)

    def export(self) -> list[Entry]:
        """All entries, for storing encrypted."""
        return list(self._values.values())

    def learn(self, known: Iterable[KnownValue]) -> None:
        """More known values, such as a patient that was just added."""
        self._known = tuple(dict.fromkeys((*self._known, *known)))

    def redact(self, text: str, *, answering: str = "") -> Redacted:
        """`text` with placeholders. `answering`: the question that it replies to. Raises RedactionFailed.

        Redact a text once: placeholders in it are taken for forgeries and hidden as text.
        """
        try:
            return self._redact(text, answering)
        except Exception:  # noqa: BLE001 - closed whatever fails, and no text in the chain of errors
            raise RedactionFailed("The text could not be redacted.") from None

    def redact_note(self, text: str, *, plain: Collection[str] = ()) -> str:
        """A note of staff about somebody, with placeholders; see agents.privacy.notes. Raises RedactionFailed."""
        try:
            hidden = self._redact(text, "").text
            return self._replaced(hidden, list(names_in_note(hidden, plain)))[0]
        except Exception:  # noqa: BLE001 - as above
            raise RedactionFailed("The note could not be redacted.") from None

    def redact_json(self, value: Any, keep_keys: frozenset[str] = frozenset()) -> Any:
        """A tool's result (JSON types) with placeholders in its strings; values of `keep_keys` stay as they are.

        Raises RedactionFailed, also for what is no JSON.
        """
        try:
            return self._redact_json(value, keep_keys, key="")
        except RedactionFailed:
            raise
        except Exception:  # noqa: BLE001 - as above
            raise RedactionFailed("The tool's result could not be redacted.") from None

    def restore(self, text: str) -> str:
        """A model's reply with the values put back; what this conversation does not know stays and shows."""
        return self._restored(text, strict=False)

    def restore_arguments(self, value: Any) -> Any:
        """A tool call's arguments (JSON types) with the values put back. Raises UnknownPlaceholder."""
        if isinstance(value, str):
            return self._restored(value, strict=True)
        if isinstance(value, list | tuple):
            return [self.restore_arguments(item) for item in value]
        if isinstance(value, dict):
            return {key: self.restore_arguments(item) for key, item in value.items()}
        return value

    def _redact(self, text: str, answering: str) -> Redacted:
        began = time.thread_time()
        try:
            return self._read_again(text, answering, began + min(SECONDS, self._seconds_left))
        finally:
            self._seconds_left -= time.thread_time() - began

    def _read_again(self, text: str, answering: str, deadline: float) -> Redacted:
        known = self._all_known()
        spans = self._find(text, answering, known, deadline)
        for _ in range(_READINGS - 1):
            more = self._with_mentioned(text, spans, known)
            if more == known:
                break
            known, spans = more, self._find(text, answering, more, deadline)
        hidden, new = self._replaced(text, spans)
        return Redacted(text=hidden, spans=tuple(spans), new=tuple(new))

    def _replaced(self, text: str, spans: Sequence[Span]) -> tuple[str, list[Entry]]:
        pieces: list[str] = []
        new: list[Entry] = []
        last = 0
        for span in spans:
            entry, is_new = self._entry(span.type, text[span.start : span.end])
            pieces += text[last : span.start], entry.token
            last = span.end
            new += [entry] if is_new else []
        return "".join([*pieces, text[last:]]), new

    def _find(self, text: str, answering: str, known: tuple[KnownValue, ...], deadline: float) -> list[Span]:
        return find(
            text,
            known=known,
            country=self.country,
            language=self.language,
            answering=answering,
            plain=self._plain,
            deadline=deadline,
        )

    def _all_known(self) -> tuple[KnownValue, ...]:
        mentioned = (known for entry in self._values.values() for known in _known_from(entry.type, entry.value))
        return tuple(dict.fromkeys((*self._known, *mentioned)))

    def _with_mentioned(self, text: str, spans: list[Span], known: tuple[KnownValue, ...]) -> tuple[KnownValue, ...]:
        """What is introduced in the second sentence was perhaps used in the first."""
        heard = {part for value in known if value.type == NAME for part in self._parts(value)}
        fresh = [
            value
            for span in spans
            for value in _known_from(span.type, text[span.start : span.end])
            if value.type != NAME or not self._parts(value) <= heard
        ]
        return tuple(dict.fromkeys((*known, *fresh[:_MOST_MENTIONED])))

    def _parts(self, name: KnownValue) -> set[str]:
        return set(_normalised(NAME, name.value, self.country).split())

    def _entry(self, type: str, value: str) -> tuple[Entry, bool]:
        key = type, _normalised(type, value, self.country)
        if key in self._tokens:
            return self._values[self._tokens[key]], False
        number = 1 + sum(entry.type == type for entry in self._values.values())
        entry = Entry(token=placeholder(type, number), type=type, value=value)
        self._remember(entry)
        return entry, True

    def _remember(self, entry: Entry) -> None:
        """Raises ValueError for an entry that is damaged or contradicts another one."""
        match = RESTORABLE.fullmatch(entry.token)
        if entry.type not in TYPES or match is None or canonical(match) != entry.token:
            raise ValueError("an entry holds no placeholder")
        if self._values.setdefault(entry.token, entry) != entry:
            raise ValueError(f"two values for {entry.token}")
        self._tokens.setdefault((entry.type, _normalised(entry.type, entry.value, self.country)), entry.token)

    def _redact_json(self, value: Any, keep_keys: frozenset[str], *, key: str) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._redact_field(value, key)
        if isinstance(value, int | float):
            redacted = self._redact(str(value), "").text if abs(value) >= 10 ** (_LONG_NUMBER - 1) else ""
            return redacted if "[" in redacted else value
        if isinstance(value, list | tuple):
            return [self._redact_json(item, keep_keys, key=key) for item in value]
        if isinstance(value, dict):
            return dict(self._redacted_items(value, keep_keys))
        raise RedactionFailed(f"A tool's result holds a {type(value).__name__}, which is no JSON.")

    def _redacted_items(self, value: dict[Any, Any], keep_keys: frozenset[str]) -> Iterator[tuple[str, Any]]:
        for key, item in value.items():
            name = str(key)
            shown = name if _PLAIN_KEY.fullmatch(name) else self._redact(name, "").text
            yield shown, item if name in keep_keys else self._redact_json(item, keep_keys, key=name)

    def _redact_field(self, value: str, key: str) -> str:
        """The key of a field says what a bare value is, as a question does: "phone", "date_of_birth"."""
        if key in _NAME_KEYS and value.strip() and not leaves_placeholder(value):
            return self._entry(NAME, value)[0].token
        question = key.replace("_", " ")
        return self._redact(value, "" if "name" in question else question).text

    def _restored(self, text: str, *, strict: bool) -> str:
        shadow = Shadow.of(text)
        pieces: list[str] = []
        last = 0
        for match in RESTORABLE.finditer(shadow.plain):
            entry = self._values.get(canonical(match))
            if entry is None and strict:
                raise UnknownPlaceholder(f"{canonical(match)} stands for nothing in this conversation.")
            if entry is not None:
                start, end = shadow.original(*match.span())
                pieces += text[last:start], entry.value
                last = end
        rest = "".join([*pieces, text[last:]])
        if strict and not pieces and leaves_placeholder(text):
            raise UnknownPlaceholder("Write placeholders exactly as they were given, such as [NAME_1].")
        return rest


@lru_cache(maxsize=256)  # of what businesses publish, nothing personal
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in re.findall(r"[^\W\d_]{2,}", folded(name)))


def _known_from(type: str, value: str) -> list[KnownValue]:
    """What a value that was found once makes known for the rest of the conversation."""
    if type == NAME:
        return [KnownValue(type=NAME, value=value)]
    if type == BIRTH_DATE:
        return [KnownValue(type=BIRTH_DATE, value=day.isoformat()) for day in sorted(meanings(folded(value)))]
    return []


def _normalised(type: str, value: str, country: str) -> str:
    if type == TEXT:
        return value
    text = folded(value.replace("ß", "ss"))
    if type == PHONE:
        return e164(text, country) or re.sub(r"[^\d+x]", "", text)
    if type == NAME:
        return " ".join(re.findall(r"[^\W_]+", text)) or value
    if type in {ADDRESS, EMAIL, BIRTH_DATE}:
        return "".join(text.split()).rstrip(".")
    return re.sub(r"[\W_]", "", text) or value
