"""Text as people look for it: small letters, accents left out. The same in Postgres (public.fold) and here."""

import re
import unicodedata

from django.db.models import Func, TextField

# Written out, because Postgres' own unaccent is neither immutable nor always installed.
_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


class Fold(Func):
    """public.fold(text): immutable, so that indexes can be made of it (tenants/migrations/0006_fold.py)."""

    function = "public.fold"
    output_field = TextField()


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_query(text: str) -> str:
    """What people typed as a query for `to_tsquery('simple', …)`: every word, the beginning of it is enough.

    "" when there is no word in it.
    """
    words = (re.sub(r"[\\'\x00]", " ", word).strip() for word in fold(text).split())
    return " & ".join(f"'{word}':*" for word in words if re.search(r"\w", word))
