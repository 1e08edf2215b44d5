"""What stands in a webhook of Twilio's: a form, or for some products a flat JSON object."""

import json

from conversations.channels.base import Unreadable, WebhookRequest

FORM = "application/x-www-form-urlencoded"


class Fields(dict[str, list[str]]):
    """Every value under its name, as it came."""

    def one(self, name: str) -> str:
        values = self.get(name)
        return values[0] if values else ""

    def as_payload(self) -> dict[str, str | list[str]]:
        return {name: values[0] if len(values) == 1 else list(values) for name, values in self.items()}


def is_form(request: WebhookRequest) -> bool:
    return request.content_type == FORM


def fields_of(request: WebhookRequest) -> Fields:
    """Raises Unreadable."""
    if not is_form(request):
        return _json_fields(request.body)
    return Fields(request.form)


def place_of(fields: Fields) -> dict[str, float | str] | None:
    """Of a location: {"latitude", "longitude", "name", "address"}; None without coordinates that are numbers."""
    try:
        latitude, longitude = float(fields.one("Latitude")), float(fields.one("Longitude"))
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # "nan" too
        return None
    name, address = fields.one("Label"), fields.one("Address")
    return {"latitude": latitude, "longitude": longitude, "name": name, "address": address}


def _json_fields(body: bytes) -> Fields:
    try:
        given = json.loads(body)
    except ValueError:
        raise Unreadable("The body is neither a form nor JSON.") from None
    if not isinstance(given, dict):
        raise Unreadable("The body is no JSON object.")
    return Fields(
        {str(name): [value if isinstance(value, str) else json.dumps(value)] for name, value in given.items()}
    )
