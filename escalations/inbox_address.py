"""What the address of an inbox page says: view, words, label, page."""

from urllib.parse import urlencode

from django.http import HttpRequest

from escalations import inbox
from tenants.access import membership_of

AT_HAND = ("needs_you", "mine", "all")


def asked_in(request: HttpRequest) -> inbox.Asked:
    """Nonsense counts as nothing."""
    view = request.GET.get("view", "")
    return inbox.Asked(
        view=view if view in inbox.VIEWS else "all",
        words=request.GET.get("q", "").replace("\x00", "").strip()[:100],
        label_id=id_in(request, "label"),
        staff_id=membership_of(request).user_id,
    )


def at_hand(view: str) -> tuple[str, ...]:
    """The views above the list: three always, and the one that was chosen from the menu."""
    return AT_HAND if view in AT_HAND else (*AT_HAND[:2], view, AT_HAND[2])


def query_of(**values: object) -> str:
    """?view=… without what is empty or the default."""
    kept = {name: value for name, value in values.items() if value and (name, value) != ("view", "all")}
    return f"?{urlencode(kept)}" if kept else ""


def id_in(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if is_id(value) else None


def id_in_post(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if is_id(value) else None


def is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
