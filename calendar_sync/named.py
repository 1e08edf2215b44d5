"""Services and practitioners as people call them."""

import re
import unicodedata

from calendar_sync.models import Location, Practitioner, Service
from calendar_sync.places import open_places
from calendar_sync.set_up import kept

_NO_NAMES = {"the", "at", "in", "branch", "location", "practice", "clinic", "salon", "street", "road"}
_TITLES = {"dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor"}


def plain(text: str) -> str:
    """Casefolded, without accents and punctuation: "Dr. José" → "dr jose"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def service_called(name: str) -> Service | None:
    """The active service with this name or other name; None when there is none or more than one."""
    wanted = plain(name)
    services = _services()
    for service in services:
        if plain(service.name) == wanted:
            return service
    called = [each for each in services if wanted in map(plain, each.other_names)]
    return called[0] if len(called) == 1 else None


def practitioner_called(name: str) -> Practitioner | None:
    """The active practitioner with this name, or the only one who shares its telling words ("Dr Silva")."""
    wanted = set(plain(name).split()) - _TITLES
    if not wanted:
        return None
    people = [each for each in _people() if wanted <= set(plain(each.name).split())]
    return people[0] if len(people) == 1 else None


def place_called(name: str) -> Location | None:
    """The open location with this name, or the only one that shares its telling words ("the Park Street branch")."""
    wanted = plain(name)
    for each in open_places():
        if plain(each.name) == wanted:
            return each
    words = set(wanted.split()) - _NO_NAMES
    found = [each for each in open_places() if words & (set(plain(each.name).split()) - _NO_NAMES)]
    return found[0] if len(found) == 1 else None


@kept
def _services() -> list[Service]:
    return list(Service.objects.filter(active=True))


@kept
def _people() -> list[Practitioner]:
    return list(Practitioner.objects.filter(active=True))
