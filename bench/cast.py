"""Who takes part: throw-away businesses, and patients who say what patients say."""

import datetime as dt
import secrets
from typing import Any

from tenants.models import Business
from tenants.provisioning import Details, create_business

MORNING = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)  # a Monday
PHONE = 447_911_000_000

# One story books, moves and cancels; "1" and "Yes" take whatever was offered last.
STORY = (
    "Hello, I have a bit of a toothache",
    "A check-up please",
    "tomorrow morning, maybe around 10?",
    "1",
    "My name is Anna Whitfield",
    "Yes",
    "Do you have parking?",
    "Actually can I move it to Thursday afternoon",
    "1",
    "Yes please",
    "Sorry, I have to cancel my appointment",
    "Yes",
)


def new_business(**changes: Any) -> Business:
    """A dentist of its own, open 07:00–22:00 every day. Call it in the public schema."""
    values: dict[str, Any] = {
        "name": "Bright Smile",
        "slug": f"bench-{secrets.token_hex(4)}",
        "kind": "dentist",
        "timezone": "Europe/London",
        "owner": None,
        "details": Details(always_open=True, address="1 Example Street, London", phone="020 7946 0000"),
    }
    return create_business(**{**values, **changes})


def phone(number: int) -> str:
    return f"+{PHONE + number}"
