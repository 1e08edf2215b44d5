"""What went wrong in a trial, and in which scenario, in the words of whoever reads it."""

import re

from django.utils.translation import get_language_info, gettext

from conversations.reason_words import reason_words
from tenants.formats import mid_sentence
from tenants.sentences import Stored, say

_NAME = re.compile(r"(\d+) (.+) \((\w+)\)")  # as scenarios.py names them
ROW = "%s · %s · %s"


def told(fault: Stored | str) -> str:
    return say(fault, reason=lambda code: mid_sentence(reason_words(code)))


def scenario_told(name: str) -> str:
    """ "003 Moving (fr)" → "3 · Moving · French" """
    parts = _NAME.fullmatch(name)
    if parts is None:
        return name
    number, label, language = parts.groups()
    return ROW % (int(number), gettext(label), get_language_info(language)["name_translated"])
