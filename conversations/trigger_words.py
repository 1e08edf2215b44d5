"""What set a handoff off, in words for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.models import AssistantVersion

RULE, LIMIT = "rule ", "limit_"
_WORDS: dict[str, Promise] = {
    "flood": _("too many messages at once"),
    "frustration": _("frustration"),
    "loop": _("going in circles"),
    "model_refused": _("the model declined to answer"),
    "no_answer": _("the model gave no answer"),
    "not_known": _("the answer is written nowhere"),
    "not_understood": _("not understood"),
    "off_limits": _("the assistant may not do it"),
    "red_flag": _("a red flag"),
    "redaction": _("a message that could not be made safe"),
    "unfounded_claim": _("an answer that the diary did not bear out"),
    "unsure": _("the assistant was unsure"),
    "verification": _("who is writing has to be checked"),
}


def trigger_choices() -> dict[str, str]:
    """What a search for triggers offers: those of one sort, such as all house rules, by what they begin with."""
    named = {"asked": gettext("a person was asked for"), **{code: str(words) for code, words in _WORDS.items()}}
    return named | {RULE: gettext("a house rule"), LIMIT: gettext("a limit was reached")}


def trigger_words(trigger: str, turn_id: int | None = None) -> str:
    """ "not understood", "the rule “Invoices go to Olivia”"; what has no words of its own as it is, "" for "".

    A rule's words are those of the version that answered in `turn_id` (one query); one that is gone has its number.
    """
    if trigger in _WORDS:
        return str(_WORDS[trigger])
    if trigger.startswith(RULE):
        number = trigger.removeprefix(RULE)
        text = _rule_text(number, turn_id)
        return (
            gettext("the rule “%(words)s”") % {"words": text.rstrip(".")}
            if text
            else gettext("house rule %(rule)s") % {"rule": number}
        )
    if trigger.startswith(LIMIT):
        return gettext("a limit was reached")
    return trigger.replace("_", " ")


def _rule_text(number: str, turn_id: int | None) -> str:
    version = AssistantVersion.objects.filter(turns__pk=turn_id).only("rules").first() if turn_id else None
    return next(
        (str(each.get("text", "")) for each in (version.rules if version else ()) if each.get("id") == number), ""
    )
