"""What set a handoff off, in words for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


def trigger_words(trigger: str) -> str:
    """ "not understood", "house rule r7"; what has no words of its own as it is, "" for ""."""
    if trigger in _WORDS:
        return str(_WORDS[trigger])
    if trigger.startswith("rule "):
        return gettext("house rule %(rule)s") % {"rule": trigger.removeprefix("rule ")}
    if trigger.startswith("limit_"):
        return gettext("a limit was reached")
    return trigger.replace("_", " ")
