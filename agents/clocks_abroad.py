"""Patients whose clock shows another time than the business's: told by the country and area of their number."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo


def clock_to_name(phones: Sequence[str], timezone: str, country: str, now: dt.datetime) -> str:
    """ "London", when none of the places that the number may belong to shows the business's time; else "".

    A number of the business's own country says nothing: people travel less than they keep their number.
    """
    zones = {zone for phone in phones for zone in _zones(phone, country)}
    offsets = {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}
    if not zones or now.astimezone(ZoneInfo(timezone)).utcoffset() in offsets:
        return ""
    return timezone.rpartition("/")[2].replace("_", " ")


def _zones(phone: str, country: str) -> list[str]:
    import phonenumbers

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return []
    if phonenumbers.region_code_for_number(number) in (country, None):
        return []
    from phonenumbers import timezone  # its tables take a moment to load

    return [zone for zone in timezone.time_zones_for_number(number) if zone != timezone.UNKNOWN_TIMEZONE]
