"""Why a model was chosen, was not asked or gave no answer, and what the check of replies found, in words for staff.

What is stored is English or a code (agents.runtime); it is said in the reader's language.
"""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

GUIDED = "guided"
SWITCHED_OFF = "language models are switched off: "
_LIMIT = re.compile(r"the turn’s limit of (\w+) is reached")
_ERRORS: dict[str, Promise] = {
    "overloaded_error": _("its vendor is overloaded"),
    "rate_limit_error": _("too many calls at once"),
    "api_error": _("its vendor had a fault"),
    "timeout_error": _("it took too long"),
    "timeout": _("it took too long"),
    "not as asked": _("it did not answer as it was asked"),
    "no connection": _("its vendor could not be reached"),
    "the answer was cut off": _("its answer was cut off"),
    "another call is just trying it": _("it failed before, and another call is just trying it"),
    "401: Anthropic refuses the API key": _("Anthropic refuses the API key"),
    "402: the account at Anthropic has no money left": _("the account at Anthropic has no money left"),
    "400: the account at Anthropic has no money left": _("the account at Anthropic has no money left"),
    "403: Anthropic does not allow this model to the account": _("Anthropic does not allow this model to the account"),
    "404: Anthropic does not know this model": _("Anthropic does not know this model"),
}
# What a reply claimed and nothing bore out (agents.runtime.outgoing).
_CLAIMS: dict[str, Promise] = {
    "booked": _("that something is booked"),
    "stands": _("that an appointment stands"),
    "reserved": _("that a time is kept"),
    "held": _("that a time is kept"),
    "moved": _("that something was moved"),
    "changed": _("that something was changed"),
    "cancelled": _("that something was cancelled"),
    "replaced": _("that something was cancelled"),
    "undone": _("that something was undone"),
    "waiting": _("a place on the waiting list"),
    "done": _("that something was done"),
    "acted": _("that something was done"),
    "beyond": _("something that the assistant can’t do"),
    "time": _("a time"),
    "date": _("a date"),
    "weekday": _("a weekday"),
    "price": _("a price"),
    "practitioner": _("a person"),
    "service": _("a service"),
    "address": _("a place or an address"),
    "delay": _("a period of notice"),
    "quantity": _("a figure"),
    "house": _("a rule of the house"),
    "instructions": _("its own instructions"),
    "reference": _("the number of an appointment"),
}


def model_words(name: str) -> str:
    return gettext("guided flow") if name == GUIDED else name


def why_words(stored: str) -> str:
    """ "today’s spend limit is reached", "its vendor is overloaded"; what nobody worded, as it is."""
    limit = _LIMIT.fullmatch(stored)
    if limit:
        return gettext("the limit of one answer is reached")
    if stored.startswith(SWITCHED_OFF):
        return gettext("language models are switched off: %(why)s") % {"why": stored.removeprefix(SWITCHED_OFF)}
    return str(_ERRORS[stored]) if stored in _ERRORS else gettext(stored) if stored else ""


def claims_words(codes: Iterable[str]) -> str:
    """ "a time, a price" """
    return ", ".join(dict.fromkeys(str(_CLAIMS.get(code) or code.replace("_", " ")) for code in codes))
