from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

TABS = {"settings_api": _("Keys"), "webhooks": _("Webhooks"), "api_reference": _("Reference")}  # url name → label


def program_tabs(here: str) -> list[dict[str, Any]]:
    """For components/tabs.html; `here` is the url name of the page."""
    return [{"label": label, "url": reverse(name), "active": name == here} for name, label in TABS.items()]
