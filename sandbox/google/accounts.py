"""Google accounts and their calendars."""

import re

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.google.errors import not_found

# There from the start, so that a fresh sandbox can be connected to.
FIRST_ACCOUNT = "practice@example.com"
FIRST_CALENDARS = ("Dr Amara Okafor", "Dr Ben Carter")


def ensure_accounts(world: World) -> list[Document]:
    """All accounts; the first one is made when there is none."""
    if not world.store.all("account"):
        seed(world, FIRST_ACCOUNT, "The practice", [{"summary": name} for name in FIRST_CALENDARS])
    return world.store.all("account")


def seed(
    world: World, email: str, name: str = "", calendars: list[Document] | None = None, timezone: str = "Europe/London"
) -> Document:
    """An account with its primary calendar and others: {"summary", optional "id" and "timeZone"}."""
    account = world.store.put("account", email, {"email": email, "name": name or email})
    add_calendar(world, email, {"id": email, "summary": name or email, "timeZone": timezone}, primary=True)
    for calendar in calendars or []:
        add_calendar(world, email, {"timeZone": timezone, **calendar})
    return account


def add_calendar(world: World, email: str, given: Document, primary: bool = False) -> Document:
    slug = re.sub(r"[^a-z0-9]+", "-", given["summary"].lower()).strip("-")
    identifier = given.get("id") or f"{slug}.{email.partition('@')[0]}@group.calendar.google.com"
    document = {
        "id": identifier,
        "summary": given["summary"],
        "timeZone": given.get("timeZone") or "Europe/London",
        "accessRole": given.get("accessRole") or "owner",
        "owner": email,
        "primary": primary,
    }
    return world.store.put("calendar", identifier, document)


def calendars_of(world: World, email: str) -> list[Document]:
    return [calendar for calendar in world.store.all("calendar") if calendar["owner"] == email]


def calendar_of(world: World, email: str, identifier: str) -> Document:
    """The account's calendar by id or "primary"; 404 as Google answers for calendars of others."""
    found = world.store.get("calendar", email if identifier == "primary" else identifier)
    if found is None or found["owner"] != email:
        raise not_found()
    return found


def list_entry(calendar: Document) -> Document:
    """A CalendarListEntry."""
    entry = {
        "kind": "calendar#calendarListEntry",
        "etag": f'"{len(calendar["summary"])}000"',
        "id": calendar["id"],
        "summary": calendar["summary"],
        "timeZone": calendar["timeZone"],
        "colorId": "14",
        "backgroundColor": "#9fe1e7",
        "foregroundColor": "#000000",
        "selected": True,
        "accessRole": calendar["accessRole"],
        "defaultReminders": [],
    }
    return {**entry, "primary": True} if calendar["primary"] else entry
