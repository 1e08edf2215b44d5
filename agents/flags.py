"""The red flags of a business: those of its kind in every language, and what the business added to them.

They are put together when they are read, so that a better list reaches every business. A business adds phrases and
flags of its own and words its signposts; what comes with its kind can't be taken away.
"""

from collections.abc import Iterable
from functools import lru_cache

from agents.runtime.red_flags import RedFlag, RedFlags
from tenants.kind_templates import flags_in, template_of
from tenants.models import Business


def flags_of(business: Business, stored: Iterable[object]) -> tuple[RedFlag, ...]:
    """`stored`: AssistantVersion.red_flags. A flag stands once for each language, the business's own first."""
    own = RedFlags.validate_python(list(stored))
    return _merged(business.kind, business.country, business.language, own)


@lru_cache(maxsize=64)
def _merged(kind: str, country: str, language: str, own: tuple[RedFlag, ...]) -> tuple[RedFlag, ...]:
    theirs = {flag.name: flag for flag in own}
    template = template_of(kind)
    written = {text for flag in template.red_flags for text in (flag.signpost, flag.signpost_abroad)}
    merged: list[tuple[str, RedFlag]] = []
    for flag in template.in_country(country).red_flags:
        mine = theirs.pop(flag.name, None)
        signpost = mine.signpost if mine and mine.signpost not in written and mine.signpost.strip() else ""
        added = tuple(phrase for phrase in (mine.phrases if mine else ()) if phrase not in flag.phrases)
        first = RedFlag(name=flag.name, phrases=(*flag.phrases, *added), signpost=signpost or flag.signpost)
        merged.append(("en", first))
        for code, words in flags_in(flag.name, country).items():
            other = RedFlag(name=flag.name, phrases=words.phrases, signpost=signpost or words.signpost)
            merged.append((code, other))
    merged.sort(key=lambda each: each[0] != language[:2])
    return (*(flag for _, flag in merged), *theirs.values())
