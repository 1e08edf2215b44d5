"""What a business changes of its red flags: always in the draft, never what comes with its kind.

Each change tells the stored entry before and after it, so that it can be taken back.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from agents import versions
from agents.flags import ANY, ENGLISH, FlagInForce, flags_in_force, kinds_flag, own_signpost
from agents.models import AssistantVersion
from tenants.models import Business

MOST_PHRASES = 100  # of the business's own, of one flag in one language
MOST_FLAGS = 30  # of the business's own
Entry = dict[str, Any]  # one of AssistantVersion.red_flags


class FlagRefused(versions.VersionRefused):
    """It can't be done; the text says why to a person."""


@dataclass(frozen=True, kw_only=True)
class FlagChange:
    """What became of the entry of that name in the draft; None: there was, or is, none."""

    draft: AssistantVersion
    name: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, kw_only=True)
class Flags:
    """A business's red flags, as one of its people changes them. Everything raises FlagRefused, VersionRefused."""

    business: Business
    user_id: int

    def add(self, name: str, phrases: Sequence[str], signpost: str) -> FlagChange:
        def added(entry: Entry | None) -> Entry:
            if entry is not None or self._of_the_kind(name):
                raise FlagRefused(gettext("There is a red flag of this name already."))
            return {"name": name, "phrases": list(dict.fromkeys(phrases)), "signpost": signpost}

        return self._change(name, added)

    def remove(self, name: str) -> FlagChange:
        """One of the business's own."""

        def removed(entry: Entry | None) -> None:
            if self._of_the_kind(name):
                raise FlagRefused(gettext("This red flag comes with your kind of business: it can’t be taken away."))
            if entry is None:
                raise FlagRefused(gettext("This red flag is not there any more."))

        return self._change(name, removed)

    def add_phrases(self, name: str, language: str, phrases: Sequence[str]) -> FlagChange:
        """`language`: of agents.flags.LANGUAGES, or ANY for a flag of the business's own."""

        def added(entry: Entry | None) -> Entry:
            flag, stored = self._flag(name, entry)
            wording = flag.wording(language)
            if wording is None:
                raise FlagRefused(gettext("This red flag has no such language."))
            new = [each for each in dict.fromkeys(phrases) if each not in wording.phrases]
            if len(wording.added) + len(new) > MOST_PHRASES:
                raise FlagRefused(
                    gettext("That would be more than %(most)s phrases of your own.") % {"most": MOST_PHRASES}
                )
            holder = _holder(stored, language)
            holder["phrases"] = [*holder.get("phrases", []), *new]
            return _tidy(stored)

        return self._change(name, added)

    def take_phrase(self, name: str, language: str, phrase: str) -> FlagChange:
        """One that the business added."""

        def taken(entry: Entry | None) -> Entry:
            flag, stored = self._flag(name, entry)
            wording = flag.wording(language)
            if wording is None or phrase not in wording.added:
                raise FlagRefused(gettext("Only phrases that you added can be taken away."))
            if wording.phrases == (phrase,):
                raise FlagRefused(gettext("Without any phrase it would never be raised. Remove the red flag instead."))
            holder = _holder(stored, language)
            holder["phrases"] = [each for each in holder["phrases"] if each != phrase]
            return _tidy(stored)

        return self._change(name, taken)

    def word(self, name: str, signposts: Mapping[str, str]) -> FlagChange:
        """What is said at once, by language; "" goes back to what comes with the kind of business."""

        def worded(entry: Entry | None) -> Entry:
            flag, stored = self._flag(name, entry)
            kinds = kinds_flag(self.business, name)
            if kinds is None:
                return stored | {"signpost": signposts.get(ANY) or stored["signpost"]}
            for wording in flag.wordings:
                said = signposts.get(wording.language, wording.own_signpost)
                own = "" if said == wording.fallback else said
                stored.setdefault("languages", {}).setdefault(wording.language, {})["signpost"] = own
            if own_signpost(kinds, stored["signpost"]):
                stored["signpost"] = ""  # it was said in every language: now each has its own
            return _tidy(stored)

        return self._change(name, worded)

    def take_back(self, name: str, before: Entry | None, after: Entry | None) -> FlagChange:
        """Undo a FlagChange, if nobody has changed the flag since."""

        def as_before(entry: Entry | None) -> Entry | None:
            if entry != after:
                raise FlagRefused(gettext("It was changed again meanwhile, so this can’t be undone."))
            return before

        return self._change(name, as_before)

    def _change(self, name: str, altered: Callable[[Entry | None], Entry | None]) -> FlagChange:
        draft = versions.draft_to_work_on(self.user_id)
        seen: dict[str, Entry | None] = {}

        def rewritten(current: AssistantVersion) -> dict[str, list[Entry]]:
            flags: list[Entry] = current.red_flags
            before = next((each for each in flags if each["name"] == name), None)
            after = altered(deepcopy(before))
            kept = [after if each["name"] == name else each for each in flags]
            if before is None and after is not None:
                kept.append(after)
                if sum(not self._of_the_kind(each["name"]) for each in kept if each) > MOST_FLAGS:
                    raise FlagRefused(
                        gettext("That would be more than %(most)s red flags of your own.") % {"most": MOST_FLAGS}
                    )
            seen.update(before=before, after=after)
            return {"red_flags": [each for each in kept if each is not None]}

        versions.rework(draft.pk, rewritten)
        return FlagChange(draft=draft, name=name, before=seen["before"], after=seen["after"])

    def _flag(self, name: str, entry: Entry | None) -> tuple[FlagInForce, Entry]:
        """As it stands, and the entry that is to be changed."""
        if entry is None and not self._of_the_kind(name):
            raise FlagRefused(gettext("This red flag is not there any more."))
        stored = entry or {"name": name, "phrases": [], "signpost": ""}
        found = flags_in_force(self.business, [stored])
        return next(each for each in found if each.name == name), stored

    def _of_the_kind(self, name: str) -> bool:
        return kinds_flag(self.business, name) is not None


def _holder(stored: Entry, language: str) -> Entry:
    """Where the phrases of that language are kept."""
    if language in (ANY, ENGLISH):
        return stored
    holder: Entry = stored.setdefault("languages", {}).setdefault(language, {})
    return holder


def _tidy(stored: Entry) -> Entry:
    """Without languages of which nothing is kept."""
    words = {code: {k: v for k, v in each.items() if v} for code, each in stored.get("languages", {}).items()}
    kept = {code: each for code, each in words.items() if each}
    return {name: value for name, value in stored.items() if name != "languages"} | (
        {"languages": kept} if kept else {}
    )
