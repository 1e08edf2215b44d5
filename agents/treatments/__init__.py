"""What services are called in the product's languages, one module each: usual English name → beginnings of words."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

LANGUAGES = ("en", "de", "es", "fr", "pt")


@lru_cache
def treatments_in(language: str) -> Mapping[str, tuple[str, ...]]:
    """`language`: one of LANGUAGES. The words are lower case without accents."""
    found: Mapping[str, tuple[str, ...]] = import_module(f"{__name__}.{language}").TREATMENTS
    return found
