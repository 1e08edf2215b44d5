"""Why a conversation was handed over, in words for staff."""

from conversations.models import Handoff


def reason_words(code: str) -> str:
    """ "Answer not known" for "missing_knowledge"; what is no handoff's reason, as a plain word."""
    return str(dict(Handoff.Reason.choices).get(code) or code.replace("_", " "))
