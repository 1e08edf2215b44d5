"""A chat with a version in which nothing counts: its state travels with the page, signed, and is stored nowhere."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import connections
from django_tenants.utils import tenant_context

from agents.models import AssistantVersion, Step
from agents.privacy.values import Entry as Pseudonym
from agents.rehearsal import Rehearsed, rehearse
from agents.runtime.checkpoints import dump
from agents.types import Arrival, Blocks, Entry
from tenants import clock
from tenants.models import Business, User

MAX_AGE = 6 * 3600  # seconds: slot tickets in it are older than useful by then
LONGEST = 120  # entries of one chat


class ChatTooLong(Exception):
    pass


@dataclass(frozen=True, kw_only=True)
class Chat:
    """What was said so far, redacted, and what its placeholders stand for."""

    version_id: int | None = None
    entries: tuple[Entry, ...] = ()
    pseudonyms: tuple[Pseudonym, ...] = ()

    @property
    def lines(self) -> list[dict[str, str]]:
        """As both sides read it: role and real words."""
        return [{"role": each.role, "text": self._real(each.text)} for each in self.entries if each.text]

    def _real(self, text: str) -> str:
        for each in self.pseudonyms:
            text = text.replace(each.token, each.value)
        return text


def read(sealed: str, business: Business, user: User, version: AssistantVersion) -> Chat:
    """The chat of a page; a new one when it was tampered with, is somebody else's, too old or of another version."""
    try:
        state: dict[str, Any] = signing.loads(sealed, salt=_salt(business, user), max_age=MAX_AGE)
    except signing.BadSignature:
        return Chat(version_id=version.pk)
    if state["version"] != version.pk:
        return Chat(version_id=version.pk)
    return Chat(
        version_id=version.pk,
        entries=tuple(Entry(role=role, blocks=Blocks.validate_python(blocks)) for role, blocks in state["entries"]),
        pseudonyms=tuple(Pseudonym(token=t, type=kind, value=value) for t, kind, value in state["names"]),
    )


def seal(chat: Chat, business: Business, user: User) -> str:
    state = {
        "version": chat.version_id,
        "entries": [[each.role, dump(each.blocks)] for each in chat.entries],
        "names": [[each.token, each.type, each.value] for each in chat.pseudonyms],
    }
    return signing.dumps(state, salt=_salt(business, user), compress=True)


def say(
    business: Business,
    version: AssistantVersion,
    chat: Chat,
    text: str,
    *,
    on_step: Callable[[Step], None] | None = None,
    on_text: Callable[[str], None] | None = None,
) -> tuple[Chat, Rehearsed]:
    """The chat with the answer to `text`. Raises ChatTooLong."""
    if len(chat.entries) >= LONGEST:
        raise ChatTooLong
    done = rehearse(
        business,
        version,
        transcript=chat.entries,
        arrivals=[Arrival(message_id=0, author="contact", kind="text", text=text, at=clock.now())],
        pretended_from=0,
        pseudonyms=chat.pseudonyms,
        on_step=on_step,
        on_text=on_text,
    )
    entries = (*chat.entries, *done.entries)
    return Chat(version_id=version.pk, entries=entries, pseudonyms=done.pseudonyms), done


News = tuple[str, Any]  # ("step", Step), ("text", str), ("done", (Chat, Rehearsed)), ("failed", None)


def say_live(business: Business, version: AssistantVersion, chat: Chat, text: str) -> Iterator[News]:
    """As `say`, telling each step and piece of text as it comes. The work is done in a thread of its own, which has
    the business's schema; whoever iterates needs no database.
    """
    news: queue.SimpleQueue[News] = queue.SimpleQueue()

    def work() -> None:
        try:
            with tenant_context(business):
                told = say(
                    business,
                    version,
                    chat,
                    text,
                    on_step=lambda step: news.put(("step", step)),
                    on_text=lambda piece: news.put(("text", piece)),
                )
            news.put(("done", told))
        finally:
            news.put(("failed", None))  # heard only where nothing was done
            connections.close_all()

    threading.Thread(target=work, name="try-chat", daemon=True).start()
    while True:
        kind, what = news.get()
        yield kind, what
        if kind in ("done", "failed"):
            return


def _salt(business: Business, user: User) -> str:
    return f"try-chat:{business.pk}:{user.pk}"
