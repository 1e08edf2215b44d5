"""The row of pages about the assistant; those that exist are shown."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

TABS = {  # url name → label
    "assistant": _("Set-up"),
    "knowledge": _("Knowledge"),
    "red_flags": _("Red flags"),
    "corrections": _("Corrections"),
    "assistant_try": _("Try it"),
    "trials": _("Go-live"),
    "shadow": _("Shadow"),
    "reviews": _("Reviews"),
    "spend": _("Spend"),
}


def assistant_tabs(here: str) -> list[dict[str, Any]]:
    """For components/tabs.html; `here` is the url name of the page."""
    tabs = []
    for url_name, label in TABS.items():
        try:
            tabs.append({"label": label, "url": reverse(url_name), "active": url_name == here})
        except NoReverseMatch:
            continue
    return tabs
