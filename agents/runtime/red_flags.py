"""Emergencies and self-harm are recognised before any model, and answered with the business's signpost."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter


class RedFlag(BaseModel):
    name: str
    phrases: tuple[str, ...]
    signpost: str


RedFlags: TypeAdapter[tuple[RedFlag, ...]] = TypeAdapter(tuple[RedFlag, ...])


@dataclass(frozen=True, kw_only=True)
class Raised:
    name: str
    signpost: str


def find(text: str, flags: Iterable[RedFlag]) -> Raised | None:
    """The first flag one of whose phrases stands in the text, whole words, whatever the case, accents or quotes."""
    plain = f" {_plain(text)} "
    for flag in flags:
        if any(f" {_plain(phrase)} " in plain for phrase in flag.phrases):
            return Raised(name=flag.name, signpost=flag.signpost)
    return None


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.replace("'", "").replace("’", "").replace("`", "")))
