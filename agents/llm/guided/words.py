"""Text made comparable: without accents, case and punctuation."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Casefolded words without accents and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").replace("’", "")))


def unaccented(text: str) -> str:
    """The text (NFC) without accents, letter for letter, so that places in it stay the same."""
    return text if text.isascii() else "".join(map(_base, text))


@lru_cache(maxsize=2048)
def _base(letter: str) -> str:
    first = unicodedata.normalize("NFD", letter)[0]
    return first if first.isascii() and first.isalpha() else letter
