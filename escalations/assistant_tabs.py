"""The row of pages about the assistant; those that exist are shown."""

from typing import Any

from django.urls import NoReverseMatch, reverse

TABS = {  # url name → label
    "assistant": "Set-up",
    "knowledge": "Knowledge",
    "red_flags": "Red flags",
    "corrections": "Corrections",
    "assistant_try": "Try it",
    "trials": "Go-live",
    "shadow": "Shadow",
    "reviews": "Reviews",
    "spend": "Spend",
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
